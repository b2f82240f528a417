import { addDays } from '../domain/instant';
import { reason, type Reason } from '../domain/reason';
import type { Posting } from '../ledger/entry';
import type { LockedMember } from '../ledger/locked-member';
import type { LotTake } from '../ledger/lot';
import { creditPostings, debitPostings } from '../ledger/movement';
import { postEntry } from '../ledger/post-entry';
import type { Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';
import { projectMember } from './project-member';

export interface Adjustment {
  /** Whole points, not 0; negative takes away, of `lots`. */
  readonly points: number;
  readonly reason: string;
  /** As who wanted it calls themselves, and who they are to us. */
  readonly actor: string;
  readonly requester: string;
  readonly idempotencyKey: string;
  /** The request and the reason of who confirmed it; absent = nobody had to. */
  readonly confirmed?: { readonly requestId: string; readonly reason: Reason };
}

/** The same intent has the same key, whether or not somebody had to confirm it. */
export function adjustmentKey(idempotencyKey: string): string {
  return `adjustment:${idempotencyKey}`;
}

/** Posts points by hand with the decision that explains them. The member is locked, and `lots` hold what is to be taken. */
export async function postAdjustment(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  lots: readonly LotTake[],
  { points, reason: why, actor, requester, idempotencyKey, confirmed }: Adjustment,
): Promise<string> {
  const { memberId, programmeId } = member;
  const now = context.clock.now();
  const published = await context.programmes.effectiveAt(trx, programmeId, now);
  const expireAfter = published?.programme.expireAfterDays ?? null;
  const sourceKey = adjustmentKey(idempotencyKey);
  const lotId = `${sourceKey}:${programmeId}`;
  const source: Posting = { account: 'adjusted', lotId: null, points: -points };
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'adjustment',
    subject: `member:${memberId}`,
    programmeVersionId: published?.versionId ?? null,
    decidedAt: now,
    inputs: { points, actor, requester, reason: why, ...(confirmed && { requestId: confirmed.requestId }) },
    outcome: { points },
    reasons: [reason('points_adjusted', true, { points, reason: why, actor }), ...(confirmed ? [confirmed.reason] : [])],
  });
  const entryId = await postEntry(
    trx,
    context,
    member,
    {
      kind: 'adjustment',
      sourceKey,
      occurredAt: now,
      shopId: null,
      orderId: null,
      holdId: null,
      decisionId,
      postings:
        points > 0 ? creditPostings(member, source, [{ lotId, points }]) : debitPostings('adjusted', lots, -points).postings,
    },
    new Map([[lotId, { earnedAt: now, expiresAt: expireAfter === null ? null : addDays(now, expireAfter) }]]),
  );
  await projectMember(trx, context, member);
  return entryId;
}
