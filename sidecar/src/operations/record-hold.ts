import { reason } from '../domain/reason';
import type { NewHold } from '../ledger/hold';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';

/** Keeps why points were reserved. */
export async function recordHold(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  hold: NewHold,
  seen: { readonly versionId: string; readonly availablePoints: number },
): Promise<void> {
  const { points, valueMinor, currency, expiresAt, cartRef } = hold;
  await recordDecision(trx, {
    decisionId: hold.decisionId,
    programmeId: member.programmeId,
    memberId: member.memberId,
    kind: 'hold',
    subject: `hold:${hold.holdId}`,
    programmeVersionId: seen.versionId,
    decidedAt: context.clock.now(),
    inputs: { cartRef, currency, availablePoints: seen.availablePoints },
    outcome: { points, valueMinor, expiresAt },
    reasons: [reason('hold_placed', true, { points, valueMinor, currency, availablePoints: seen.availablePoints, expiresAt })],
  });
}
