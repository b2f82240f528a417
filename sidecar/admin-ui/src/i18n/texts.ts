import { createI18n } from 'vue-i18n';
import { locale } from '../page-settings';
import type { Messages } from './en';
import { inEnglish, problemWords, type ProblemWords } from './problem-words';

const languages: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  en: () => import('./en'),
  de: () => import('./de'),
  es: () => import('./es'),
  pt: () => import('./pt'),
  ru: () => import('./ru'),
};

const problems: Readonly<Record<string, () => Promise<{ default: Readonly<Record<string, string>> }>>> = {
  de: () => import('./problems/de'),
  es: () => import('./problems/es'),
  pt: () => import('./problems/pt'),
  ru: () => import('./problems/ru'),
};

let words: ProblemWords = inEnglish;

/** What the API says is wrong with an input, in the language of the pages. */
export function inWords(problem: string): string {
  return words(problem);
}

/** Of the pages: that of the administration, English when there are no words in it. */
export const language = ((): string => {
  const [wanted = ''] = locale.toLowerCase().split('-');
  return wanted in languages ? wanted : 'en';
})();

/** The words of one language only: nobody reads five. */
export async function createTexts() {
  const { default: messages } = await (languages[language] ?? languages['en']!)();
  const translated = await problems[language]?.();
  if (translated) words = problemWords(translated.default);
  document.documentElement.lang = language;
  return createI18n({
    legacy: false,
    locale: language,
    messages: { [language]: messages },
    missingWarn: false,
    fallbackWarn: false,
  });
}
