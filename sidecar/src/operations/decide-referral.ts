import { reason } from '../domain/reason';
import type { ReferralVerdict } from '../domain/referral';
import { refuse, success, type Result } from '../domain/result';
import { inTransaction } from '../storage/transaction';
import { changeReferral, findReferral, type Referral } from '../stores/referral-store';
import type { OperationContext } from './context';
import { isSameOrder, programmeOfReferral } from './resolve-referrals';
import { lockSides, settleReferral } from './settle-referral';

export interface DecideReferralInput {
  readonly friendMemberId: string;
  /** Only a referral of this shop; null = of any. */
  readonly shopId: string | null;
  readonly decision: ReferralVerdict;
  readonly reason: string;
  readonly actor: string;
}

export interface DecidedReferral {
  readonly status: Referral['status'];
  /** Why there is no reward, also after an approval: the referrer may have all that the programme gives. */
  readonly reason: string | null;
  /** Staff had said so before, and nothing was done again. */
  readonly repeated: boolean;
}

/**
 * - `not_in_review`: nobody asks about it, or no longer
 * - `decided_otherwise`: staff have said the opposite
 */
export type DecideReferralRefusal = 'unknown_referral' | 'not_in_review' | 'decided_otherwise';

/** What staff say of a referral that waits for them; said once, and settled at once. */
export async function decideReferral(
  context: OperationContext,
  input: DecideReferralInput,
): Promise<Result<DecidedReferral, DecideReferralRefusal>> {
  const seen = await findReferral(context.db, input.friendMemberId);
  if (!seen || (input.shopId !== null && seen.shop_id !== input.shopId)) return refuse('unknown_referral');
  const published = await programmeOfReferral(context, seen);
  return inTransaction(context.db, async (trx) => {
    const { referral, sides } = await lockSides(trx, input.friendMemberId);
    if (!isSameOrder(referral, seen)) return refuse('not_in_review');
    const { status, verdict } = referral;
    if (verdict !== null) {
      if (verdict !== input.decision) return refuse('decided_otherwise', { decision: verdict });
      return success({ status, reason: referral.reason, repeated: true });
    }
    if (status !== 'review') return refuse('not_in_review', { status });
    const now = context.clock.now();
    const { decision, actor } = input;
    const said = { verdict: decision, verdict_by: actor, verdict_reason: input.reason, verdict_at: now };
    await changeReferral(trx, referral, said);
    const isApproved = decision === 'approve';
    const reasons = [reason(isApproved ? 'referral_approved' : 'referral_rejected', isApproved, { actor, reason: input.reason })];
    const settled = { ...referral, ...said };
    const outcome = await settleReferral(trx, context, { referral: settled, sides, published, now, said: reasons });
    const after = await findReferral(trx, input.friendMemberId);
    return success({ status: outcome, reason: after?.reason ?? null, repeated: false });
  });
}
