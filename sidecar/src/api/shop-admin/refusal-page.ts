import { inLanguage } from '../../domain/in-language';
import { page } from './page-shell';

const texts = {
  en: 'This page has been open for too long. Please open it again from the menu.',
  de: 'Diese Seite war zu lange offen. Bitte über das Menü neu öffnen.',
  es: 'Esta página ha estado abierta demasiado tiempo. Ábrala de nuevo desde el menú.',
  pt: 'Esta página esteve aberta demasiado tempo. Abra-a de novo no menu.',
  ru: 'Эта страница была открыта слишком долго. Откройте её снова через меню.',
} satisfies Record<string, string>;

/** What staff see when nobody can say any more who opened the page: the language is the browser's. */
export function refusalPage(acceptLanguage: string): string {
  const locale = /^[a-z]{2}/i.test(acceptLanguage) ? acceptLanguage.slice(0, 2) : 'en';
  const text = inLanguage(texts, locale);
  return page(locale, text, `<section><p role="alert">${text}</p></section>`);
}
