import { addDays, isBefore } from './instant';
import type { TierTerms } from './programme';
import { reason, type Reason } from './reason';

/** The highest level whose threshold the metric reaches; null below the first. */
export function qualifyTier(tiers: TierTerms, metricValue: number): string | null {
  return tiers.levels.findLast((level) => metricValue >= level.threshold)?.code ?? null;
}

/** 0 for the lowest level; -1 for no tier and for one the programme does not know. */
export function tierRank(tiers: TierTerms, code: string | null): number {
  return tiers.levels.findIndex((level) => level.code === code);
}

export interface TierStanding {
  readonly tier: string | null;
  /** Since when the tier's threshold has been missed without a break; null while it is met. */
  readonly missedSince: string | null;
}

export interface TierReview extends TierStanding {
  readonly change: 'none' | 'up' | 'down' | 'grace';
  readonly reasons: Reason[];
}

/**
 * Up at once; down, to the tier then qualified for, only when the threshold has been missed for the grace period.
 * A tier the programme no longer has counts as below all: it is left without grace.
 */
export function reviewTier(tiers: TierTerms, standing: TierStanding, metricValue: number, asOf: string): TierReview {
  const qualified = qualifyTier(tiers, metricValue);
  const rank = tierRank(tiers, standing.tier);
  const qualifiedRank = tierRank(tiers, qualified);
  const figures = { metric: tiers.metric, metricValue, from: standing.tier, qualified, windowDays: tiers.windowDays };
  if (qualifiedRank > rank) {
    return { tier: qualified, missedSince: null, change: 'up', reasons: [reason('tier_reached', true, figures)] };
  }
  if (standing.tier !== null && rank === -1) {
    return { tier: null, missedSince: null, change: 'down', reasons: [reason('tier_not_in_programme', true, figures)] };
  }
  if (qualifiedRank === rank) {
    return { tier: standing.tier, missedSince: null, change: 'none', reasons: [reason('tier_kept', true, figures)] };
  }
  const missedSince = standing.missedSince ?? asOf;
  const graceUntil = addDays(missedSince, tiers.graceDays);
  if (isBefore(asOf, graceUntil)) {
    const grace = reason('tier_missed_in_grace', false, { ...figures, missedSince, graceUntil });
    return { tier: standing.tier, missedSince, change: 'grace', reasons: [grace] };
  }
  const lost = reason('tier_missed', true, { ...figures, missedSince, graceUntil });
  return { tier: qualified, missedSince: null, change: 'down', reasons: [lost] };
}

/** The level above the current one and how much of the metric is missing; null at the top. */
export function nextTier(
  tiers: TierTerms,
  current: string | null,
  metricValue: number,
): { code: string; missing: number } | null {
  const next = tiers.levels[tierRank(tiers, current) + 1];
  return next ? { code: next.code, missing: Math.max(0, next.threshold - metricValue) } : null;
}
