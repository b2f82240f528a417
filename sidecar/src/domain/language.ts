/** The languages that there are words in. */
export const LANGUAGES = ['en', 'de', 'es', 'pt', 'ru'] as const;

export type Language = (typeof LANGUAGES)[number];

/** @param locale as shops write it, e.g. `de-AT` or `de_AT`; null when there are no words in it */
export function knownLanguage(locale: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => language === locale?.slice(0, 2).toLowerCase()) ?? null;
}
