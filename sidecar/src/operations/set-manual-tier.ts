import { isBefore } from '../domain/instant';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { tierRank } from '../domain/tier';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';
import { findMemberRow } from '../stores/member-store';
import { saveManualTier, tierStanding } from '../stores/tier-store';
import type { OperationContext } from './context';
import { endManualTier, standsByHand } from './end-manual-tier';
import { moveTier } from './move-tier';
import { projectMember } from './project-member';

export interface ManualTierInput {
  readonly memberId: string;
  readonly tier: string;
  /** Exclusive; null = until somebody ends it. */
  readonly endsAt: string | null;
  readonly reason: string;
  readonly actor: string;
}

export type ManualTierRefusal = 'unknown_member' | 'unknown_tier' | 'ends_in_past';

/** Gives a member a tier by hand: no review moves them until it ends. The same again changes nothing. */
export async function setManualTier(
  context: OperationContext,
  input: ManualTierInput,
): Promise<Result<{ changed: boolean }, ManualTierRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const { tier, endsAt } = input;
    const memberId = await presentMemberId(trx, input.memberId);
    const known = await findMemberRow(trx, memberId);
    if (!known) return refuse('unknown_member');
    const now = context.clock.now();
    if (endsAt !== null && !isBefore(now, endsAt)) return refuse('ends_in_past', { endsAt, now });
    const published = await context.programmes.effectiveAt(trx, known.programme_id, now);
    if (!published || tierRank(published.programme.tiers, tier) === -1) return refuse('unknown_tier', { tier });
    const member = await lockMember(trx, memberId);
    let row = await tierStanding(trx, memberId);
    if (row.manual_tier !== null && !standsByHand(row, now)) {
      await endManualTier(trx, context, member, row, { at: row.manual_ends_at ?? now, reasons: [] });
      row = await tierStanding(trx, memberId);
    }
    const isRenewed = row.manual_tier !== null;
    if (isRenewed && row.manual_tier === tier && row.manual_ends_at === endsAt) return success({ changed: false });
    const decisionId = await moveTier(trx, context, member, {
      published,
      from: row.tier,
      to: tier,
      missedSince: null,
      at: now,
      facts: null,
      reasons: [reason('manual_tier_set', true, { tier, endsAt, reason: input.reason, actor: input.actor })],
    });
    await saveManualTier(trx, {
      member_id: memberId,
      programme_id: member.programmeId,
      tier,
      set_at: now,
      ends_at: endsAt,
      automatic_tier: isRenewed ? row.automatic_tier : row.tier,
      automatic_since: isRenewed ? row.automatic_since : row.tier_since,
      automatic_missed_since: isRenewed ? row.automatic_missed_since : row.tier_missed_since,
      decision_id: decisionId,
    });
    await projectMember(trx, context, member);
    return success({ changed: true });
  });
}

/** Ends what staff gave before its time. Nothing to end changes nothing. */
export async function clearManualTier(
  context: OperationContext,
  input: Pick<ManualTierInput, 'memberId' | 'reason' | 'actor'>,
): Promise<Result<{ changed: boolean }, 'unknown_member'>> {
  return inTransaction(context.db, async (trx) => {
    const memberId = await presentMemberId(trx, input.memberId);
    if (!(await findMemberRow(trx, memberId))) return refuse('unknown_member');
    const member = await lockMember(trx, memberId);
    const row = await tierStanding(trx, memberId);
    if (row.manual_tier === null) return success({ changed: false });
    const now = context.clock.now();
    const reasons = [reason('manual_tier_cleared', true, { reason: input.reason, actor: input.actor })];
    await endManualTier(trx, context, member, row, { at: standsByHand(row, now) ? now : (row.manual_ends_at ?? now), reasons });
    await projectMember(trx, context, member);
    return success({ changed: true });
  });
}
