import { partNamed, partsOf, type ShopPart } from '../domain/shop-branch';
import type { Wish } from '../domain/wish';
import type { OperationContext } from '../operations/context';
import { forgetCustomer } from '../operations/forget-customer';
import { grantWish } from '../operations/grant-wish';
import { registerCustomer } from '../operations/register-customer';
import type { ConnectedShop, ShopPlatform } from '../platform/platform';
import { inTransaction, PersonErased } from '../storage/transaction';
import { dropMessages, markDone } from '../stores/inbox-store';
import { partOfCustomer } from '../stores/member-store';
import { answeredKeys } from '../stores/wish-store';

/**
 * Reads a customer from the shop and opens, refreshes or forgets them. Guests are opened by their orders only; an account that
 * awaits its confirmation is none yet. `erased`: they were erased, and nothing of what the shop says is kept.
 */
export async function syncCustomer(
  context: OperationContext,
  platform: ShopPlatform,
  shop: ConnectedShop,
  customerId: string,
  messageIds: readonly string[] = [],
): Promise<'erased' | 'done'> {
  try {
    await applyCustomer(context, platform, shop, customerId, messageIds);
    return 'done';
  } catch (error) {
    if (!(error instanceof PersonErased)) throw error;
    await inTransaction(context.db, (trx) => dropMessages(trx, messageIds));
    return 'erased';
  }
}

async function applyCustomer(
  context: OperationContext,
  platform: ShopPlatform,
  shop: ConnectedShop,
  customerId: string,
  messageIds: readonly string[],
): Promise<void> {
  const customer = await platform.readCustomer(shop, customerId);
  const parts = partsOf(shop);
  if (customer === null) {
    const { shopId } = (await partOfCustomer(context.db, parts, customerId)) ?? shop;
    await forgetCustomer(context, { shopId, customerId, messageIds });
    return;
  }
  if (customer.isGuest || customer.emailState === 'awaited') {
    await inTransaction(context.db, (trx) => markDone(trx, messageIds, context.clock.now()));
    return;
  }
  const { wishes = [] } = customer;
  // Who is a member already stays where they are, whatever becomes of their sales channel.
  const known = parts.length > 1 ? await partOfCustomer(context.db, parts, customerId) : null;
  const { shopId, programmeId } = known ?? partNamed(shop, customer.shopId);
  await registerCustomer(context, {
    programmeId,
    shopId,
    customerId,
    emailHash: customer.emailHash,
    customerGroup: customer.customerGroup,
    company: customer.company,
    registeredAt: customer.registeredAt,
    mirrorMissing: customer.mirrorMissing,
    birthday: customer.birthday,
    language: customer.language,
    emailVerified: customer.emailState === 'verified',
    referralCode: customer.referralCode,
    // A message is done when what it brought is: one broken off in between comes again.
    messageIds: wishes.length > 0 ? [] : messageIds,
  });
  if (wishes.length === 0) return;
  await grantWishes(context, { shopId, programmeId }, customerId, wishes);
  await inTransaction(context.db, (trx) => markDone(trx, messageIds, context.clock.now()));
}

async function grantWishes(
  context: OperationContext,
  { shopId, programmeId }: ShopPart,
  customerId: string,
  wishes: readonly Wish[],
): Promise<void> {
  const answered = await answeredKeys(
    context.db,
    shopId,
    wishes.map(({ key }) => key),
  );
  for (const wish of wishes) {
    if (!answered.has(wish.key)) await grantWish(context, { programmeId, shopId, customerId, wish });
  }
}
