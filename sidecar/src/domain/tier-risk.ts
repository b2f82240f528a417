import type { TierTerms } from './programme';
import type { MemberFacts } from './qualifying';
import { addDays, latestOf } from './instant';
import { reviewTier, tierRank, type TierStanding } from './tier';

/** When to look at what a member will have if nothing more is bought, in order to see whether a tier is lost by an instant. */
export interface RiskInstants {
  /** A tier that is met by then is not lost in time: its grace lasts longer. */
  readonly missedBy: string;
  readonly lostBy: string;
}

export function riskInstants(tiers: TierTerms, now: string, days: number): RiskInstants {
  const lostBy = addDays(now, days);
  return { missedBy: latestOf(now, addDays(lostBy, -tiers.downgrade.graceDays)), lostBy };
}

/** The tier a member falls to if nothing more is bought; undefined = the present one is kept until then. */
export function tierAtRisk(
  tiers: TierTerms,
  standing: TierStanding,
  facts: { readonly missedBy: MemberFacts; readonly lostBy: MemberFacts },
): string | null | undefined {
  if (tierRank(tiers, standing.tier) === -1) return undefined;
  const first = reviewTier(tiers, standing, facts.missedBy);
  if (first.change === 'down') return first.tier;
  if (first.change !== 'grace') return undefined;
  const last = reviewTier(tiers, { ...standing, missedSince: first.missedSince }, facts.lostBy);
  return last.change === 'down' ? last.tier : undefined;
}
