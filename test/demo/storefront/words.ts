/** Words and figures of the storefront; what it says about points are the very texts of the Shopware App. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCALE = 'en-GB';
const SNIPPETS = join(__dirname, '../../../shopware-app/Resources/snippet/en-GB/storefront.en-GB.json');
const { loyaltySidecar: snippets } = JSON.parse(readFileSync(SNIPPETS, 'utf8')) as {
  loyaltySidecar: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** A text of the app, e.g. `cart.earns`, with its figures. @throws Error when the app has no such text */
export function snippet(name: string, figures: Readonly<Record<string, string | number>> = {}): string {
  const [area = '', key = ''] = name.split('.');
  const text = snippets[area]?.[key];
  if (text === undefined) throw new Error(`the app has no text ${name}`);
  return text.replace(/%(\w+)%/g, (whole, figure: string) => String(figures[figure] ?? whole));
}

const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'EUR' });
const counted = new Intl.NumberFormat(LOCALE);
const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export const euros = (minor: number): string => money.format(minor / 100);
export const number = (value: number): string => counted.format(value);
export const date = (instant: string): string => day.format(Date.parse(instant));
export const time = (ms: number): string => moment.format(ms);
