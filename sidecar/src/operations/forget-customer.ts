import { lockMember } from '../ledger/locked-member';
import type { Row } from '../storage/tables';
import { inTransaction, StateMoved, type Trx } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { markDone } from '../stores/inbox-store';
import { dropPreviewOrders } from '../stores/preview-order-store';
import { findIdentity, findMember, identitiesOf, isShownKey } from '../stores/member-store';
import type { OperationContext } from './context';
import { eraseLocked, forgetAccount } from './erase-member';
import { scrubAccount } from './scrub-rows';

/**
 * The shop deleted a customer: what could identify the person goes, the books stay. The identity row remains without
 * e-mail hash so that a late order of theirs still finds its member. Where the programme says so, the account goes altogether,
 * and with the last one the person is erased.
 */
export async function forgetCustomer(
  context: OperationContext,
  input: { shopId: string; customerId: string; messageIds: readonly string[] },
): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const now = context.clock.now();
    await dropPreviewOrders(trx, input.shopId, input.customerId);
    const identity = await findIdentity(trx, input.shopId, input.customerId);
    const published = identity && (await context.programmes.effectiveAt(trx, identity.programme_id, now));
    const erases = published?.programme.privacy.eraseOnCustomerDeletion === true;
    // Who buys for a company has to leave it first.
    if (identity && erases && (await findMember(trx, identity.member_id)).company_id === null) {
      await eraseAccount(trx, context, identity, now);
    } else if (identity) {
      await trx
        .updateTable('member_identity')
        .set({ email_hash: null, customer_group: null, email_verified: 0, company_name: null })
        .where('shop_id', '=', input.shopId)
        .where('customer_id', '=', input.customerId)
        .execute();
      for (const table of ['member_profile', 'member_language'] as const) {
        await trx.deleteFrom(table).where('member_id', '=', identity.member_id).where('told_by', '=', input.shopId).execute();
      }
      await setDesired(trx, { shopId: input.shopId, type: 'member', id: input.customerId, state: null }, now);
    }
    await markDone(trx, input.messageIds, now);
  });
}

/** Who has another account is still a member by it. */
async function eraseAccount(trx: Trx, context: OperationContext, seen: Row<'member_identity'>, now: string): Promise<void> {
  const { shop_id: shopId, customer_id: customerId } = seen;
  const member = await lockMember(trx, seen.member_id);
  const accounts = await identitiesOf(trx, member.memberId);
  const own = accounts.find((account) => account.shop_id === shopId && account.customer_id === customerId);
  if (!own) throw new StateMoved(`customer ${customerId} has another member now`);
  if (accounts.some((account) => account !== own && isShownKey(account.customer_id))) {
    await forgetAccount(trx, context, own, now);
    await scrubAccount(trx, shopId, customerId, context.ids.secret(16));
    return;
  }
  const cause = { reason: 'the shop deleted the customer', actor: 'sidecar', sourceKey: `shop:${member.memberId}` };
  await eraseLocked(trx, context, member, { by: 'shop', ...cause });
}
