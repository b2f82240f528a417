/** Cells that several kinds of tables have. A cell is text; an empty one is absent. */
import { z } from 'zod';
import { atLocalTime } from '../domain/calendar';
import { isKnownCurrency } from '../domain/currency';
import { readDecimal } from '../domain/written-number';
import type { Programme } from '../domain/programme';

export const key = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable ASCII characters without spaces');
export const productNumber = z.string().max(191, 'must be at most 191 characters');
export const email = z.email('must be an e-mail address').max(254, 'must be at most 254 characters');
export const currency = z.string().toUpperCase().refine(isKnownCurrency, 'must be a currency such as EUR');

export const yesNo = z
  .string()
  .toLowerCase()
  .transform((text, context): boolean => {
    if (['yes', 'true', '1'].includes(text)) return true;
    if (['no', 'false', '0'].includes(text)) return false;
    context.addIssue({ code: 'custom', message: 'must be "yes" or "no"' });
    return z.NEVER;
  });

export function wholeNumber(min: number, max: number) {
  return z.string().transform((text, context): number => {
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : null;
    if (value !== null && value >= min && value <= max) return value;
    const message =
      value === null ? 'must be a whole number, with nothing between thousands' : `must lie between ${min} and ${max}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** Stays text, since how fine it may be depends on the currency. */
export const decimal = z.string().transform((text, context): string => {
  const read = readDecimal(text);
  if (read.ok && read.value.digits >= 0) return text;
  context.addIssue({ code: 'custom', message: read.ok ? 'must not be below zero' : read.problem });
  return z.NEVER;
});

const DAY = /^(\d{4}-\d\d-\d\d)$/;
const CLOCK = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?$/;
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/;
const EARLIEST = '1990-01-01';

/** An instant, or what a clock of the programme shows; see `momentOf`. */
export const moment = z.string().transform((text, context): string => {
  const written = writtenMoment(text);
  if (written !== null && written >= EARLIEST) return written;
  const message = 'must be a day like 2026-01-31 or a time like 2026-01-31 14:30, by the clock of the programme, since 1990';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function writtenMoment(text: string): string | null {
  if (INSTANT.test(text)) {
    const ms = Date.parse(text.replace(' ', 'T'));
    return Number.isNaN(ms) || !isDate(text.slice(0, 10)) ? null : new Date(ms).toISOString();
  }
  const [, date = '', time = '00:00', seconds = ':00'] = DAY.exec(text) ?? CLOCK.exec(text) ?? [];
  return isDate(date) && !Number.isNaN(Date.parse(`${date}T${time}${seconds}Z`)) ? `${date}T${time}${seconds}` : null;
}

/** Of which there are days that other parsers roll over into the next month. */
function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The instant that a cell means in a programme. */
export function momentOf(written: string, { timeZone }: Pick<Programme, 'timeZone'>): string {
  return written.endsWith('Z') ? written : atLocalTime(written, timeZone);
}
