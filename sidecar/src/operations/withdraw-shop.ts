import type { DesiredResourceType } from '../domain/mirror';
import { inTransaction } from '../storage/transaction';
import { withdrawDesired } from '../stores/desired-state-store';
import { branchRows, setShopStatus } from '../stores/shop-store';
import type { OperationContext } from './context';

/** Vouchers stay: they were promised to people, and end by their own date. */
const WITHDRAWN: readonly DesiredResourceType[] = ['terms', 'tier-price', 'friend-code', 'member', 'tier', 'price-list'];
const ROWS_A_TRANSACTION = 200;

/**
 * Takes everything that we made out of a shop before the app is uninstalled: afterwards nobody may remove tier prices and
 * referral discounts there, and they would go on for ever. The books stay, and an app that is activated again shows all
 * of it anew. May break off anywhere and be repeated.
 */
export async function withdrawShop(context: OperationContext, shopId: string): Promise<{ withdrawn: number }> {
  const now = context.clock.now();
  await setShopStatus(context.db, shopId, 'leaving', now);
  let withdrawn = 0;
  for (const branch of await branchRows(context.db, shopId)) {
    withdrawn += (await withdrawShop(context, branch.shop_id)).withdrawn;
  }
  for (const type of WITHDRAWN) {
    for (;;) {
      const rows = await inTransaction(context.db, (trx) => withdrawDesired(trx, shopId, type, ROWS_A_TRANSACTION, now));
      withdrawn += rows;
      if (rows === 0) break;
    }
  }
  return { withdrawn };
}
