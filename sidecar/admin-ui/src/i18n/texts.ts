import { createI18n } from 'vue-i18n';
import { locale } from '../page-settings';
import type { Messages } from './en';

const languages: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  en: () => import('./en'),
  de: () => import('./de'),
  es: () => import('./es'),
  pt: () => import('./pt'),
  ru: () => import('./ru'),
};

/** Of the pages: that of the administration, English when there are no words in it. */
export const language = ((): string => {
  const [wanted = ''] = locale.toLowerCase().split('-');
  return wanted in languages ? wanted : 'en';
})();

/** The words of one language only: nobody reads five. */
export async function createTexts() {
  const { default: messages } = await (languages[language] ?? languages['en']!)();
  document.documentElement.lang = language;
  return createI18n({
    legacy: false,
    locale: language,
    messages: { [language]: messages },
    missingWarn: false,
    fallbackWarn: false,
  });
}
