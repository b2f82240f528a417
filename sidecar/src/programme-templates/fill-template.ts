import type { Language } from '../domain/language';
import { parseProgramme, type FieldError } from '../programme-document/programme-document';
import type { CurrencyTerms, ProgrammeTemplate, SettingValues, TemplateTerms } from './template';

export type FilledTemplate =
  | {
      readonly ok: true;
      /** As a merchant would have written it: what is left out has its default. */
      readonly document: Readonly<Record<string, unknown>>;
      readonly values: SettingValues;
    }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * The template's programme under the merchant's terms; settings that are not given are as is usual. What the programme refuses is
 * named by where it was given: `currencies.0.earn.per`, `settings.silverFrom`.
 */
export function fillTemplate(
  template: ProgrammeTemplate,
  terms: TemplateTerms,
  given: SettingValues,
  language: Language,
): FilledTemplate {
  const unknown = Object.keys(given).filter((code) => !template.settings.some((setting) => setting.code === code));
  const twice = terms.currencies.flatMap(({ currency }, i) =>
    terms.currencies.findIndex((other) => other.currency === currency) < i ? [i] : [],
  );
  if (unknown.length > 0 || twice.length > 0) {
    const errors = [
      ...unknown.map((code) => ({ field: `settings.${code}`, message: 'is no setting of this template' })),
      ...twice.map((i) => ({ field: `currencies.${i}.currency`, message: 'is listed twice' })),
    ];
    return { ok: false, errors };
  }
  const values = Object.fromEntries(template.settings.map(({ code, usual }) => [code, given[code] ?? usual(terms)]));
  const document = documentOf(template, terms, values, language);
  const parsed = parseProgramme(document);
  if (parsed.ok) return { ok: true, document, values };
  return { ok: false, errors: parsed.errors.map(({ field, message }) => ({ field: givenIn(template, terms, field), message })) };
}

/** What every programme says, then what the template adds. */
function documentOf(
  template: ProgrammeTemplate,
  { name, timeZone, rounding, currencies }: TemplateTerms,
  values: SettingValues,
  language: Language,
): Readonly<Record<string, unknown>> {
  const [base] = currencies;
  const { accrual, ...rest } = template.build(base.currency, values, language);
  return {
    name,
    baseCurrency: base.currency,
    timeZone,
    currencies: Object.fromEntries(currencies.map(({ currency, ...terms }) => [currency, terms])),
    accrual: { ...accrual, rounding },
    ...rest,
  };
}

function givenIn({ settings }: ProgrammeTemplate, { currencies }: TemplateTerms, field: string): string {
  const isWithin = (whole: string): boolean => field === whole || field.startsWith(`${whole}.`);
  const setting = settings.find((one) => isWithin(one.field));
  if (setting) return `settings.${setting.code}`;
  if (isWithin('baseCurrency')) return 'currencies.0.currency';
  const index = currencies.findIndex(({ currency }) => isWithin(`currencies.${currency}`));
  const { currency } = currencies[index] ?? ({ currency: '' } satisfies Partial<CurrencyTerms>);
  return index < 0 ? field : `currencies.${index}${field.slice(`currencies.${currency}`.length) || '.currency'}`;
}
