import { isBefore } from '../domain/instant';
import { reason, type Reason } from '../domain/reason';
import { reviewTier } from '../domain/tier';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';
import { membersPastManualTier, removeManualTier, tierStanding, type TierStandingRow } from '../stores/tier-store';
import type { OperationContext } from './context';
import { memberFacts } from './member-facts';
import { moveTier } from './move-tier';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const MEMBERS_PER_PAGE = 200;

/** Whether a tier that staff gave stands at an instant. */
export function standsByHand(row: TierStandingRow, at: string): boolean {
  return row.manual_tier !== null && (row.manual_ends_at === null || isBefore(at, row.manual_ends_at));
}

/**
 * Back to the automatic standing from before, as a review at that instant finds it: up at once, down only as far as its
 * protection allows.
 */
export async function endManualTier(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  row: TierStandingRow,
  ending: { readonly at: string; readonly reasons: readonly Reason[] },
): Promise<void> {
  const { at } = ending;
  const published = await context.programmes.effectiveAt(trx, member.programmeId, at);
  if (!published) throw new Error(`member ${member.memberId} has a tier of no programme`);
  const { tiers } = published.programme;
  const facts = await memberFacts(trx, published.programme, row, at);
  const { automatic_tier: automatic, automatic_since: since, automatic_missed_since: missedSince } = row;
  const review = reviewTier(tiers, { tier: automatic, since, missedSince }, facts);
  await removeManualTier(trx, member.memberId);
  await moveTier(trx, context, member, {
    published,
    from: row.tier,
    to: review.tier,
    missedSince: review.missedSince,
    ...(review.tier === automatic && { since }),
    at,
    facts,
    reasons: [reason('manual_tier_ended', true, { tier: row.tier, at }), ...ending.reasons, ...review.reasons],
  });
}

/** Ends what staff gave until a time that has come, a member a transaction. */
export async function endManualTiers(context: OperationContext, now: string): Promise<{ ended: number }> {
  let ended = 0;
  for (;;) {
    const due = await membersPastManualTier(context.db, now, MEMBERS_PER_PAGE);
    for (const seenId of due) {
      const work = inTransaction(context.db, async (trx) => {
        const member = await lockMember(trx, await presentMemberId(trx, seenId));
        const row = await tierStanding(trx, member.memberId);
        if (row.manual_ends_at === null || standsByHand(row, now)) return;
        await endManualTier(trx, context, member, row, { at: row.manual_ends_at, reasons: [] });
        await projectMember(trx, context, member);
        ended += 1;
      });
      await unlessErased(work, undefined);
    }
    if (due.length < MEMBERS_PER_PAGE) return { ended };
  }
}
