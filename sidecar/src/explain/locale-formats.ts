/** Numbers, dates and plurals of a language. Making a format takes a thousand times as long as using it, so each is made once. */
import { currencyExponent } from '../domain/currency';
import { LOCALES, type Language } from './language';

/** Kept by key: a few hundred at most, for currencies, time zones and languages are finite. */
function once<Format>(make: (language: Language, of: string) => Format): (language: Language, of: string) => Format {
  const made = new Map<string, Format>();
  return (language, of) => {
    const key = `${language} ${of}`;
    const known = made.get(key);
    if (known) return known;
    const format = make(language, of);
    made.set(key, format);
    return format;
  };
}

/** @param currency ISO 4217; empty for a plain number */
export const numberFormat = once((language, currency) => {
  if (currency === '') return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 4 });
  const digits = currencyExponent(currency);
  const style = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(LOCALES[language], style);
});

/** With the time of day. */
export const momentFormat = once(
  (language, timeZone) => new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short', timeZone }),
);

/** Written out, without the time of day. */
export const dayFormat = once(
  (language, timeZone) => new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone }),
);

const rules = once((language) => new Intl.PluralRules(LOCALES[language]));

export function pluralForm(language: Language, count: number): Intl.LDMLPluralRule {
  return rules(language, '').select(count);
}
