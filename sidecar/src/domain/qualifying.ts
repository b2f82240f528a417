/** What counts towards a level or a volume band: totals of orders that became final, over a window of time. */
import { calendarSpan, type CalendarPeriod } from './calendar';
import { addDays, addMs } from './instant';

export interface QualifyingTotals {
  /** Minor units of the programme's base currency. */
  readonly turnoverMinor: number;
  readonly orders: number;
  /** Whole units. */
  readonly items: number;
  readonly points: number;
}

export const NO_TOTALS: QualifyingTotals = { turnoverMinor: 0, orders: 0, items: 0, points: 0 };

/** The last so many days, or the calendar period an instant falls in. */
export type QualifyingWindow = { readonly days: number } | { readonly period: CalendarPeriod };

/** The same text for the same window: `365 days`, `year`. */
export function windowKey(window: QualifyingWindow): string {
  return 'days' in window ? `${window.days} days` : window.period;
}

/** The instant after which orders count at `asOf`; exclusive. */
export function windowOpensAfter(window: QualifyingWindow, asOf: string, timeZone: string): string {
  return 'days' in window ? addDays(asOf, -window.days) : addMs(calendarSpan(window.period, asOf, timeZone).start, -1);
}

export function sumTotals(a: QualifyingTotals, b: QualifyingTotals): QualifyingTotals {
  return {
    turnoverMinor: a.turnoverMinor + b.turnoverMinor,
    orders: a.orders + b.orders,
    items: a.items + b.items,
    points: a.points + b.points,
  };
}

/** Everything that levels look at of a member at an instant. */
export interface MemberFacts {
  readonly asOf: string;
  /** In which calendar periods begin. */
  readonly timeZone: string;
  readonly joinedAt: string;
  /** By `windowKey`; a window without orders may be absent. */
  readonly totals: ReadonlyMap<string, QualifyingTotals>;
}
