/** Arithmetic on ISO-8601 UTC instants, the one form of time in the domain. */
const DAY_MS = 86_400_000;

export function addMs(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

export function addMinutes(instant: string, minutes: number): string {
  return addMs(instant, minutes * 60_000);
}

export function addDays(instant: string, days: number): string {
  return addMs(instant, days * DAY_MS);
}

/** The same day and time so many months later; the last day of a month that is too short for it. */
export function addMonths(instant: string, months: number): string {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.toISOString();
}

/** Start of the UTC day the instant falls in. */
export function startOfDay(instant: string): string {
  return `${instant.slice(0, 10)}T00:00:00.000Z`;
}

/** Whether `a` lies before `b`. Compares moments, not texts: shops write instants with and without milliseconds. */
export function isBefore(a: string, b: string): boolean {
  return Date.parse(a) < Date.parse(b);
}

/** The later of two instants. */
export function latestOf(a: string, b: string): string {
  return isBefore(a, b) ? b : a;
}

/** Whole days from one instant to another, rounded down; 0 when `until` is not later. */
export function wholeDaysBetween(from: string, until: string): number {
  return Math.max(0, Math.floor((Date.parse(until) - Date.parse(from)) / DAY_MS));
}
