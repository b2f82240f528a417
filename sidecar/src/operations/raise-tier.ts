import { reviewTier } from '../domain/tier';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { tierStanding } from '../stores/tier-store';
import type { OperationContext } from './context';
import { endManualTier, standsByHand } from './end-manual-tier';
import { memberFacts } from './member-facts';
import { moveTier } from './move-tier';

/** Lifts a member to the tier reached at an instant. Never lowers: that is the nightly review's, with its protection. */
export async function raiseTier(trx: Trx, context: OperationContext, member: LockedMember, at: string): Promise<void> {
  const published = await context.programmes.effectiveAt(trx, member.programmeId, at);
  if (!published || published.programme.tiers.levels.length === 0) return;
  let row = await tierStanding(trx, member.memberId);
  if (standsByHand(row, at)) return;
  if (row.manual_tier !== null) {
    await endManualTier(trx, context, member, row, { at: row.manual_ends_at ?? at, reasons: [] });
    row = await tierStanding(trx, member.memberId);
  }
  const { tier, tier_since: since, tier_missed_since: missedSince } = row;
  const facts = await memberFacts(trx, published.programme, row, at);
  const review = reviewTier(published.programme.tiers, { tier, since, missedSince }, facts);
  if (review.change !== 'up') return;
  await moveTier(trx, context, member, {
    published,
    from: tier,
    to: review.tier,
    missedSince: review.missedSince,
    at,
    facts,
    reasons: review.reasons,
  });
}
