import { isDay, shiftDay } from './periods';

export interface Span {
  /** Days or instants; absent = open. */
  readonly from: string | null;
  readonly until: string | null;
}

/** Days of whole weeks, from Monday, that a month (`2026-03`) lies in. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: string[][] = [];
  for (let day = shiftDay(first, -weekday); day.slice(0, 7) <= month; day = shiftDay(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => shiftDay(day, index)));
  }
  return weeks;
}

export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** Whether any part of a day is in a period. Days begin at midnight UTC, as those of the document do. */
export function isOn(day: string, { from, until }: Span): boolean {
  const beginsBefore = from === null || instantOf(from) < instantOf(shiftDay(day, 1));
  const endsAfter = until === null || instantOf(until) > instantOf(day);
  return beginsBefore && endsAfter;
}

/** Without a beginning and an end nothing is to be seen in a calendar. */
export function isAlways({ from, until }: Span): boolean {
  return from === null && until === null;
}

function instantOf(written: string): number {
  return Date.parse(isDay(written) ? `${written}T00:00:00Z` : written);
}
