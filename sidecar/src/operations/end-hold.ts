import { reason } from '../domain/reason';
import { releaseHold } from '../ledger/hold';
import type { LockedMember } from '../ledger/locked-member';
import type { Row } from '../storage/tables';
import type { Trx } from '../storage/transaction';
import { freeApproval } from '../stores/approval-store';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';

/** Gives the points of a hold back, with the decision that says why; an approval it used can be used again. False when it was resolved before. */
export async function endHold(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  hold: Row<'hold'>,
  status: 'released' | 'expired',
): Promise<boolean> {
  const now = context.clock.now();
  const decisionId = context.ids.next();
  if (!(await releaseHold(trx, context, member, hold, { status, occurredAt: now, decisionId }))) return false;
  await freeApproval(trx, hold.hold_id);
  const figures = { points: hold.points, expiresAt: hold.expires_at };
  await recordDecision(trx, {
    decisionId,
    programmeId: member.programmeId,
    memberId: member.memberId,
    kind: 'hold_ended',
    subject: `hold:${hold.hold_id}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { cartRef: hold.cart_ref, placedAt: hold.placed_at, expiresAt: hold.expires_at },
    outcome: { points: hold.points, status },
    reasons: [reason(status === 'expired' ? 'hold_expired' : 'hold_released', true, figures)],
  });
  return true;
}
