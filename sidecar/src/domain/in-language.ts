/**
 * The words of a language, out of those there are.
 * @param locale as a shop sends it, e.g. `de-DE`; English when there are no words in it
 */
export function inLanguage<T>(words: Readonly<Record<string, T>> & { readonly en: T }, locale: string): T {
  return words[locale.slice(0, 2).toLowerCase()] ?? words.en;
}
