import { refuse, success, type Result } from '../domain/result';
import { inTransaction } from '../storage/transaction';
import type { OperationContext } from './context';
import { admitBuyer, lockSpender, type BuyerWish } from './spender';
import type { LimitRefusal } from '../domain/buyer-limit';

export type AskRefusal = Exclude<LimitRefusal, 'approval_needed'> | 'not_a_buyer' | 'no_programme' | 'asked_too_often';

/**
 * A buyer asks for a redemption before trying it. `needed: false`: within the limits, or approved already. The same
 * number of points finds the request again.
 */
export async function askApproval(
  context: OperationContext,
  input: BuyerWish & { readonly memberId: string; /** Null = whichever the buyer is in. */ readonly companyId: string | null },
): Promise<Result<{ needed: boolean; approvalId: string | null }, AskRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const spender = await lockSpender(trx, input.memberId);
    const { seat } = spender;
    if (seat === null || (input.companyId !== null && seat.company.company_id !== input.companyId)) return refuse('not_a_buyer');
    const published = await context.programmes.effectiveAt(trx, seat.company.programme_id, context.clock.now());
    if (!published) return refuse('no_programme');
    const admitted = await admitBuyer(trx, context, spender, input, published.programme);
    if (admitted.ok) return success({ needed: false, approvalId: admitted.value.approvalId });
    const { code, details } = admitted;
    if (code !== 'approval_needed') return refuse(code, details);
    const { approvalId } = details;
    return typeof approvalId === 'string' ? success({ needed: true, approvalId }) : refuse('asked_too_often');
  });
}
