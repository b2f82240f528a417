/** What pages that members open from a link have in common: who the link speaks for, and how words are filled. */
import type { OperationContext } from '../../operations/context';
import { escapeHtml } from '../escape-html';

const KEY = /^([\x21-\x2d\x2f-\x7e]{1,64})\.([\w-]{43})$/;
/** The longest that is looked at: an address of e-mail has 254 characters at most. */
const MAX_TEXT = 300;

/** The member that a link speaks for; null when nobody signed it for this purpose. */
export function memberOfKey({ links }: Pick<OperationContext, 'links'>, purpose: string, key: string): string | null {
  const [, memberId = '', signature = ''] = KEY.exec(key) ?? [];
  return memberId !== '' && links.isSigned(purpose, [memberId], signature) ? memberId : null;
}

/** One short field of an address or a form; what is anything else is empty. */
export function shortText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
}

/** Figures in braces, made safe for HTML. */
export function fillWords(text: string, figures: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => escapeHtml(figures[name] ?? ''));
}
