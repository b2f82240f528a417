import { inTransaction } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { markDone } from '../stores/inbox-store';
import { findIdentity } from '../stores/member-store';
import type { OperationContext } from './context';

/**
 * The shop deleted a customer: what could identify the person goes, the books stay. The identity row remains without
 * e-mail hash so that a late order of theirs still finds its member.
 */
export async function forgetCustomer(
  context: OperationContext,
  input: { shopId: string; customerId: string; messageIds: readonly string[] },
): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const now = context.clock.now();
    const identity = await findIdentity(trx, input.shopId, input.customerId);
    if (identity) {
      await trx
        .updateTable('member_identity')
        .set({ email_hash: null, customer_group: null, email_verified: 0, company_name: null })
        .where('shop_id', '=', input.shopId)
        .where('customer_id', '=', input.customerId)
        .execute();
      await trx
        .deleteFrom('member_profile')
        .where('member_id', '=', identity.member_id)
        .where('told_by', '=', input.shopId)
        .execute();
      await setDesired(trx, { shopId: input.shopId, type: 'member', id: input.customerId, state: null }, now);
    }
    await markDone(trx, input.messageIds, now);
  });
}
