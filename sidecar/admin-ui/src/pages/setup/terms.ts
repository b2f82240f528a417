/** What the steps of the set-up decide, as the API takes it, and whether it can be so. */
import type { paths } from '../../api/openapi';

type DraftBody = paths['/admin/programmes/{programmeId}/drafts/template']['post']['requestBody']['content']['application/json'];
type Template = paths['/admin/programme-templates']['get']['responses'][200]['content']['application/json']['templates'][number];
type Filled = paths['/admin/programme-templates/{template}/document']['post']['responses'][200]['content']['application/json'];

export type { Template };
export type Setting = Filled['settings'][number];
export type CurrencyTerms = DraftBody['currencies'][number];
export type Rounding = NonNullable<DraftBody['rounding']>;

/** Fields whose value cannot be so, by where the API takes them, with the key of the words for it. */
export type Faults = Readonly<Record<string, string>>;

export interface Terms {
  name: string;
  timeZone: string;
  rounding: Rounding;
  /** The base currency first. */
  currencies: [CurrencyTerms, ...CurrencyTerms[]];
  /** Empty = not chosen yet. */
  template: string;
  settings: Record<string, number>;
}

/** One point for each unit, a hundred of them worth one: one percent, which is usual and easy to tell. */
export function usualTerms(currency: string): CurrencyTerms {
  return { currency, earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } };
}

export function firstTerms(name: string): Terms {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { name, timeZone, rounding: 'down', currencies: [usualTerms('EUR')], template: '', settings: {} };
}

/** The terms a draft remembers; null when it was written by hand. */
export function rememberedTerms(madeFrom: Readonly<Record<string, unknown>> | null): Terms | null {
  return madeFrom === null ? null : (madeFrom as unknown as Terms);
}

export interface DraftedTerms {
  /** Null when points are worth nothing in the base currency. */
  readonly base: CurrencyTerms | null;
  readonly rounding: Rounding;
  /** By code. */
  readonly tierNames: Readonly<Record<string, string>>;
}

/** What an example needs of a stored document, whoever wrote it; the sidecar has checked it. */
export function draftedTerms(document: Readonly<Record<string, unknown>>): DraftedTerms {
  const { baseCurrency, currencies, accrual, tiers } = document as {
    readonly baseCurrency: string;
    readonly currencies: Readonly<
      Record<string, Pick<CurrencyTerms, 'earn'> & { readonly pointValue: CurrencyTerms['pointValue'] | null }>
    >;
    readonly accrual: { readonly rounding: Rounding };
    readonly tiers: { readonly levels: readonly { readonly code: string; readonly name: string }[] };
  };
  const { earn, pointValue } = currencies[baseCurrency] ?? { earn: null, pointValue: null };
  return {
    base: earn && pointValue && { currency: baseCurrency, earn, pointValue },
    rounding: accrual.rounding,
    tierNames: Object.fromEntries(tiers.levels.map(({ code, name }) => [code, name])),
  };
}

const isWhole = (value: number): boolean => Number.isInteger(value) && value > 0;
/** An input that was emptied holds no number. */
const isPositive = (value: number): boolean => typeof value === 'number' && value > 0;

export function currencyFaults(currencies: readonly CurrencyTerms[]): Faults {
  const faults: Record<string, string> = {};
  currencies.forEach(({ earn, pointValue, turnoverFactor }, i) => {
    const field = `currencies.${i}`;
    if (!isWhole(earn.points)) faults[`${field}.earn.points`] = 'setup.fault.whole';
    if (!isPositive(earn.per)) faults[`${field}.earn.per`] = 'setup.fault.positive';
    if (!isWhole(pointValue.points)) faults[`${field}.pointValue.points`] = 'setup.fault.whole';
    if (!isPositive(pointValue.value)) faults[`${field}.pointValue.value`] = 'setup.fault.positive';
    if (i > 0 && !isPositive(turnoverFactor ?? 0)) faults[`${field}.turnoverFactor`] = 'setup.fault.positive';
  });
  return faults;
}

export function templateFaults({ name, template, settings }: Terms, known: readonly Setting[]): Faults {
  const faults: Record<string, string> = {};
  if (name.trim() === '') faults['name'] = 'setup.fault.name';
  if (template === '') faults['template'] = 'setup.fault.template';
  for (const { code, kind, value } of known) {
    const chosen = settings[code] ?? value;
    if (kind === 'points' && !isWhole(chosen)) faults[`settings.${code}`] = 'setup.fault.whole';
    if (kind === 'days' && !(Number.isInteger(chosen) && chosen >= 0)) faults[`settings.${code}`] = 'setup.fault.days';
    if (kind === 'percent' && !(isPositive(chosen) && chosen <= 100)) faults[`settings.${code}`] = 'setup.fault.percent';
    if (kind === 'money' && !isPositive(chosen)) faults[`settings.${code}`] = 'setup.fault.positive';
  }
  return faults;
}
