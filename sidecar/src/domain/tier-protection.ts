/** How long a tier stays although its conditions are missed. */
import { calendarSpan, type CalendarPeriod } from './calendar';
import { addDays, isBefore, latestOf } from './instant';
import { reason, type Reason } from './reason';

/** A tier is kept for so many days after it was reached, or until a calendar period has ended. */
export type TierKeep =
  | { readonly days: number }
  /** `following`: so many periods more than the one in which it was reached or last met. */
  | { readonly period: CalendarPeriod; readonly following: number };

export interface DowngradeTerms {
  /** A missed tier is lost only after this many days. */
  readonly graceDays: number;
  readonly keep: TierKeep | null;
  /** Levels a review may take at most; null = as many as are missed. */
  readonly maximumLevels: number | null;
}

export interface MissedTier {
  /** Since when the member has the tier; null when that is not known. */
  readonly since: string | null;
  readonly missedSince: string;
}

/** Why a missed tier stays at an instant; null when it may be lost. */
export function tierProtection(terms: DowngradeTerms, missed: MissedTier, asOf: string, timeZone: string): Reason | null {
  const { since, missedSince } = missed;
  const graceUntil = addDays(missedSince, terms.graceDays);
  if (isBefore(asOf, graceUntil)) return reason('tier_missed_in_grace', false, { missedSince, graceUntil });
  const keepUntil = terms.keep && keptUntil(terms.keep, missed, timeZone);
  if (keepUntil !== null && isBefore(asOf, keepUntil))
    return reason('tier_missed_but_kept', false, { since, missedSince, keepUntil });
  return null;
}

function keptUntil(keep: TierKeep, { since, missedSince }: MissedTier, timeZone: string): string {
  if ('days' in keep) return addDays(since ?? missedSince, keep.days);
  // The review of the day before still found it met.
  const lastMet = addDays(missedSince, -1);
  return calendarSpan(keep.period, since === null ? lastMet : latestOf(since, lastMet), timeZone, keep.following).end;
}
