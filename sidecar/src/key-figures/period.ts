/** Spans of dates by the programme's clock. */
import { addToDate, daySpan, daysFromTo, type CalendarSpan } from '../domain/calendar';
import type { SumWindow } from './figure';

/** Dates like `2026-03-01`, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export type Step = 'day' | 'week' | 'month';

/** Before anything that is counted. */
export const BEGINNING = '0000-01-01';

/** As long as the period, and ending the day before it begins. */
export function previousPeriod({ from, to }: Period): Period {
  return { from: addToDate(from, -daysFromTo(from, to)), to: addToDate(from, -1) };
}

export function windowPeriod(window: SumWindow, { from, to }: Period): Period {
  if (window === 'period') return { from, to };
  return { from: window === 'year' ? addToDate(to, -364) : BEGINNING, to };
}

/** From its first moment to the first after it. */
export function spanOf({ from, to }: Period, timeZone: string): CalendarSpan {
  return { start: from === BEGINNING ? '' : daySpan(from, timeZone).start, end: daySpan(to, timeZone).end };
}

/** The period in steps; weeks begin on Monday, and the first and last step may be cut by the period. */
export function stepsOf({ from, to }: Period, step: Step): Period[] {
  const steps: Period[] = [];
  for (let start = from; start <= to;) {
    const next = startOfNext(start, step);
    const last = addToDate(next, -1);
    steps.push({ from: start, to: last < to ? last : to });
    start = next;
  }
  return steps;
}

function startOfNext(date: string, step: Step): string {
  if (step === 'day') return addToDate(date, 1);
  const day = new Date(`${date}T00:00:00.000Z`);
  if (step === 'week') return addToDate(date, 7 - ((day.getUTCDay() + 6) % 7));
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}
