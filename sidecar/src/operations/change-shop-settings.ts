import type { DesiredResourceType } from '../domain/mirror';
import type { ShopSettings } from '../domain/shop-settings';
import { inTransaction } from '../storage/transaction';
import { showAllAgain } from '../stores/desired-state-store';
import { changeSettings } from '../stores/shop-store';
import type { OperationContext } from './context';

/** Resources that are written anew when a setting changes. */
const DEPENDING: Readonly<Record<keyof ShopSettings, readonly DesiredResourceType[]>> = {
  rulePriority: ['tier', 'price-list'],
  salesChannelIds: ['friend-code', 'voucher'],
  useCustomerGroups: ['tier', 'tier-price', 'member'],
};

/** False for a shop that is not known. */
export async function changeShopSettings(context: OperationContext, shopId: string, settings: ShopSettings): Promise<boolean> {
  const now = context.clock.now();
  const changed = (Object.keys(DEPENDING) as (keyof ShopSettings)[]).filter((name) => settings[name] !== undefined);
  return inTransaction(context.db, async (trx) => {
    if (!(await changeSettings(trx, shopId, settings as Readonly<Record<string, unknown>>, now))) return false;
    const types = changed.flatMap((name) => DEPENDING[name]);
    if (types.length > 0) await showAllAgain(trx, shopId, types, now);
    return true;
  });
}
