import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { availableLots } from '../ledger/lot';
import { inTransaction, PersonErased, type Trx } from '../storage/transaction';
import { answerRequest, expireRequests, findRequest, noteEntry, type AdjustmentRequest } from '../stores/adjustment-store';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import type { OperationContext } from './context';
import { postAdjustment } from './post-adjustment';

export interface AdjustmentAnswer {
  readonly requestId: string;
  /** `withdrawn`: by who asked. */
  readonly decision: 'confirmed' | 'refused' | 'withdrawn';
  readonly reason: string;
  /** As who answers calls themselves, and who they are to us. */
  readonly actor: string;
  readonly answerer: string;
}

export type AnswerRefusal =
  'unknown_request' | 'own_request' | 'foreign_request' | 'already_decided' | 'request_expired' | 'insufficient_points';

/** Whether a request is somebody's own: also by the name, whatever they asked with. */
export function isOwnRequest(
  request: Pick<AdjustmentRequest, 'requester' | 'requested_by'>,
  { actor, answerer }: Pick<AdjustmentAnswer, 'actor' | 'answerer'>,
): boolean {
  return request.requester === answerer || request.requested_by.toLowerCase() === actor.toLowerCase();
}

/**
 * A second person answers a request: confirmed it is posted, exactly once, under the key it was asked with. Nobody confirms their
 * own. The same answer again changes nothing; another one is refused.
 */
export async function decideAdjustment(
  context: OperationContext,
  answer: AdjustmentAnswer,
): Promise<Result<AdjustmentRequest, AnswerRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const seen = await findRequest(trx, answer.requestId);
    if (!seen) return refuse('unknown_request');
    const isOwn = isOwnRequest(seen, answer);
    if (isOwn && answer.decision !== 'withdrawn') return refuse('own_request');
    if (!isOwn && answer.decision === 'withdrawn') return refuse('foreign_request');
    if (seen.status !== 'pending') {
      return seen.status === answer.decision ? success(seen) : refuse('already_decided', { status: seen.status });
    }
    const member = await lockMember(trx, await presentMemberId(trx, seen.member_id));
    const lots = answer.decision === 'confirmed' ? await availableLots(trx, member) : [];
    const available = lots.reduce((sum, lot) => sum + lot.points, 0);
    if (answer.decision === 'confirmed' && seen.points < 0 && available < -seen.points) {
      return refuse('insufficient_points', { availablePoints: available });
    }
    const now = context.clock.now();
    const { decision: status, actor, reason: why } = answer;
    const decided = { status, decided_at: now, decided_by: actor, decided_reason: why };
    if (!(await answerRequest(trx, seen.request_id, decided))) return answeredMeanwhile(trx, answer);
    await recordAnswer(trx, context, seen, answer);
    if (status === 'confirmed') {
      const { points, requester, requested_by: requestedBy, idempotency_key: idempotencyKey, request_id: requestId } = seen;
      const confirmed = { requestId, reason: reason('adjustment_confirmed', true, { actor, reason: why, points }) };
      const asked = { points, reason: seen.reason, actor: requestedBy, requester, idempotencyKey, confirmed };
      await noteEntry(trx, requestId, await postAdjustment(trx, context, member, lots, asked));
    }
    const present = await findRequest(trx, seen.request_id);
    return present ? success(present) : refuse('unknown_request');
  }).catch((error: unknown) => {
    // Whoever is erased is given nothing; their requests were withdrawn.
    if (error instanceof PersonErased) return refuse('already_decided', { status: 'withdrawn' });
    throw error;
  });
}

async function answeredMeanwhile(trx: Trx, answer: AdjustmentAnswer): Promise<Result<AdjustmentRequest, AnswerRefusal>> {
  const present = await findRequest(trx, answer.requestId);
  if (!present) return refuse('unknown_request');
  if (present.status === answer.decision) return success(present);
  return present.status === 'pending' ? refuse('request_expired') : refuse('already_decided', { status: present.status });
}

async function recordAnswer(
  trx: Trx,
  context: OperationContext,
  request: AdjustmentRequest,
  { decision, reason: why, actor, answerer }: AdjustmentAnswer,
): Promise<void> {
  const { points } = request;
  const said = { actor, reason: why, points };
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: request.programme_id,
    memberId: request.member_id,
    kind: 'adjustment_request',
    subject: `adjustment:${request.request_id}`,
    programmeVersionId: null,
    decidedAt: context.clock.now(),
    inputs: { points, actor, answerer, requestedBy: request.requested_by, reason: why },
    outcome: { status: decision, points },
    reasons: [
      decision === 'withdrawn'
        ? reason('adjustment_withdrawn', true, said)
        : reason('adjustment_confirmed', decision === 'confirmed', said),
    ],
  });
}

/** Ends requests whose time is over. */
export async function expireAdjustments({ db }: OperationContext, now: string): Promise<{ expired: number }> {
  return { expired: await expireRequests(db, now) };
}
