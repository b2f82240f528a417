/** Calendar periods in a merchant's time zone. A period begins at its first local moment and ends where the next begins. */
export type CalendarPeriod = 'year' | 'quarter' | 'month';

export interface CalendarSpan {
  /** Inclusive. */
  readonly start: string;
  /** Exclusive. */
  readonly end: string;
}

export const CALENDAR_PERIODS = ['year', 'quarter', 'month'] as const satisfies readonly CalendarPeriod[];

const DAY_MS = 86_400_000;

const MONTHS: Readonly<Record<CalendarPeriod, number>> = { year: 12, quarter: 3, month: 1 };

/** Whether a name like `Europe/Berlin` is a time zone that the calendar knows. */
export function isTimeZone(name: string): boolean {
  try {
    return formatterOf(name) !== null;
  } catch {
    return false;
  }
}

/** The period an instant falls in; `following` = so many periods later. */
export function calendarSpan(period: CalendarPeriod, at: string, timeZone: string, following = 0): CalendarSpan {
  const { year, month } = localMinutes(Date.parse(at), timeZone);
  const months = MONTHS[period];
  const first = year * 12 + month - (month % months) + following * months;
  return { start: startOfMonth(first, timeZone), end: startOfMonth(first + months, timeZone) };
}

/** The date a clock in the zone shows, like `2026-03-01`. */
export function localDate(at: string, timeZone: string): string {
  return new Date(localMinutes(Date.parse(at), timeZone).ms).toISOString().slice(0, 10);
}

/** What a clock in the zone shows, like `2026-03-01T14:30`. */
export function localTime(at: string, timeZone: string): string {
  return new Date(localMinutes(Date.parse(at), timeZone).ms).toISOString().slice(0, 16);
}

/** The first moment of a date in the zone, like `2026-03-01`. */
export function startOfDate(date: string, timeZone: string): string {
  return firstMoment(Date.parse(date), timeZone);
}

/** The moment at which a clock in the zone shows a time like `2026-03-01T14:30:00`; where it leaps over it, the moment after the leap. */
export function atLocalTime(written: string, timeZone: string): string {
  return firstMoment(Date.parse(`${written}Z`), timeZone);
}

/** From the first moment of a date like `2026-03-01` in the zone to the first of the next. */
export function daySpan(date: string, timeZone: string): CalendarSpan {
  const midnight = Date.parse(`${date}T00:00:00.000Z`);
  return { start: firstMoment(midnight, timeZone), end: firstMoment(midnight + DAY_MS, timeZone) };
}

/** A date so many days later. */
export function addToDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one date to a later one, both included. */
export function daysFromTo(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** The first moment of a month, counted from year 0, in the zone. */
function startOfMonth(months: number, timeZone: string): string {
  return firstMoment(Date.UTC(Math.floor(months / 12), months % 12, 1), timeZone);
}

/** @param shown by a clock, as if the zone were UTC */
function firstMoment(shown: number, timeZone: string): string {
  const guess = shown - offsetMs(shown, timeZone);
  const start = shown - offsetMs(guess, timeZone);
  if (start === guess || offsetMs(start, timeZone) === shown - start) return new Date(start).toISOString();
  // Clocks leap over it: at midnight, the day begins with the moment after the leap.
  return new Date(Math.max(start, guess)).toISOString();
}

function offsetMs(ms: number, timeZone: string): number {
  return localMinutes(ms, timeZone).ms - Math.floor(ms / 60_000) * 60_000;
}

/** What a clock in the zone shows, down to the minute; `ms` is the same as if it were UTC. Months from 0. */
function localMinutes(ms: number, timeZone: string): { year: number; month: number; ms: number } {
  if (timeZone === 'UTC') {
    const date = new Date(ms);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), ms: Math.floor(ms / 60_000) * 60_000 };
  }
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const month = part('month') - 1;
  return { year: part('year'), month, ms: Date.UTC(part('year'), month, part('day'), part('hour'), part('minute')) };
}

/** Making one takes far longer than using it; a programme has one zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
