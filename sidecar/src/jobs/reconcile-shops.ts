import type { Clock } from '../clock';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { ConnectedShop, CustomerSnapshot, PlatformName, ShopPlatform } from '../platform/platform';
import type { Db } from '../storage/transaction';
import { reconcileResource, type ReconcileFigures } from './reconcile-resource';
import type { JobLog } from './run-job';

/** How changed orders and customers get into the books; both functions read the shop's present state themselves. */
export interface ReconcileActions {
  readonly syncOrder: (shop: ConnectedShop, orderId: string) => Promise<void>;
  readonly syncCustomer: (shop: ConnectedShop, customerId: string) => Promise<void>;
  /** True when the books already have exactly this snapshot; spares a read of every unchanged order. */
  readonly isOrderCurrent?: (snapshot: OrderSnapshot) => Promise<boolean>;
  readonly isCustomerCurrent?: (shop: ConnectedShop, snapshot: CustomerSnapshot) => Promise<boolean>;
}

export interface ReconcileShopDependencies extends ReconcileActions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly platform: ShopPlatform;
  readonly shop: ConnectedShop;
  /** Where the very first pass starts: when the shop was connected, or earlier to take in its past. */
  readonly startAt: string;
  /** How far a pass reaches back before the cursor (default 10 minutes). */
  readonly overlapMs?: number;
  /** Pages of each resource a run reads at most (default 20); the next run goes on from there. */
  readonly maxPages?: number;
  readonly signal?: AbortSignal;
}

const OVERLAP_MS = 600_000;
const MAX_PAGES = 20;
const MAX_FAILED = 200;

/**
 * Heals what lost webhooks left undone in one shop: customers first, since orders refer to them.
 * @throws ShopApiError when a page cannot be read; the next run goes on from that page
 */
export async function reconcileShop(
  deps: ReconcileShopDependencies,
): Promise<{ customers: ReconcileFigures; orders: ReconcileFigures }> {
  const { platform, shop, startAt } = deps;
  const context = { db: deps.db, clock: deps.clock, log: deps.log, signal: deps.signal ?? new AbortController().signal };
  const limits = {
    overlapMs: deps.overlapMs ?? OVERLAP_MS,
    maxPages: deps.maxPages ?? MAX_PAGES,
    maxFailed: MAX_FAILED,
  };
  const customers = await reconcileResource(
    context,
    shop.shopId,
    startAt,
    {
      resource: 'customers',
      page: (since, cursor) => platform.changedCustomers(shop, since, cursor),
      idOf: (customer) => customer.customerId,
      isCurrent: async (customer) => (await deps.isCustomerCurrent?.(shop, customer)) ?? false,
      sync: (customerId) => deps.syncCustomer(shop, customerId),
    },
    limits,
  );
  const orders = await reconcileResource(
    context,
    shop.shopId,
    startAt,
    {
      resource: 'orders',
      page: (since, cursor) => platform.changedOrders(shop, since, cursor),
      idOf: (order) => order.orderId,
      isCurrent: async (order) => (await deps.isOrderCurrent?.(order)) ?? false,
      sync: (orderId) => deps.syncOrder(shop, orderId),
    },
    limits,
  );
  return { customers, orders };
}

export interface ReconcileShopsDependencies extends ReconcileActions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly platformFor: (name: PlatformName) => ShopPlatform;
  /** Every active shop, with the instant its first pass starts at. */
  readonly activeShops: () => Promise<readonly { readonly shop: ConnectedShop; readonly startAt: string }[]>;
  readonly signal: AbortSignal;
}

/** All active shops, one after the other; one that fails does not keep the others from their turn. */
export async function reconcileShops(deps: ReconcileShopsDependencies): Promise<Record<string, number>> {
  const total = { shops: 0, failedShops: 0, synced: 0, unchanged: 0, failed: 0 };
  for (const { shop, startAt } of await deps.activeShops()) {
    if (deps.signal.aborted) break;
    total.shops += 1;
    try {
      const { customers, orders } = await reconcileShop({ ...deps, platform: deps.platformFor(shop.platform), shop, startAt });
      total.synced += customers.synced + orders.synced;
      total.unchanged += customers.unchanged + orders.unchanged;
      total.failed += customers.failed + orders.failed;
    } catch (error) {
      total.failedShops += 1;
      deps.log.warn({ shopId: shop.shopId, error }, 'reconciliation of a shop broke off');
    }
  }
  return total;
}
