/** Turns claimed inbox messages of one resource into one read of the shop and one operation. */
import type { OperationContext } from '../operations/context';
import { changeShopStatus } from '../operations/change-shop-status';
import type { ConnectedShop, PlatformEvent, ShopPlatform } from '../platform/platform';
import { inTransaction } from '../storage/transaction';
import { markDone, type ClaimedGroup } from '../stores/inbox-store';
import { syncCustomer } from './sync-customer';
import { syncOrder } from './sync-order';

export interface HandleGroupDeps {
  readonly context: OperationContext;
  /** Null when the shop row is gone. */
  readonly loadShop: (shopId: string) => Promise<{ shop: ConnectedShop; platform: ShopPlatform } | null>;
  /** Called when a shop spoke of somebody who was erased. */
  readonly onErased: (resource: 'order' | 'customer') => void;
  /** Called after a shop's status changed, so that caches let go. */
  readonly onShopChanged: (shopId: string) => void;
}

export function createGroupHandler(deps: HandleGroupDeps): (group: ClaimedGroup) => Promise<void> {
  return async (group) => {
    const loaded = await deps.loadShop(group.shopId);
    const messageIds = group.messages.map((message) => message.message_id);
    if (loaded === null) return settle(deps.context, messageIds);
    // One read brings everything a resource went through, so only the last message is opened.
    const last = group.messages.at(-1);
    if (!last) return;
    await dispatch(deps, loaded, loaded.platform.normalise(last.topic, last.body), group.messages);
  };
}

async function dispatch(
  deps: HandleGroupDeps,
  { shop, platform }: { shop: ConnectedShop; platform: ShopPlatform },
  event: PlatformEvent,
  messages: ClaimedGroup['messages'],
): Promise<void> {
  const { context } = deps;
  const messageIds = messages.map((message) => message.message_id);
  switch (event.kind) {
    case 'order_placed':
    case 'order_paid':
    case 'order_completed':
    case 'order_cancelled':
    case 'order_refunded':
    case 'order_edited':
      if ((await syncOrder(context, platform, shop, event.orderId, { messageIds })) === 'erased') deps.onErased('order');
      return;
    case 'customer_registered':
    case 'customer_changed':
    case 'customer_deleted':
      if ((await syncCustomer(context, platform, shop, event.customerId, messageIds)) === 'erased') deps.onErased('customer');
      return;
    case 'app_installed':
    case 'app_activated':
    case 'app_updated':
    case 'app_deactivated':
    case 'app_deleted':
      await changeShopStatus(context, {
        shopId: shop.shopId,
        status: event.kind === 'app_deleted' ? 'deleted' : event.kind === 'app_deactivated' ? 'inactive' : 'active',
        appVersion: typeof event.details['appVersion'] === 'string' ? event.details['appVersion'] : null,
        receivedAt: messages[messages.length - 1]?.received_at ?? context.clock.now(),
        messageIds,
      });
      deps.onShopChanged(shop.shopId);
      return;
    // Prices and products are re-read by the catalogue job; the message itself carries nothing to keep.
    case 'product_changed':
    case 'ignored':
      await settle(context, messageIds);
  }
}

async function settle(context: OperationContext, messageIds: readonly string[]): Promise<void> {
  await inTransaction(context.db, (trx) => markDone(trx, messageIds, context.clock.now()));
}
