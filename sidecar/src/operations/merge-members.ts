import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember, raiseVersion, type LockedMember } from '../ledger/locked-member';
import { openShares, openToMoved, transferDebt, transferLots } from '../ledger/transfer';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { findMergeByKey, presentMemberId } from '../stores/identity-store';
import { findMember, findMemberRow, findMembers } from '../stores/member-store';
import type { OperationContext } from './context';
import { countReferrals } from './count-referrals';
import { joinTiers } from './join-tiers';
import { moveRows } from './move-rows';
import { projectMember } from './project-member';
import { settleSegments } from './review-segments';
import { showCodes } from './show-codes';

export interface MergeMembersInput {
  /** Who stays. */
  readonly memberId: string;
  /** Who becomes part of them. */
  readonly absorb: string;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string;
}

export type MergeRefusal =
  | 'unknown_member'
  | 'unknown_absorbed'
  | 'same_member'
  | 'other_programme'
  | 'already_merged'
  | 'in_company'
  | 'idempotency_mismatch';

/** Staff say that two members are one person. The same key merges once. */
export async function mergeMembers(
  context: OperationContext,
  input: MergeMembersInput,
): Promise<Result<{ memberId: string; merged: boolean }, MergeRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const { memberId, absorb } = input;
    const known = await findMemberRow(trx, memberId);
    if (!known) return refuse('unknown_member');
    const sourceKey = `staff:${input.idempotencyKey}`;
    const earlier = await findMergeByKey(trx, known.programme_id, sourceKey);
    if (earlier) {
      const isSame = earlier.absorbed_member_id === absorb && earlier.member_id === (await presentMemberId(trx, memberId));
      return isSame ? success({ memberId: earlier.member_id, merged: false }) : refuse('idempotency_mismatch');
    }
    const other = await findMemberRow(trx, absorb);
    if (!other) return refuse('unknown_absorbed');
    if (other.programme_id !== known.programme_id) return refuse('other_programme');
    if (memberId === absorb) return refuse('same_member');
    for (const one of [memberId, absorb]) {
      const present = await presentMemberId(trx, one);
      if (present !== one) return refuse('already_merged', { memberId: one, presentMemberId: present });
    }
    const pair = await lockBoth(trx, memberId, absorb);
    const buyer = await companyMember(trx, [memberId, absorb]);
    if (buyer !== null) return refuse('in_company', { memberId: buyer });
    await absorbMember(trx, context, pair, { by: 'staff', sourceKey, reason: input.reason, actor: input.actor });
    await projectMember(trx, context, pair.survivor);
    return success({ memberId, merged: true });
  });
}

/** Of locked members the one who buys for a company, or stands for one: they are nobody else until they leave it. */
export async function companyMember(trx: Trx, memberIds: readonly string[]): Promise<string | null> {
  const rows = await findMembers(trx, memberIds);
  return rows.find((row) => row.company_id !== null)?.member_id ?? null;
}

export interface MemberPair {
  readonly survivor: LockedMember;
  readonly absorbed: LockedMember;
}

/** In the order of their ids, so that two transactions with the same two never wait for each other. */
export async function lockBoth(trx: Trx, survivorId: string, absorbedId: string): Promise<MemberPair> {
  const locked = new Map<string, LockedMember>();
  for (const memberId of [survivorId, absorbedId].sort()) locked.set(memberId, await lockMember(trx, memberId));
  const survivor = locked.get(survivorId);
  const absorbed = locked.get(absorbedId);
  if (!survivor || !absorbed) throw new Error(`members ${survivorId} and ${absorbedId} are one`);
  return { survivor, absorbed };
}

/** What asked for it, kept with the decision. */
export interface MergeCause {
  readonly by: 'staff' | 'email';
  readonly sourceKey: string;
  readonly reason: string;
  readonly actor: string;
}

/**
 * Makes one member part of another, both locked: points, debt and holds go over by entries of both, accounts, orders, vouchers,
 * events and counts by their rows. What the absorbed one was given stays given. The caller projects the survivor.
 */
export async function absorbMember(trx: Trx, context: OperationContext, pair: MemberPair, cause: MergeCause): Promise<void> {
  const { survivor, absorbed } = pair;
  const { memberId, programmeId } = survivor;
  const now = context.clock.now();
  const decisionId = context.ids.next();
  const { pending, available, held, debt } = absorbed;
  const { sourceKey, ...asked } = cause;
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'merge',
    subject: `member:${absorbed.memberId}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { absorbed: absorbed.memberId, ...asked },
    outcome: { pending, available, held, debt },
    reasons: [reason('members_linked', true, { by: cause.by, pending, available, held, debt })],
  });
  const transfer = {
    out: 'merge_out' as const,
    in: 'merge_in' as const,
    sourceKey: `merge:${absorbed.memberId}`,
    occurredAt: now,
    decisionId,
  };
  const between = { from: absorbed, to: survivor };
  await raiseVersion(trx, survivor, absorbed.version);
  // Also a lot that is empty now may be named again, by an order that is paid after all.
  await openToMoved(trx, survivor);
  await transferLots(trx, context, between, await openShares(trx, absorbed), transfer);
  await transferDebt(trx, context, between, transfer);
  await moveRows(trx, absorbed.memberId, memberId, now);
  await trx.updateTable('member_merge').set({ member_id: memberId }).where('member_id', '=', absorbed.memberId).execute();
  await trx
    .insertInto('member_merge')
    .values({
      absorbed_member_id: absorbed.memberId,
      member_id: memberId,
      programme_id: programmeId,
      source_key: sourceKey,
      decision_id: decisionId,
      merged_at: now,
    })
    .execute();
  await joinMembership(trx, memberId, absorbed.memberId);
  await countReferrals(trx, memberId);
  await joinTiers(trx, context, pair, now);
  const published = await context.programmes.effectiveAt(trx, programmeId, now);
  if (published && published.programme.segments.length > 0) await settleSegments(trx, context, published, survivor, now);
  await showCodes(trx, context, survivor, published?.programme.referral ?? null);
}

/** A member since the earlier of the two. */
async function joinMembership(trx: Trx, memberId: string, absorbedId: string): Promise<void> {
  const own = await findMember(trx, memberId);
  const other = await findMember(trx, absorbedId);
  await trx
    .updateTable('member')
    .set({
      joined_at: own.joined_at < other.joined_at ? own.joined_at : other.joined_at,
      referral_code: own.referral_code ?? other.referral_code,
    })
    .where('member_id', '=', memberId)
    .execute();
}
