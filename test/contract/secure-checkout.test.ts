import { ManualClock } from '../../sidecar/src/clock';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import type { CheckoutDenial } from '../../sidecar/src/platform/platform';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { secureCheckout, type CheckoutWish } from '../../sidecar/src/sync/secure-checkout';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const SHOP = 'shop-1';
const NOW = '2026-03-01T10:00:00.000Z';

interface Scene {
  readonly context: OperationContext;
  readonly clock: ManualClock;
  readonly memberId: string;
  /** What the shop answers when asked for the order of an intent. */
  shop: () => Promise<string | null>;
  readonly unknownOrders: string[];
  place(change?: Partial<CheckoutWish>): Promise<CheckoutDenial | null>;
  balance(): Promise<{ available: number; held: number; debt: number }>;
}

async function scene(open: () => Promise<Storage>, points = 100): Promise<Scene> {
  const storage = await open();
  const clock = new ManualClock(Date.parse(NOW));
  const context = operationContext(storage, clock);
  await publish(context, programmeDocument());
  const memberId = await registerCustomer(context, {
    programmeId: PROGRAMME_ID,
    shopId: SHOP,
    customerId: 'c1',
    emailHash: 'e1',
    customerGroup: null,
    registeredAt: NOW,
    mirrorMissing: false,
    emailVerified: false,
    messageIds: [],
  });
  const seed = { programmeId: PROGRAMME_ID, memberId, points, reason: 'welcome', actor: 'staff', idempotencyKey: 'seed' };
  await adjustPoints(context, seed);
  const unknownOrders: string[] = [];
  const rigged: Scene = {
    context,
    clock,
    memberId,
    shop: () => Promise.resolve(null),
    unknownOrders,
    place: (change = {}) =>
      secureCheckout(
        { context, orderOfIntent: () => rigged.shop(), onUnknownOrder: (orderId) => void unknownOrders.push(orderId) },
        {
          programmeId: PROGRAMME_ID,
          shopId: SHOP,
          customerId: 'c1',
          intent: 'wish-1',
          points: 60,
          valueMinor: 60,
          currency: 'EUR',
          isPlacement: true,
          ...change,
        },
      ),
    balance: async () => {
      const found = await memberBalance(context.db, memberId);
      if (!found) throw new Error('no member');
      return { available: found.available, held: found.held, debt: found.debt };
    },
  };
  return rigged;
}

function orderWith(intent: string, points: number, orderId = 'o1'): OrderSnapshot {
  return orderSnapshot({ orderId, orderNumber: orderId, lines: [], redemption: { points, holdId: intent } });
}

function converge(context: OperationContext, snapshot: OrderSnapshot) {
  return convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before: null, messageIds: [] });
}

describeEachStorage('a checkout with points', (open) => {
  it('reserves them when the order is placed, and the order takes exactly these', async () => {
    const { context, place, balance } = await scene(open);
    expect(await place({ isPlacement: false })).toBeNull();
    expect(await balance()).toEqual({ available: 100, held: 0, debt: 0 });
    expect(await place()).toBeNull();
    expect(await balance()).toEqual({ available: 40, held: 60, debt: 0 });
    await converge(context, orderWith('wish-1', 60));
    expect(await balance()).toEqual({ available: 40, held: 0, debt: 0 });
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('uses a wish up with its order', async () => {
    const { context, place } = await scene(open, 200);
    await place();
    await converge(context, orderWith('wish-1', 60));
    expect(await place()).toBe('points_already_used');
    expect(await place({ isPlacement: false })).toBe('points_already_used');
    expect(await place({ intent: 'wish-2' })).toBeNull();
  });

  it('finds its hold again when the first attempt came to nothing, also with other points', async () => {
    const { place, balance } = await scene(open);
    await place();
    expect(await place()).toBeNull();
    expect(await balance()).toEqual({ available: 40, held: 60, debt: 0 });
    expect(await place({ points: 90, valueMinor: 90 })).toBeNull();
    expect(await balance()).toEqual({ available: 10, held: 90, debt: 0 });
    expect(await place()).toBe('set_points_again');
  });

  it('refuses when the shop already has an order of the wish that the books have not heard of', async () => {
    const rigged = await scene(open);
    await rigged.place();
    rigged.shop = () => Promise.resolve('o9');
    expect(await rigged.place()).toBe('points_already_used');
    expect(rigged.unknownOrders).toEqual(['o9']);
  });

  it('asks for patience while the shop cannot say, and takes an old attempt for failed', async () => {
    const rigged = await scene(open);
    await rigged.place();
    rigged.shop = () => Promise.reject(new Error('too slow'));
    expect(await rigged.place()).toBe('points_being_checked');
    rigged.clock.advance(121_000);
    expect(await rigged.place()).toBeNull();
  });

  it('refuses the second of two carts that spend the same points', async () => {
    const { context, place, balance } = await scene(open);
    const outcomes = await Promise.all(['a', 'b'].map((intent) => place({ intent })));
    expect(outcomes.sort()).toEqual(['insufficient_points', null]);
    expect(await balance()).toEqual({ available: 40, held: 60, debt: 0 });
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it.each<[string, Partial<CheckoutWish>, CheckoutDenial]>([
    ['a guest', { customerId: null }, 'log_in'],
    ['a stranger', { customerId: 'nobody' }, 'insufficient_points'],
    ['no intent', { intent: '' }, 'set_points_again'],
    ['points that are no number', { points: Number.NaN }, 'set_points_again'],
    ['negative points', { points: -5 }, 'set_points_again'],
    ['more points than there are', { points: 101 }, 'insufficient_points'],
    ['more points than there are, on the page before', { points: 101, isPlacement: false }, 'insufficient_points'],
  ])('refuses %s and reserves nothing', async (_name, change, denial) => {
    const { place, balance } = await scene(open);
    expect(await place(change)).toBe(denial);
    expect(await balance()).toEqual({ available: 100, held: 0, debt: 0 });
  });

  it('keeps wishes apart whose names begin alike, and members too', async () => {
    const { context, place } = await scene(open, 200);
    await place({ intent: 'wish-1' });
    expect(await place({ intent: 'wish' })).toBeNull();
    await registerCustomer(context, {
      programmeId: PROGRAMME_ID,
      shopId: SHOP,
      customerId: 'c2',
      emailHash: 'e2',
      customerGroup: null,
      registeredAt: NOW,
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
    expect(await place({ customerId: 'c2', intent: 'wish-1' })).toBe('points_already_used');
  });

  it('tells the shop which wish was used up and what is held', async () => {
    const { context, place } = await scene(open);
    const mirror = async () => {
      const row = await context.db
        .selectFrom('desired_state')
        .select('desired')
        .where('resource_type', '=', 'member')
        .executeTakeFirstOrThrow();
      return JSON.parse(row.desired) as Record<string, unknown>;
    };
    await place();
    expect(await mirror()).toMatchObject({ availablePoints: 40, heldPoints: 60, spentIntent: null });
    await converge(context, orderWith('wish-1', 60));
    expect(await mirror()).toMatchObject({ availablePoints: 40, heldPoints: 0, spentIntent: 'wish-1' });
  });
});
