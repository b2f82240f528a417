import type { ApprovalTerms } from '../domain/adjustment-limit';
import { addDays } from '../domain/instant';
import { reason } from '../domain/reason';
import { StateMoved, type Trx } from '../storage/transaction';
import { countPending, insertRequest, type AdjustmentRequest } from '../stores/adjustment-store';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';

/** More of one asker would be no list that anybody looks through. */
const MAX_PENDING = 200;

export interface WantedAdjustment {
  readonly programmeId: string;
  readonly memberId: string;
  readonly points: number;
  readonly reason: string;
  readonly actor: string;
  readonly requester: string;
  readonly idempotencyKey: string;
  readonly terms: ApprovalTerms;
  /** Net points that the same person gave the member in the last hours. */
  readonly before: number;
}

/** Asks a second person. Null when the same one has asked too often. The member is locked. */
export async function requestAdjustment(
  trx: Trx,
  context: OperationContext,
  wanted: WantedAdjustment,
): Promise<AdjustmentRequest | null> {
  const now = context.clock.now();
  const { programmeId, memberId, points, actor, requester, idempotencyKey, terms, before } = wanted;
  if ((await countPending(trx, programmeId, requester, now)) >= MAX_PENDING) return null;
  const request: AdjustmentRequest = {
    request_id: context.ids.next(),
    programme_id: programmeId,
    member_id: memberId,
    points,
    reason: wanted.reason,
    requested_by: actor,
    requester,
    idempotency_key: idempotencyKey,
    status: 'pending',
    requested_at: now,
    expires_at: addDays(now, terms.days),
    decided_at: null,
    decided_by: null,
    decided_reason: null,
    entry_id: null,
  };
  // The key went to another member meanwhile.
  if (!(await insertRequest(trx, request))) throw new StateMoved(`adjustment ${idempotencyKey} was asked for meanwhile`);
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId,
    memberId,
    kind: 'adjustment_request',
    subject: `adjustment:${request.request_id}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { points, actor, requester, reason: wanted.reason },
    outcome: { status: 'pending', points },
    reasons: [
      reason('adjustment_requested', true, {
        points,
        actor,
        reason: wanted.reason,
        limit: terms.adjustmentsAbove,
        before,
      }),
    ],
  });
  return request;
}
