/** The languages that reasons are put into, and which of them somebody reads. */
import { LANGUAGES, type Language } from '../domain/language';

export { LANGUAGES, type Language };

/** The same text in every language. */
export type Words = Readonly<Record<Language, string>>;

/** For numbers and dates. */
export const LOCALES: Words = { en: 'en-GB', de: 'de-DE', es: 'es-ES', pt: 'pt-PT', ru: 'ru-RU' };

/** A header has a dozen entries at most; what comes after is not looked at. */
const MAX_WISHES = 20;

/**
 * The first of the languages that somebody wishes for, English when there is none.
 * @param wished a locale (`de-AT`) or the value of an `Accept-Language` header (`fr, de;q=0.8`)
 */
export function languageOf(wished: string): Language {
  const wishes = wished
    .split(',', MAX_WISHES)
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const weight = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined) ?? '1';
      return { language: tag.slice(0, 2), weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wishes) {
    const known = LANGUAGES.find((one) => one === language);
    if (known) return known;
  }
  return 'en';
}
