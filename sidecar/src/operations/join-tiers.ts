import { reason } from '../domain/reason';
import type { TierTerms } from '../domain/programme';
import { tierRank } from '../domain/tier';
import type { LockedMember } from '../ledger/locked-member';
import type { Row } from '../storage/tables';
import type { Trx } from '../storage/transaction';
import { findManualTier, removeManualTier, saveManualTier, tierStanding, type TierStandingRow } from '../stores/tier-store';
import type { OperationContext } from './context';
import { standsByHand } from './end-manual-tier';
import { moveTier } from './move-tier';
import { raiseTier } from './raise-tier';

interface Standing {
  readonly tier: string | null;
  readonly since: string | null;
  readonly missedSince: string | null;
}

/**
 * Of two members that become one the higher tier stays, what staff gave and what the rules gave each for itself; then both
 * histories together may lift it further. Neither loses a level by being linked: that is the nightly review's, with its protection.
 */
export async function joinTiers(
  trx: Trx,
  context: OperationContext,
  { survivor, absorbed }: { readonly survivor: LockedMember; readonly absorbed: LockedMember },
  now: string,
): Promise<void> {
  const published = await context.programmes.effectiveAt(trx, survivor.programmeId, now);
  const own = await tierStanding(trx, survivor.memberId);
  const other = await tierStanding(trx, absorbed.memberId);
  const manual = published && (await higherByHand(trx, published.programme.tiers, [own, other], now));
  await removeManualTier(trx, absorbed.memberId);
  await removeManualTier(trx, survivor.memberId);
  await trx
    .updateTable('member')
    .set({ tier: null, tier_since: null, tier_missed_since: null })
    .where('member_id', '=', absorbed.memberId)
    .execute();
  if (!published) return;
  const { tiers } = published.programme;
  const automatic = higher(tiers, automaticOf(own), automaticOf(other));
  const stays: Standing = manual ? { tier: manual.tier, since: manual.set_at, missedSince: null } : automatic;
  if (stays.tier !== own.tier) {
    await moveTier(trx, context, survivor, {
      published,
      from: own.tier,
      to: stays.tier,
      missedSince: stays.missedSince,
      since: stays.since,
      at: now,
      facts: null,
      reasons: [reason('tier_of_linked_account', true, { tier: stays.tier, before: own.tier })],
    });
  }
  if (manual) {
    await saveManualTier(trx, {
      ...manual,
      member_id: survivor.memberId,
      automatic_tier: automatic.tier,
      automatic_since: automatic.since,
      automatic_missed_since: automatic.missedSince,
    });
    return;
  }
  await raiseTier(trx, context, survivor, now);
}

function automaticOf(row: TierStandingRow): Standing {
  return row.manual_tier === null
    ? { tier: row.tier, since: row.tier_since, missedSince: row.tier_missed_since }
    : { tier: row.automatic_tier, since: row.automatic_since, missedSince: row.automatic_missed_since };
}

function higher(tiers: TierTerms, own: Standing, other: Standing): Standing {
  return tierRank(tiers, other.tier) > tierRank(tiers, own.tier) ? other : own;
}

/** Null when staff gave neither of them one that still stands. */
async function higherByHand(
  trx: Trx,
  tiers: TierTerms,
  rows: readonly TierStandingRow[],
  now: string,
): Promise<Row<'manual_tier'> | null> {
  const standing = rows.filter((row) => standsByHand(row, now));
  const [first, second] = standing;
  if (!first) return null;
  const best = second && tierRank(tiers, second.manual_tier) > tierRank(tiers, first.manual_tier) ? second : first;
  return (await findManualTier(trx, best.member_id)) ?? null;
}
