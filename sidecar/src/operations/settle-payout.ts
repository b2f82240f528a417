import { payoutMayBecome, type PayoutState } from '../domain/cashback';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { returnPoints } from '../ledger/spend';
import { inTransaction } from '../storage/transaction';
import { findPayout, settlePayout as saveSettlement, type Payout } from '../stores/cashback-store';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';
import { revokeVoucher } from './grant-voucher';
import { payoutKey } from './pay-cashback';
import { projectMember } from './project-member';

export interface PayoutOutcome {
  readonly payoutId: string;
  readonly state: PayoutState;
  readonly actor: string;
  readonly note: string | null;
}

/** The money arrived, or did not: then the points go back to the lots they came from. Twice is once. */
export async function settlePayout(
  context: OperationContext,
  { payoutId, state, actor, note }: PayoutOutcome,
): Promise<Result<{ payout: Payout; changed: boolean }, 'unknown_payout' | 'state_does_not_follow'>> {
  return inTransaction(context.db, async (trx) => {
    const found = await findPayout(trx, payoutId);
    if (!found) return refuse('unknown_payout');
    const member = await lockMember(trx, found.member_id);
    const payout = await findPayout(trx, payoutId);
    if (!payout) return refuse('unknown_payout');
    if (payout.state === state) return success({ payout, changed: false });
    if (!payoutMayBecome(payout.state, state)) return refuse('state_does_not_follow', { state: payout.state, asked: state });
    const at = context.clock.now();
    if (!(await saveSettlement(trx, payout, { state, at, actor, note })))
      throw new Error(`payout ${payoutId} moved under a lock`);
    const decisionId = context.ids.next();
    const points = state === 'failed' ? payout.points : 0;
    const { cashback_code: cashback, value_minor: valueMinor, currency } = payout;
    await recordDecision(trx, {
      decisionId,
      programmeId: member.programmeId,
      memberId: member.memberId,
      kind: 'cashback_settlement',
      subject: `cashback:${cashback}`,
      programmeVersionId: null,
      decidedAt: at,
      inputs: { payout: payoutId, from: payout.state, actor, note },
      outcome: { state, points },
      reasons: [
        reason(state === 'failed' ? 'cashback_failed' : 'cashback_settled', true, {
          cashback,
          points: payout.points,
          valueMinor,
          currency,
        }),
      ],
    });
    if (state === 'failed') {
      const sourceKey = `${payoutKey(payout)}:returned`;
      const back = { kind: 'cashback_returned' as const, sourceKey, points, occurredAt: at, shopId: null, decisionId };
      await returnPoints(trx, context, member, payoutKey(payout), back);
      if (payout.voucher_id !== null) await revokeVoucher(trx, payout.voucher_id, at);
    }
    await projectMember(trx, context, member);
    return success({ payout: (await findPayout(trx, payoutId)) ?? payout, changed: true });
  });
}
