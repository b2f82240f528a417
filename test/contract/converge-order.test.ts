import fc from 'fast-check';
import { ManualClock } from '../../sidecar/src/clock';
import type { OrderSnapshot, PaymentState } from '../../sidecar/src/domain/order-snapshot';
import { memberBalance, programmeTotals } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { placeHold } from '../../sidecar/src/operations/place-hold';
import { isCustomerCurrent, registerCustomer } from '../../sidecar/src/operations/register-customer';
import { expireLots } from '../../sidecar/src/operations/expire-lots';
import { expireHolds } from '../../sidecar/src/operations/release-hold';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const SHOP = 'shop-1';
const PLACED = '2026-03-01T10:00:00.000Z';

interface Rig {
  storage: Storage;
  clock: ManualClock;
  context: OperationContext;
}

async function rig(open: () => Promise<Storage>, document = programmeDocument()): Promise<Rig> {
  const storage = await open();
  const clock = new ManualClock(Date.parse(PLACED) + 1);
  const context = operationContext(storage, clock);
  await publish(context, document);
  return { storage, clock, context };
}

async function converge(context: OperationContext, snapshot: OrderSnapshot) {
  const before = (await findPosition(context.db, snapshot.shopId, snapshot.orderId)) ?? null;
  return convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before, messageIds: [] });
}

async function register(context: OperationContext, customerId: string): Promise<string> {
  return registerCustomer(context, {
    programmeId: PROGRAMME_ID,
    shopId: SHOP,
    customerId,
    emailHash: `hash-${customerId}`,
    customerGroup: null,
    registeredAt: '2026-01-01T00:00:00.000Z',
    mirrorMissing: false,
    emailVerified: false,
    messageIds: [],
  });
}

async function balance(rigged: Rig, memberId: string) {
  const found = await memberBalance(rigged.storage.db, memberId);
  if (!found) throw new Error('no member');
  const { pending, available, held, debt } = found;
  return { pending, available, held, debt };
}

const paid: Partial<OrderSnapshot> = { paymentState: 'paid', paidAt: PLACED };

describeEachStorage('an order', (open) => {
  it('earns pending points, that become available after payment and lock', async () => {
    const rigged = await rig(open);
    const memberId = await register(rigged.context, 'c1');
    expect(await converge(rigged.context, orderSnapshot())).toBe('changed');
    expect(await balance(rigged, memberId)).toEqual({ pending: 100, available: 0, held: 0, debt: 0 });
    await converge(rigged.context, orderSnapshot(paid));
    rigged.clock.advance(14 * 86_400_000 - 2);
    await releaseDuePoints(rigged.context, rigged.clock.now());
    expect(await balance(rigged, memberId)).toEqual({ pending: 100, available: 0, held: 0, debt: 0 });
    rigged.clock.advance(1);
    expect(await releaseDuePoints(rigged.context, rigged.clock.now())).toEqual({ released: 1 });
    expect(await balance(rigged, memberId)).toEqual({ pending: 0, available: 100, held: 0, debt: 0 });
    const lot = await rigged.storage.db.selectFrom('lot').select(['expires_at']).executeTakeFirstOrThrow();
    expect(lot.expires_at).toBe('2027-03-15T10:00:00.000Z');
    expect((await verifyBooks(rigged.storage.db)).ok).toBe(true);
  });

  it('posts nothing for a state it already has', async () => {
    const rigged = await rig(open);
    await converge(rigged.context, orderSnapshot(paid));
    const before = await rigged.storage.db.selectFrom('ledger_entry').selectAll().execute();
    expect(await converge(rigged.context, orderSnapshot(paid))).toBe('unchanged');
    expect(await rigged.storage.db.selectFrom('ledger_entry').selectAll().execute()).toEqual(before);
  });

  it('refuses a snapshot that was read before the last change', async () => {
    const rigged = await rig(open);
    await converge(rigged.context, orderSnapshot());
    const stale = await convergeOrder(rigged.context, {
      programmeId: PROGRAMME_ID,
      snapshot: orderSnapshot(paid),
      before: null,
      messageIds: [],
    });
    expect(stale).toBe('stale');
    expect((await findPosition(rigged.storage.db, SHOP, 'o1'))?.paid_at).toBeNull();
  });

  it('gives a guest’s points to the customer who proves the address, and to no other', async () => {
    const rigged = await rig(open);
    await converge(rigged.context, orderSnapshot({ ...paid, customerId: null, isGuest: true, emailHash: 'mine' }));
    const account = {
      programmeId: PROGRAMME_ID,
      shopId: SHOP,
      emailHash: 'mine',
      customerGroup: null,
      registeredAt: PLACED,
      mirrorMissing: false,
      messageIds: [],
    };
    const stranger = await registerCustomer(rigged.context, { ...account, customerId: 'c7', emailVerified: false });
    expect(await balance(rigged, stranger)).toMatchObject({ pending: 0 });
    const owner = await registerCustomer(rigged.context, { ...account, customerId: 'c8', emailVerified: true });
    expect(await balance(rigged, owner)).toMatchObject({ pending: 100 });
    const second = await registerCustomer(rigged.context, { ...account, customerId: 'c9', emailVerified: true });
    expect(second).not.toBe(owner);
    await converge(rigged.context, orderSnapshot({ ...paid, customerId: null, isGuest: true, emailHash: 'mine', orderId: 'o2' }));
    expect(await balance(rigged, owner)).toMatchObject({ pending: 200 });
    expect(await verifyBooks(rigged.storage.db)).toMatchObject({ ok: true });
  });

  it('writes a member anew whose mirror the shop has lost, once', async () => {
    const rigged = await rig(open);
    const input = {
      programmeId: PROGRAMME_ID,
      shopId: SHOP,
      customerId: 'c1',
      emailHash: 'hash-c1',
      customerGroup: null,
      registeredAt: '2026-01-01T00:00:00.000Z',
      emailVerified: false,
      messageIds: [],
    };
    const { db } = rigged.storage;
    const shown = () =>
      db.selectFrom('desired_state').selectAll().where('resource_type', '=', 'member').executeTakeFirstOrThrow();
    await registerCustomer(rigged.context, { ...input, mirrorMissing: true });
    const { desired_hash: hash } = await shown();
    await db
      .updateTable('desired_state')
      .set({ dirty: 0, acknowledged_hash: hash })
      .where('resource_type', '=', 'member')
      .execute();
    await registerCustomer(rigged.context, { ...input, mirrorMissing: false });
    expect(await shown()).toMatchObject({ dirty: 0 });
    expect(await isCustomerCurrent(rigged.context, { ...input, mirrorMissing: false })).toBe(true);
    expect(await isCustomerCurrent(rigged.context, { ...input, mirrorMissing: true })).toBe(false);
    await registerCustomer(rigged.context, { ...input, mirrorMissing: true });
    expect(await shown()).toMatchObject({ dirty: 1, desired_hash: hash });
  });

  it('lets one of many parallel deliveries of the same state post', async () => {
    const rigged = await rig(open);
    const memberId = await register(rigged.context, 'c1');
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        convergeOrder(rigged.context, { programmeId: PROGRAMME_ID, snapshot: orderSnapshot(), before: null, messageIds: [] }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'stale')).toHaveLength(11);
    expect(await balance(rigged, memberId)).toMatchObject({ pending: 100 });
  });

  it('claws back by unit, to the point, and into debt when the points are spent', async () => {
    const rigged = await rig(
      open,
      programmeDocument({ accrual: { ...(programmeDocument()['accrual'] as object), lockDays: 0 } }),
    );
    const memberId = await register(rigged.context, 'c1');
    await converge(rigged.context, orderSnapshot(paid));
    expect(await balance(rigged, memberId)).toMatchObject({ available: 100 });
    await converge(rigged.context, orderSnapshot({ ...paid, lines: [orderLine({ refundedMilli: 1000 })] }));
    expect(await balance(rigged, memberId)).toMatchObject({ available: 67, debt: 0 });
    const hold = await placeHold(rigged.context, {
      programmeId: PROGRAMME_ID,
      shopId: SHOP,
      customerId: 'c1',
      cartRef: 'cart',
      points: 50,
      currency: 'EUR',
      goodsMinor: 10_000,
      idempotencyKey: 'k1',
    });
    if (!hold.ok) throw new Error(hold.code);
    const second = orderSnapshot({
      orderId: 'o2',
      redemption: { points: 50, holdId: hold.value.holdId },
      lines: [orderLine({ grossMinor: 50 })],
    });
    await converge(rigged.context, second);
    expect(await balance(rigged, memberId)).toMatchObject({ available: 17, held: 0 });
    await converge(rigged.context, orderSnapshot({ ...paid, paymentState: 'refunded' }));
    expect(await balance(rigged, memberId)).toMatchObject({ available: 0, debt: 50 });
    await converge(rigged.context, { ...second, orderState: 'cancelled' });
    expect(await balance(rigged, memberId)).toEqual({ pending: 0, available: 0, held: 0, debt: 0 });
    expect((await verifyBooks(rigged.storage.db)).ok).toBe(true);
  });

  it('returns redeemed points to the lots they came from', async () => {
    const rigged = await rig(open);
    const memberId = await register(rigged.context, 'c1');
    const adjust = (points: number, key: string) =>
      adjustPoints(rigged.context, { programmeId: PROGRAMME_ID, memberId, points, reason: 'r', actor: 'a', idempotencyKey: key });
    await adjust(40, 'first');
    rigged.clock.advance(86_400_000);
    await adjust(60, 'second');
    await adjust(60, 'second');
    const lots = () =>
      rigged.storage.db
        .selectFrom('lot')
        .select(['lot_id', 'available', 'expires_at'])
        .where('lot_id', 'like', 'adjustment%')
        .orderBy('expires_at')
        .execute();
    const before = await lots();
    expect(before.map((lot) => lot.available)).toEqual([40, 60]);
    const spending = orderSnapshot({
      placedAt: rigged.clock.now(),
      redemption: { points: 70, holdId: null },
      lines: [orderLine({ pointsDiscountGrossMinor: 70, pointsDiscountNetMinor: 59 })],
    });
    await converge(rigged.context, spending);
    expect((await lots()).map((lot) => lot.available)).toEqual([0, 30]);
    await converge(rigged.context, { ...spending, lines: [{ ...spending.lines[0]!, refundedMilli: 1000 }] });
    const afterOne = (await lots()).map((lot) => lot.available);
    expect(afterOne[0]! + afterOne[1]!).toBe(30 + 23);
    await converge(rigged.context, { ...spending, orderState: 'cancelled' });
    expect(await lots()).toEqual(before);
  });

  it('lapses holds and lots at their time', async () => {
    const rigged = await rig(open, programmeDocument({ expireAfterDays: 10 }));
    const memberId = await register(rigged.context, 'c1');
    await adjustPoints(rigged.context, {
      programmeId: PROGRAMME_ID,
      memberId,
      points: 30,
      reason: 'r',
      actor: 'a',
      idempotencyKey: 'k',
    });
    const input = {
      programmeId: PROGRAMME_ID,
      shopId: SHOP,
      customerId: 'c1',
      cartRef: 'cart',
      points: 30,
      currency: 'EUR',
      goodsMinor: 10_000,
      idempotencyKey: 'h',
    };
    const hold = await placeHold(rigged.context, input);
    expect(await placeHold(rigged.context, input)).toMatchObject({
      ok: true,
      value: { holdId: hold.ok ? hold.value.holdId : '' },
    });
    expect(await placeHold(rigged.context, { ...input, points: 20 })).toMatchObject({ ok: false, code: 'idempotency_mismatch' });
    expect(await placeHold(rigged.context, { ...input, idempotencyKey: 'h2' })).toMatchObject({ ok: false });
    rigged.clock.advance(2 * 86_400_000);
    expect(await expireHolds(rigged.context, rigged.clock.now())).toEqual({ expired: 1 });
    expect(await balance(rigged, memberId)).toMatchObject({ available: 30, held: 0 });
    rigged.clock.advance(8 * 86_400_000);
    expect(await expireLots(rigged.context, rigged.clock.now())).toEqual({ lots: 1, points: 30 });
    expect(await expireLots(rigged.context, rigged.clock.now())).toEqual({ lots: 0, points: 0 });
    expect(await programmeTotals(rigged.storage.db, PROGRAMME_ID)).toMatchObject({ expired: 30, available: 0 });
    expect((await verifyBooks(rigged.storage.db)).ok).toBe(true);
  });

  it('ends in the books of its last snapshot, whatever came before', async () => {
    const rigged = await rig(
      open,
      programmeDocument({ accrual: { ...(programmeDocument()['accrual'] as object), lockDays: 0 } }),
    );
    let customers = 0;
    const booksAfter = async (snapshots: readonly OrderSnapshot[]) => {
      customers += 1;
      const customerId = `c-${customers}`;
      const memberId = await register(rigged.context, customerId);
      const seed = { programmeId: PROGRAMME_ID, memberId, points: 120, reason: 'r', actor: 'a', idempotencyKey: customerId };
      await adjustPoints(rigged.context, seed);
      for (const snapshot of snapshots) {
        await converge(rigged.context, { ...snapshot, customerId, orderId: `o-${customers}`, emailHash: `hash-${customerId}` });
      }
      const sums = await rigged.storage.db
        .selectFrom('ledger_posting')
        .select((eb) => ['account', eb.fn.sum('points').as('points')])
        .where('member_id', '=', memberId)
        .groupBy('account')
        .execute();
      const accounts: Record<string, number> = Object.fromEntries(
        sums.map((row): [string, number] => [row.account, Number(row.points)]).filter(([, points]) => points !== 0),
      );
      return { accounts, balance: await balance(rigged, memberId) };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(snapshots, { minLength: 1, maxLength: 6 }), async (sequence) => {
        const all = await booksAfter(sequence);
        const last = await booksAfter(sequence.slice(-1));
        expect(all).toEqual(last);
        expect(all.balance.available).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 25 },
    );
    expect(await verifyBooks(rigged.storage.db)).toMatchObject({ ok: true });
  });
});

/** Arbitrary states one order may be seen in. */
const snapshots: fc.Arbitrary<OrderSnapshot> = fc
  .record({
    payment: fc.constantFrom<PaymentState>('open', 'paid', 'partially_refunded', 'refunded', 'cancelled'),
    orderState: fc.constantFrom<OrderSnapshot['orderState']>('open', 'completed', 'cancelled'),
    redeemed: fc.integer({ min: 0, max: 300 }),
    quantities: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat({ max: 5 }), fc.integer({ min: 0, max: 30_000 })), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ payment, orderState, redeemed, quantities }) =>
    orderSnapshot({
      paymentState: payment,
      paidAt: payment === 'open' || payment === 'cancelled' ? null : PLACED,
      orderState,
      redemption: redeemed === 0 ? null : { points: redeemed, holdId: null },
      lines: quantities.map(([ordered, refunded, grossMinor], index) =>
        orderLine({
          lineId: `l${index}`,
          quantityMilli: ordered * 1000,
          refundedMilli: Math.min(ordered, refunded) * 1000,
          grossMinor,
          netMinor: Math.round(grossMinor / 1.19),
        }),
      ),
    }),
  );
