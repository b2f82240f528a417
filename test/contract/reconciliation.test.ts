import { ManualClock } from '../../sidecar/src/clock';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { ShopApiError } from '../../sidecar/src/errors';
import { reconcileShop, reconcileShops, type ReconcileShopDependencies } from '../../sidecar/src/jobs/reconcile-shops';
import type { CustomerSnapshot, ShopPlatform } from '../../sidecar/src/platform/platform';
import type { Db } from '../../sidecar/src/storage/transaction';
import { loadProgress, saveProgress } from '../../sidecar/src/stores/reconciliation-store';
import { connectedShop, standInPlatform, type StandInPlatform } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const CONNECTED = '2026-03-01T09:00:00.000Z';
const NOON = '2026-03-01T12:00:00.000Z';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const order = (orderId: string, shopId = 's1'): OrderSnapshot => ({
  shopId,
  orderId,
  orderNumber: orderId,
  customerId: 'c1',
  emailHash: null,
  isGuest: false,
  customerGroup: null,
  currency: 'EUR',
  placedAt: CONNECTED,
  paidAt: null,
  completedAt: null,
  paymentState: 'open',
  orderState: 'open',
  lines: [],
  redemption: null,
  gifts: [],
  referralCode: null,
  refundNeedsReview: false,
});

const customer = (customerId: string): CustomerSnapshot => ({
  shopId: 's1',
  customerId,
  emailHash: null,
  customerGroup: null,
  company: null,
  isGuest: false,
  registeredAt: CONNECTED,
  birthday: null,
  language: null,
  referralCode: null,
  mirrorMissing: false,
  emailState: 'unverified',
});

/** A shop that lists `orders`, two a page, with the page's number as its cursor. */
function listOrders(platform: StandInPlatform, orders: readonly string[], sinceSeen: string[] = []): void {
  platform.changedOrdersPage = (since, cursor) => {
    const page = Number(cursor ?? 0);
    if (page === 0) sinceSeen.push(since);
    const items = orders.slice(page * 2, page * 2 + 2).map((id) => order(id));
    return { items, nextCursor: (page + 1) * 2 < orders.length ? String(page + 1) : null };
  };
}

interface Scene {
  readonly clock: ManualClock;
  readonly platform: StandInPlatform;
  readonly synced: string[];
  readonly deps: ReconcileShopDependencies;
}

function scene(db: Db, more: Partial<ReconcileShopDependencies> = {}): Scene {
  const clock = new ManualClock(Date.parse(NOON));
  const platform = standInPlatform();
  const synced: string[] = [];
  const sync = (_shop: unknown, id: string): Promise<void> => {
    synced.push(id);
    return Promise.resolve();
  };
  const deps: ReconcileShopDependencies = {
    db,
    clock,
    log: silent,
    platform,
    shop: connectedShop('s1'),
    startAt: CONNECTED,
    syncOrder: sync,
    syncCustomer: sync,
    ...more,
  };
  return { clock, platform, synced, deps };
}

describeEachStorage('reconciliation', (open) => {
  it('applies everything since the shop was connected, customers first, then only what changed since', async () => {
    const { db } = await open();
    const { clock, platform, synced, deps } = scene(db);
    const since: string[] = [];
    listOrders(platform, ['o1', 'o2', 'o3', 'o4', 'o5'], since);
    platform.changedCustomersPage = () => ({ items: [customer('c1')], nextCursor: null });
    const figures = await reconcileShop(deps);
    expect(synced).toEqual(['c1', 'o1', 'o2', 'o3', 'o4', 'o5']);
    expect(figures).toEqual({
      customers: { synced: 1, unchanged: 0, failed: 0, complete: 1 },
      orders: { synced: 5, unchanged: 0, failed: 0, complete: 1 },
    });
    clock.advance(900_000);
    listOrders(platform, [], since);
    await reconcileShop(deps);
    expect(since).toEqual(['2026-03-01T08:50:00.000Z', '2026-03-01T11:50:00.000Z']);
    expect(await loadProgress(db, 's1', 'orders')).toMatchObject({
      cursorAt: '2026-03-01T12:15:00.000Z',
      pass: null,
      failed: {},
    });
  });

  it('does not read again what the books already have', async () => {
    const { db } = await open();
    const { platform, synced, deps } = scene(db, {
      isOrderCurrent: (snapshot) => Promise.resolve(snapshot.orderId === 'o1'),
      isCustomerCurrent: () => Promise.resolve(true),
    });
    listOrders(platform, ['o1', 'o2']);
    platform.changedCustomersPage = () => ({ items: [customer('c1')], nextCursor: null });
    expect((await reconcileShop(deps)).orders).toMatchObject({ synced: 1, unchanged: 1 });
    expect(synced).toEqual(['o2']);
  });

  it('goes on from where a bounded run ended, and moves the cursor only at the end of the pass', async () => {
    const { db } = await open();
    const { clock, platform, synced, deps } = scene(db, { maxPages: 1 });
    listOrders(platform, ['o1', 'o2', 'o3', 'o4', 'o5']);
    for (const [run, expected] of [2, 4, 5].entries()) {
      expect(synced).toHaveLength(run * 2);
      expect((await reconcileShop(deps)).orders.complete).toBe(run === 2 ? 1 : 0);
      expect(synced).toHaveLength(expected);
      const progress = await loadProgress(db, 's1', 'orders');
      // What changes while the pass runs belongs to the next one: the cursor ends at the pass's start.
      expect(progress?.cursorAt).toBe(run === 2 ? NOON : CONNECTED);
      clock.advance(900_000);
    }
  });

  it('reads a page again when the shop stops answering in the middle of it', async () => {
    const { db } = await open();
    const ids = Array.from({ length: 12 }, (_, index) => `o${index}`);
    let down = true;
    const asked: string[] = [];
    const { platform, deps } = scene(db, {
      syncOrder: (_shop, id) => {
        asked.push(id);
        return down && id !== 'o0' ? Promise.reject(new ShopApiError('HTTP 503', true, 503)) : Promise.resolve();
      },
    });
    platform.changedOrdersPage = () => ({ items: ids.map((id) => order(id)), nextCursor: null });
    expect((await reconcileShop(deps)).orders).toEqual({ synced: 1, unchanged: 0, failed: 5, complete: 0 });
    expect(asked).toHaveLength(6);
    expect(await loadProgress(db, 's1', 'orders')).toBeNull();
    down = false;
    expect((await reconcileShop(deps)).orders).toMatchObject({ synced: 12, complete: 1 });
  });

  it('remembers an order that fails, goes on, and tries it in every run until it succeeds', async () => {
    const { db } = await open();
    let broken = true;
    const { clock, platform, deps, synced } = scene(db, {
      syncOrder: (_shop, id) => {
        if (id === 'o2' && broken) return Promise.reject(new Error('an unknown line type'));
        synced.push(id);
        return Promise.resolve();
      },
    });
    listOrders(platform, ['o1', 'o2', 'o3']);
    expect((await reconcileShop(deps)).orders).toEqual({ synced: 2, unchanged: 0, failed: 1, complete: 1 });
    expect(await loadProgress(db, 's1', 'orders')).toMatchObject({ cursorAt: NOON, failed: { o2: 1 } });
    listOrders(platform, []);
    clock.advance(900_000);
    await reconcileShop(deps);
    expect((await loadProgress(db, 's1', 'orders'))?.failed).toEqual({ o2: 2 });
    broken = false;
    clock.advance(900_000);
    expect((await reconcileShop(deps)).orders).toMatchObject({ synced: 1, failed: 0 });
    expect((await loadProgress(db, 's1', 'orders'))?.failed).toEqual({});
    expect(synced).toEqual(['o1', 'o3', 'o2']);
  });

  it('reads for itself what a page could not make out, and remembers it until that succeeds', async () => {
    const { db } = await open();
    let broken = true;
    const { clock, platform, deps } = scene(db, {
      syncOrder: (_shop, id) =>
        broken && id === 'odd' ? Promise.reject(new ShopApiError('order odd lacks its currency', false)) : Promise.resolve(),
    });
    platform.changedOrdersPage = () => ({ items: [order('o1')], unreadable: ['odd'], nextCursor: null });
    expect((await reconcileShop(deps)).orders).toEqual({ synced: 1, unchanged: 0, failed: 1, complete: 1 });
    expect((await loadProgress(db, 's1', 'orders'))?.failed).toEqual({ odd: 1 });
    broken = false;
    platform.changedOrdersPage = () => ({ items: [], nextCursor: null });
    clock.advance(900_000);
    expect((await reconcileShop(deps)).orders).toMatchObject({ synced: 1, failed: 0, complete: 1 });
  });

  it('keeps the cursor when too much fails', async () => {
    const { db } = await open();
    const { platform, deps } = scene(db, { syncOrder: () => Promise.reject(new Error('a fault of ours')) });
    const ids = Array.from({ length: 201 }, (_, index) => `o${index}`);
    platform.changedOrdersPage = () => ({ items: ids.map((id) => order(id)), nextCursor: null });
    expect((await reconcileShop(deps)).orders).toMatchObject({ failed: 201, complete: 0 });
    expect(await loadProgress(db, 's1', 'orders')).toBeNull();
  });

  it('keeps its place when a page cannot be read, and begins anew when the shop forgot the place', async () => {
    const { db } = await open();
    const { platform, deps } = scene(db, { maxPages: 1 });
    listOrders(platform, ['o1', 'o2', 'o3']);
    await reconcileShop(deps);
    const failWith = (retryable: boolean) => {
      platform.changedOrdersPage = () => {
        throw new ShopApiError('no', retryable);
      };
    };
    failWith(true);
    await expect(reconcileShop(deps)).rejects.toThrow(ShopApiError);
    expect((await loadProgress(db, 's1', 'orders'))?.pass?.nextPage).toBe('1');
    failWith(false);
    await expect(reconcileShop(deps)).rejects.toThrow(ShopApiError);
    expect(await loadProgress(db, 's1', 'orders')).toMatchObject({ pass: null, cursorAt: CONNECTED });
  });

  it('stops between two orders when the process drains', async () => {
    const { db } = await open();
    const draining = new AbortController();
    const synced: string[] = [];
    const { platform, deps } = scene(db, {
      signal: draining.signal,
      syncOrder: (_shop, id) => {
        synced.push(id);
        draining.abort();
        return Promise.resolve();
      },
    });
    listOrders(platform, ['o1', 'o2', 'o3']);
    expect((await reconcileShop(deps)).orders.complete).toBe(0);
    expect(synced).toEqual(['o1']);
    expect(await loadProgress(db, 's1', 'orders')).toBeNull();
  });

  it('does not overwrite the progress of another run', async () => {
    const { db } = await open();
    const first = { cursorAt: CONNECTED, pass: null, failed: {}, storedAt: null };
    const stored = await saveProgress(db, 's1', 'orders', first, NOON);
    expect(stored).toEqual({ ...first, storedAt: NOON });
    expect(await saveProgress(db, 's1', 'orders', first, NOON)).toBeNull();
    expect(await saveProgress(db, 's1', 'orders', { ...first, storedAt: CONNECTED }, NOON)).toBeNull();
    expect(await loadProgress(db, 's1', 'orders')).toEqual(stored);
  });

  it('gives every shop its turn when one fails', async () => {
    const { db } = await open();
    const { platform, deps, synced, clock } = scene(db);
    (platform as { changedOrders: ShopPlatform['changedOrders'] }).changedOrders = (shop) => {
      if (shop.shopId === 'dead') return Promise.reject(new ShopApiError('connect ECONNREFUSED', true));
      return Promise.resolve({ items: [order('o1', shop.shopId)], nextCursor: null });
    };
    const activeShops = () =>
      Promise.resolve(['dead', 's2', 's3'].map((shopId) => ({ shop: connectedShop(shopId), startAt: CONNECTED })));
    const figures = await reconcileShops({
      db,
      clock,
      log: silent,
      platformFor: () => platform,
      activeShops,
      syncOrder: deps.syncOrder,
      syncCustomer: deps.syncCustomer,
      signal: new AbortController().signal,
    });
    expect(figures).toEqual({ shops: 3, failedShops: 1, synced: 2, unchanged: 0, failed: 0 });
    expect(synced).toEqual(['o1', 'o1']);
  });
});
