/** Persons who are forgotten: nothing names them any more, and the books prove as before. */
import { ManualClock } from '../../sidecar/src/clock';
import { memberBalance, programmeTotals } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { forgetCustomer } from '../../sidecar/src/operations/forget-customer';
import { mergeMembers } from '../../sidecar/src/operations/merge-members';
import { placeHold } from '../../sidecar/src/operations/place-hold';
import { isCustomerCurrent, registerCustomer } from '../../sidecar/src/operations/register-customer';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import { PersonErased } from '../../sidecar/src/storage/transaction';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { purgeGone } from '../../sidecar/src/stores/desired-state-store';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { places } from '../support/places';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const START = '2026-03-01T10:00:00.000Z';
const PERSON = ['customer-ann-1', 'customer-ann-2', 'hash-of-ann', 'group-of-ann', 'cart-of-ann'];
const REFERRAL = {
  codePrefix: 'T',
  friendDiscount: { percentOff: 10 },
  friendMinimum: { EUR: 1 },
  referrerReward: { points: 5 },
  returnWindowDays: 1,
};

async function openScene(open: () => Promise<Storage>, change: Record<string, unknown> = {}) {
  const clock = new ManualClock(Date.parse(START));
  const context: OperationContext = operationContext(await open(), clock);
  const document = { accrual: { lockDays: 10 }, referral: REFERRAL, welcome: { points: 7 }, ...change };
  await publish(context, programmeDocument(document));
  const customer = (shopId: string, customerId: string) => ({
    programmeId: PROGRAMME_ID,
    shopId,
    customerId,
    emailHash: 'hash-of-ann',
    customerGroup: 'group-of-ann',
    registeredAt: clock.now(),
    mirrorMissing: false,
    emailVerified: true,
  });
  const register = (shopId: string, customerId: string) =>
    registerCustomer(context, { ...customer(shopId, customerId), messageIds: [] });
  const order = async (shopId: string, customerId: string, orderId: string) => {
    const who = { customerId, emailHash: 'hash-of-ann', customerGroup: 'group-of-ann' };
    const paid = { placedAt: clock.now(), paidAt: clock.now(), paymentState: 'paid' as const };
    const snapshot = orderSnapshot({ shopId, orderId, ...who, ...paid });
    const before = (await findPosition(context.db, shopId, orderId)) ?? null;
    return convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before, messageIds: [] });
  };
  const give = (memberId: string, points: number) =>
    adjustPoints(context, {
      programmeId: PROGRAMME_ID,
      memberId,
      points,
      reason: 'for group-of-ann',
      actor: 'test',
      idempotencyKey: `give-${points}-${memberId}`,
    });
  const erase = (memberId: string, idempotencyKey = 'ticket-0001') =>
    eraseMember(context, { memberId, reason: 'asked', actor: 'staff', idempotencyKey });
  const pushed = async () => {
    await context.db.updateTable('desired_state').set({ dirty: 0 }).execute();
    clock.advance(2 * 86_400_000);
    await purgeGone(context.db, clock.now(), ['member', 'friend-code', 'voucher']);
  };
  return { clock, context, customer, register, order, give, erase, pushed };
}

describeEachStorage('whoever is erased', (open) => {
  it('is named nowhere, has nothing, and the books prove', async () => {
    const { context, register, order, give, erase, pushed } = await openScene(open);
    const { db } = context;
    const memberId = await register('shop-1', 'customer-ann-1');
    const other = await register('shop-2', 'customer-ann-2');
    await order('shop-2', 'customer-ann-2', 'o2');
    const merge = { reason: 'same', actor: 'staff', idempotencyKey: 'merge-0001' };
    expect(await mergeMembers(context, { memberId, absorb: other, ...merge })).toMatchObject({ ok: true });
    await order('shop-1', 'customer-ann-1', 'o1');
    await give(memberId, 100);
    const cart = { currency: 'EUR', goodsMinor: 10_000, cartRef: 'cart-of-ann', idempotencyKey: 'cart-1' };
    const hold = { programmeId: PROGRAMME_ID, shopId: 'shop-1', customerId: 'customer-ann-1', points: 40 };
    expect(await placeHold(context, { ...hold, ...cart })).toMatchObject({ ok: true });
    await db
      .insertInto('inbox_message')
      .values({
        message_id: 'm1',
        shop_id: 'shop-1',
        event_id: 'e1',
        topic: 'customer',
        resource_key: 'customer:customer-ann-1',
        body: '{"id":"customer-ann-1"}',
        received_at: START,
        status: 'done',
        attempts: 1,
        next_attempt_at: START,
      })
      .execute();
    expect(await erase(other)).toEqual({ ok: true, value: { memberId, erased: true } });
    expect(await memberBalance(db, memberId)).toMatchObject({ pending: 0, available: 0, held: 0, debt: 0 });
    expect(await verifyBooks(db)).toMatchObject({ ok: true });
    expect((await programmeTotals(db, PROGRAMME_ID)).transferred).toBe(0);
    await pushed();
    expect(await places(db, PERSON)).toEqual([]);
    expect(await db.selectFrom('referral_code').selectAll().execute()).toEqual([]);
    expect(await erase(memberId)).toEqual({ ok: true, value: { memberId, erased: false } });
    expect(await erase(memberId, 'ticket-0002')).toEqual({ ok: true, value: { memberId, erased: false } });
    const next = await register('shop-1', 'customer-ann-9');
    expect(await erase(next)).toMatchObject({ ok: false, code: 'idempotency_mismatch' });
  });

  it('owes nothing any more', async () => {
    const { context, register, erase } = await openScene(open);
    const memberId = await register('shop-1', 'customer-ann-1');
    const spent = orderSnapshot({
      customerId: 'customer-ann-1',
      placedAt: START,
      paidAt: START,
      paymentState: 'paid',
      lines: [],
      redemption: { points: 50, holdId: null },
    });
    await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot: spent, before: null, messageIds: [] });
    expect((await memberBalance(context.db, memberId))?.debt).toBeGreaterThan(0);
    await erase(memberId);
    expect(await memberBalance(context.db, memberId)).toMatchObject({ debt: 0 });
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('does not come back by a late word of the shop, but by registering anew', async () => {
    const { clock, context, customer, register, order, give, erase, pushed } = await openScene(open);
    const memberId = await register('shop-1', 'customer-ann-1');
    await order('shop-1', 'customer-ann-1', 'o1');
    await erase(memberId);
    await pushed();
    await expect(register('shop-1', 'customer-ann-1')).rejects.toThrow(PersonErased);
    await expect(order('shop-1', 'customer-ann-1', 'o1')).rejects.toThrow(PersonErased);
    await expect(order('shop-1', 'customer-ann-1', 'o-late')).rejects.toThrow(PersonErased);
    await expect(give(memberId, 10)).rejects.toThrow(PersonErased);
    expect(await isCustomerCurrent(context, customer('shop-1', 'customer-ann-1'))).toBe(true);
    clock.advance(30 * 86_400_000);
    await releaseDuePoints(context, clock.now());
    expect(await places(context.db, PERSON)).toEqual([]);
    const anew = await register('shop-1', 'customer-new');
    expect(anew).not.toBe(memberId);
    expect(await memberBalance(context.db, anew)).toMatchObject({ available: 7 });
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('is so once, whatever happens at the same time', async () => {
    const { context, register, give, erase } = await openScene(open);
    const memberId = await register('shop-1', 'customer-ann-1');
    const results = await Promise.all([
      erase(memberId, 'ticket-0001'),
      erase(memberId, 'ticket-0002'),
      give(memberId, 5).catch((error: unknown) => error),
      give(memberId, 6).catch((error: unknown) => error),
    ]);
    const erased = results.slice(0, 2).map((result) => (result as { value: { erased: boolean } }).value.erased);
    expect(erased.filter(Boolean)).toHaveLength(1);
    expect(await memberBalance(context.db, memberId)).toMatchObject({ available: 0, pending: 0 });
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });
});

describeEachStorage('a customer that a shop deletes', (open) => {
  it('is erased with the last account where the programme says so, and else stays', async () => {
    const { context, register, give, pushed } = await openScene(open, { privacy: { eraseOnCustomerDeletion: true } });
    const memberId = await register('shop-1', 'customer-ann-1');
    const merge = { reason: 'same', actor: 'staff', idempotencyKey: 'merge-0001' };
    await mergeMembers(context, { memberId, absorb: await register('shop-2', 'customer-ann-2'), ...merge });
    await give(memberId, 100);
    await forgetCustomer(context, { shopId: 'shop-1', customerId: 'customer-ann-1', messageIds: [] });
    expect((await memberBalance(context.db, memberId))?.available).toBeGreaterThan(99);
    await forgetCustomer(context, { shopId: 'shop-2', customerId: 'customer-ann-2', messageIds: [] });
    expect(await memberBalance(context.db, memberId)).toMatchObject({ available: 0 });
    await pushed();
    expect(await places(context.db, PERSON)).toEqual([]);
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
    const plain = await openScene(open);
    const stays = await plain.register('shop-1', 'customer-ann-1');
    await plain.give(stays, 100);
    await forgetCustomer(plain.context, { shopId: 'shop-1', customerId: 'customer-ann-1', messageIds: [] });
    expect((await memberBalance(plain.context.db, stays))?.available).toBeGreaterThan(99);
  });
});
