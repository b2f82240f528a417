import { isBefore } from './instant';
import type { TierLevel, TierTerms } from './programme';
import { windowKey, type MemberFacts, type QualifyingWindow } from './qualifying';
import { reason, type Reason } from './reason';
import { tierProtection } from './tier-protection';
import { conditionProgress, explainRequirement, meetsRequirement, type ConditionProgress } from './tier-requirement';

/** The highest level whose requirement is met; null when none is. */
export function qualifyTier(tiers: TierTerms, facts: MemberFacts): string | null {
  return tiers.levels.findLast(({ requirement }) => meetsRequirement(requirement, facts))?.code ?? null;
}

/** 0 for the lowest level; -1 for no tier and for one the programme does not know. */
export function tierRank(tiers: TierTerms, code: string | null): number {
  return tiers.levels.findIndex((level) => level.code === code);
}

/** Every window that a level looks at, once. */
export function tierWindows({ levels }: TierTerms): QualifyingWindow[] {
  const windows = levels.flatMap(({ requirement }) => requirement.conditions.flatMap(({ window }) => window ?? []));
  return [...new Map(windows.map((window) => [windowKey(window), window])).values()];
}

export interface TierStanding {
  readonly tier: string | null;
  /** Since when the member has the tier; null when that is not known. */
  readonly since: string | null;
  /** Since when the tier's conditions have been missed without a break; null while they are met. */
  readonly missedSince: string | null;
}

export interface TierReview {
  readonly tier: string | null;
  readonly missedSince: string | null;
  readonly change: 'none' | 'up' | 'down' | 'grace';
  /** What was decided, then the conditions it was decided by. */
  readonly reasons: Reason[];
}

/**
 * Up at once; down, to the tier then qualified for, only when nothing protects the tier any more, and by no more levels
 * than the programme takes at once. A tier the programme no longer has counts as below all: it is left without grace.
 */
export function reviewTier(tiers: TierTerms, standing: TierStanding, facts: MemberFacts): TierReview {
  const { asOf } = facts;
  const { tier, since } = standing;
  const qualified = qualifyTier(tiers, facts);
  const rank = tierRank(tiers, tier);
  const qualifiedRank = tierRank(tiers, qualified);
  const outcome = (decided: Omit<TierReview, 'reasons'>, why: Reason): TierReview => ({
    ...decided,
    reasons: [
      { ...why, figures: { from: tier, qualified, ...why.figures } },
      ...explainLevels(tiers, rank, qualifiedRank, facts),
    ],
  });
  if (qualifiedRank > rank) {
    return outcome({ tier: qualified, missedSince: null, change: 'up' }, reason('tier_reached', true));
  }
  if (tier !== null && rank === -1) {
    return outcome({ tier: null, missedSince: null, change: 'down' }, reason('tier_not_in_programme', true));
  }
  if (qualifiedRank === rank) {
    return outcome({ tier, missedSince: null, change: 'none' }, reason('tier_kept', true));
  }
  // An instant up to which the tier was not yet reached cannot take it, nor can the same review twice.
  if (since !== null && !isBefore(since, asOf)) {
    return outcome({ tier, missedSince: standing.missedSince, change: 'none' }, reason('tier_just_reached', false, { since }));
  }
  const missedSince = standing.missedSince ?? asOf;
  const protection = tierProtection(tiers.downgrade, { since, missedSince }, asOf, facts.timeZone);
  if (protection) return outcome({ tier, missedSince, change: 'grace' }, protection);
  const landed = landingRank(tiers, rank, qualifiedRank);
  return outcome(
    { tier: tiers.levels[landed]?.code ?? null, missedSince: landed > qualifiedRank ? asOf : null, change: 'down' },
    reason(landed > qualifiedRank ? 'tier_missed_by_steps' : 'tier_missed', true, {
      missedSince,
      maximumLevels: tiers.downgrade.maximumLevels,
    }),
  );
}

function landingRank({ downgrade }: TierTerms, rank: number, qualifiedRank: number): number {
  return downgrade.maximumLevels === null ? qualifiedRank : Math.max(qualifiedRank, rank - downgrade.maximumLevels);
}

/** The levels a decision turned on: the higher of the one held and the one qualified for, and the next above. */
function explainLevels(tiers: TierTerms, rank: number, qualifiedRank: number, facts: MemberFacts): Reason[] {
  const highest = Math.max(rank, qualifiedRank);
  return [tiers.levels[highest], tiers.levels[highest + 1]].flatMap((level) =>
    level ? explainRequirement(level.code, level.requirement, facts) : [],
  );
}

export interface NextTier {
  readonly code: string;
  /** Of the programme's metric; null when the level asks for something else, or for more once this is met. */
  readonly missing: number | null;
  readonly combine: 'all' | 'any';
  readonly conditions: readonly ConditionProgress[];
}

/** The level above the current one and how far the member is; null at the top. */
export function nextTier(tiers: TierTerms, current: string | null, facts: MemberFacts): NextTier | null {
  const next = tiers.levels[tierRank(tiers, current) + 1];
  if (!next) return null;
  const { combine } = next.requirement;
  const conditions = next.requirement.conditions.map((condition) => conditionProgress(condition, facts));
  const isMet = meetsRequirement(next.requirement, facts);
  const missing = conditions.find(({ metric }) => metric === tiers.metric)?.missing ?? null;
  return { code: next.code, missing: isMet ? 0 : missing === 0 ? null : missing, combine, conditions };
}

/** What a level asks for in the programme's metric, for pages that show one number; 0 when it asks for something else. */
export function shownThreshold(tiers: TierTerms, level: TierLevel): number {
  return level.requirement.conditions.find(({ metric }) => metric === tiers.metric)?.atLeast ?? 0;
}
