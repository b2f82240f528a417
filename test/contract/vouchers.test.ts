import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import { exportMember } from '../../sidecar/src/operations/export-member';
import { grantNextPurchases } from '../../sidecar/src/operations/grant-next-purchase';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { expireVouchers, remindOfVouchers } from '../../sidecar/src/operations/review-vouchers';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findMember } from '../../sidecar/src/stores/member-store';
import { findPosition } from '../../sidecar/src/stores/position-store';
import type { Voucher } from '../../sidecar/src/stores/voucher-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const END = '2026-03-31T23:59:59.999Z';
const rule = {
  code: 'back',
  voucher: { amountOff: { EUR: 5 }, minimumOrder: { EUR: 20 }, validDays: 30 },
  minimumOrder: { EUR: 50 },
  reminderDays: 7,
};
const CANCELLED = { orderState: 'cancelled' as const, paymentState: 'cancelled' as const };

interface Scene extends Books {
  grant(): Promise<unknown>;
  vouchers(): Promise<Voucher[]>;
  told(): Promise<unknown[]>;
  /** Codes that the shop should take. */
  codes(): Promise<string[]>;
}

async function scene(open: () => Promise<Storage>, change: object = {}): Promise<Scene> {
  const books = await openBooks(await open(), NOW, { messages: {}, nextPurchase: [{ ...rule, ...change }] });
  const { db } = books.context;
  const desired = (type: string) =>
    db
      .selectFrom('desired_state')
      .select(['resource_id', 'desired'])
      .where('resource_type', '=', type)
      .orderBy('resource_id')
      .execute();
  return {
    ...books,
    grant: () => grantNextPurchases(books.context, books.clock.now()),
    vouchers: () => db.selectFrom('voucher').selectAll().orderBy('voucher_id').execute(),
    told: async () => (await desired('notice')).map((row) => JSON.parse(row.desired) as unknown),
    codes: async () => (await desired('voucher')).filter((row) => row.desired !== 'null').map((row) => row.resource_id),
  };
}

async function onlyVoucher({ vouchers }: Scene): Promise<Voucher> {
  const [voucher, ...others] = await vouchers();
  if (!voucher || others.length > 0) throw new Error(`there are ${others.length + (voucher ? 1 : 0)} vouchers`);
  return voucher;
}

describeEachStorage('a voucher for the next purchase', (open) => {
  it('is granted once for an order that was paid, told, and shown to its owner', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    expect(await books.grant()).toEqual({ granted: 1, refused: 0 });
    expect(await books.grant()).toEqual({ granted: 0, refused: 0 });
    const voucher = await onlyVoucher(books);
    expect(voucher).toMatchObject({
      value_minor: 500,
      minimum_minor: 2000,
      status: 'active',
      origin: 'next-purchase',
      expires_at: END,
    });
    expect(await books.codes()).toEqual([voucher.code]);
    expect((await books.mirror()).vouchers).toEqual([
      { code: voucher.code, valueMinor: 500, percentBps: null, currency: 'EUR', minimumMinor: 2000, expiresAt: END },
    ]);
    expect((await books.told()).filter((one) => (one as { kind: string }).kind !== 'welcome')).toMatchObject([
      {
        kind: 'voucher_granted',
        figures: { code: voucher.code, valueMinor: 500, currency: 'EUR', minimumMinor: 2000, expiresAt: END },
      },
    ]);
    expect(await books.latestReasons('next_purchase')).toMatchObject([{ code: 'next_purchase', applied: true }]);
  });

  it('waits for payment and the release days, and for goods that are kept', async () => {
    const books = await scene(open, { releaseDays: 14 });
    await books.buy('unpaid', NOW, 60, { paidAt: null, paymentState: 'open' });
    await books.buy('paid', NOW, 60);
    await books.buy('returned', NOW, 60);
    const line = orderLine({ quantityMilli: 60_000, refundedMilli: 20_000, grossMinor: 6000, netMinor: 5040 });
    await books.buy('returned', NOW, 60, { lines: [line], paymentState: 'partially_refunded' });
    await books.moveTo('2026-03-15T09:59:59.000Z');
    expect(await books.grant()).toEqual({ granted: 0, refused: 0 });
    await books.moveTo('2026-03-15T10:00:00.000Z');
    expect(await books.grant()).toEqual({ granted: 1, refused: 1 });
    expect(await books.latestReasons('next_purchase')).toMatchObject([
      { code: 'next_purchase_below_minimum', figures: { goodsMinor: 4000, minimumMinor: 5000 } },
    ]);
  });

  it('keeps to its limit a member also when two runs come at once', async () => {
    const books = await scene(open, { limitPerMember: 2 });
    for (const id of ['o1', 'o2', 'o3', 'o4']) await books.buy(id, NOW, 60);
    const runs = (await Promise.all([books.grant(), books.grant()])) as { granted: number; refused: number }[];
    expect(runs.reduce((sum, run) => sum + run.granted, 0)).toBe(2);
    expect(runs.reduce((sum, run) => sum + run.refused, 0)).toBe(2);
    expect(await books.vouchers()).toHaveLength(2);
  });

  it('goes with its order, and comes again should the order come back', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.grant();
    await books.buy('o1', NOW, 60, CANCELLED);
    expect(await onlyVoucher(books)).toMatchObject({ status: 'revoked' });
    expect(await books.codes()).toEqual([]);
    expect((await books.mirror()).vouchers).toEqual([]);
    await books.buy('o1', NOW, 60);
    expect(await books.grant()).toEqual({ granted: 1, refused: 0 });
    expect((await books.vouchers()).map(({ status }) => status)).toEqual(['revoked', 'active']);
  });

  it('is used by the order that carries it, which may earn the next one', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.grant();
    const { code } = await onlyVoucher(books);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 60, { voucherCodes: [code] });
    expect(await onlyVoucher(books)).toMatchObject({ status: 'used', used_shop_id: 'shop-1', used_order_id: 'o2' });
    expect((await books.mirror()).vouchers).toEqual([]);
    await books.buy('o1', NOW, 60, CANCELLED);
    expect(await onlyVoucher(books)).toMatchObject({ status: 'used' });
    expect(await books.grant()).toEqual({ granted: 1, refused: 0 });
  });

  it('comes back from an order that was cancelled, with a code that nobody used', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.grant();
    const { code } = await onlyVoucher(books);
    const small = { voucherCodes: [code], paidAt: null, paymentState: 'open' as const };
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 10, small);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 10, { ...small, ...CANCELLED });
    const back = await onlyVoucher(books);
    expect(back).toMatchObject({ status: 'active', used_order_id: null });
    expect(back.code).not.toBe(code);
    expect(await books.codes()).toEqual([back.code]);
    expect((await books.mirror()).vouchers).toMatchObject([{ code: back.code }]);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 10, small);
    expect(await onlyVoucher(books)).toMatchObject({ status: 'used', used_order_id: 'o2' });
    expect(await books.codes()).toEqual([]);
  });

  it('does not come back after its end, nor when its own order is gone', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.grant();
    const { code } = await onlyVoucher(books);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 10, { voucherCodes: [code] });
    await books.buy('o1', NOW, 60, CANCELLED);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 10, { voucherCodes: [code], ...CANCELLED });
    expect(await onlyVoucher(books)).toMatchObject({ status: 'revoked' });

    await books.buy('o3', '2026-03-03T10:00:00.000Z', 60);
    await books.grant();
    const second = (await books.vouchers()).find(({ status }) => status === 'active');
    const carrying = { voucherCodes: [second?.code ?? ''] };
    await books.buy('o4', '2026-03-04T10:00:00.000Z', 10, carrying);
    await books.moveTo('2026-05-01T00:00:00.000Z');
    await books.buy('o4', '2026-03-04T10:00:00.000Z', 10, { ...carrying, ...CANCELLED });
    expect((await books.vouchers()).map(({ status }) => status).sort()).toEqual(['expired', 'revoked']);
    expect(await books.codes()).toEqual([]);
  });

  it('is used by whoever has the code, and leaves the page of its owner', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.grant();
    const { code } = await onlyVoucher(books);
    await books.buy('o2', '2026-03-02T10:00:00.000Z', 10, { customerId: 'c2', emailHash: 'e2', voucherCodes: [code] });
    expect(await onlyVoucher(books)).toMatchObject({ status: 'used', member_id: books.memberId });
    const { desired } = await books.context.db
      .selectFrom('desired_state')
      .select('desired')
      .where('resource_type', '=', 'member')
      .where('resource_id', '=', 'c1')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(desired)).toMatchObject({ vouchers: [] });
  });

  it('belongs to one order also when two carry its code at once', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.grant();
    const { code } = await onlyVoucher(books);
    const order = (customerId: string) => {
      const snapshot = orderSnapshot({ orderId: `by-${customerId}`, customerId, emailHash: customerId, voucherCodes: [code] });
      return convergeOrder(books.context, { programmeId: PROGRAMME_ID, snapshot, before: null, messageIds: [] });
    };
    await Promise.all(['c1', 'c2', 'c3', 'c4'].map(order));
    const used = await onlyVoucher(books);
    expect(used.status).toBe('used');
    const decisions = await books.context.db.selectFrom('decision').select('reasons').where('kind', '=', 'voucher').execute();
    const codes = decisions.flatMap(({ reasons }) => (JSON.parse(reasons) as { code: string }[]).map((one) => one.code)).sort();
    expect(codes).toEqual(['voucher_used', 'voucher_used_before', 'voucher_used_before', 'voucher_used_before']);
  });

  it('is remembered once, unless it was used', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.buy('o2', NOW, 60);
    await books.grant();
    const [first, second] = await books.vouchers();
    await books.buy('o3', '2026-03-02T10:00:00.000Z', 10, { voucherCodes: [second?.code ?? ''] });
    const remind = () => remindOfVouchers(books.context, books.clock.now());
    expect(await remind()).toEqual({ reminded: 0 });
    await books.moveTo('2026-03-25T00:00:00.000Z');
    const runs = await Promise.all([remind(), remind()]);
    expect(runs.reduce((sum, run) => sum + run.reminded, 0)).toBe(1);
    expect(await remind()).toEqual({ reminded: 0 });
    const reminders = (await books.told()).filter((one) => (one as { kind: string }).kind === 'voucher_expiring');
    expect(reminders).toMatchObject([{ figures: { code: first?.code } }]);
  });

  it('is remembered at each of the programme’s days where its rule names none', async () => {
    const books = await scene(open, { reminderDays: null });
    await books.buy('o1', NOW, 60);
    await books.grant();
    const remind = () => remindOfVouchers(books.context, books.clock.now());
    await books.moveTo('2026-03-25T00:00:00.000Z');
    expect([await remind(), await remind()]).toEqual([{ reminded: 1 }, { reminded: 0 }]);
    await books.moveTo('2026-03-31T00:00:00.000Z');
    expect(await remind()).toEqual({ reminded: 0 });
  });

  it('ends after its last day, and its code leaves the shop, used or not', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.buy('o2', NOW, 60);
    await books.grant();
    const [, second] = await books.vouchers();
    await books.buy('o3', '2026-03-02T10:00:00.000Z', 10, { voucherCodes: [second?.code ?? ''] });
    const expire = () => expireVouchers(books.context, books.clock.now());
    await books.moveTo('2026-03-31T23:00:00.000Z');
    expect(await expire()).toEqual({ expired: 0, removed: 0 });
    await books.moveTo('2026-04-01T00:00:00.000Z');
    const runs = await Promise.all([expire(), expire()]);
    expect(runs.reduce((sum, run) => sum + run.expired, 0)).toBe(1);
    expect(runs.reduce((sum, run) => sum + run.removed, 0)).toBe(2);
    expect((await books.vouchers()).map(({ status }) => status)).toEqual(['expired', 'used']);
    expect(await books.codes()).toEqual([]);
    expect((await books.mirror()).vouchers).toEqual([]);
    expect(await remindOfVouchers(books.context, books.clock.now())).toEqual({ reminded: 0 });
  });

  it('is nothing for guests, who have no account to show it in', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60, { customerId: null, isGuest: true, emailHash: 'guest' });
    expect(await books.grant()).toEqual({ granted: 0, refused: 1 });
    expect(await books.latestReasons('next_purchase')).toMatchObject([{ code: 'next_purchase_without_account', applied: false }]);
    expect((await findPosition(books.context.db, 'shop-1', 'o1'))?.member_id).not.toBe(books.memberId);
  });

  it('is part of what is handed out about a person', async () => {
    const books = await scene(open);
    await books.buy('o1', NOW, 60);
    await books.grant();
    const parts = new Map<string, number>();
    for await (const part of exportMember(books.context.db, await findMember(books.context.db, books.memberId))) {
      parts.set(part.name, part.rows.length);
    }
    expect([parts.get('vouchers'), parts.get('nextPurchases')]).toEqual([1, 1]);
  });
});

describeEachStorage('a voucher as a welcome', (open) => {
  it('is given once, with points or without', async () => {
    const voucher = { percentOff: 10, validDays: 60 };
    const books = await openBooks(await open(), NOW, { welcome: { points: 50, voucher } });
    const { db } = books.context;
    expect(await books.available()).toBe(50);
    const again = () =>
      registerCustomer(books.context, {
        programmeId: PROGRAMME_ID,
        shopId: 'shop-1',
        customerId: 'c1',
        emailHash: 'e1-changed',
        customerGroup: null,
        registeredAt: '2026-01-01T00:00:00.000Z',
        mirrorMissing: false,
        emailVerified: true,
        messageIds: [],
      });
    await again();
    const vouchers = await db.selectFrom('voucher').selectAll().execute();
    expect(vouchers).toMatchObject([{ percent_bps: 1000, value_minor: 0, origin: 'welcome', status: 'active' }]);
    expect(await books.latestReasons('welcome')).toMatchObject([{ figures: { points: 50 } }, { figures: { voucher: '10 %' } }]);
    expect((await books.mirror()).vouchers).toMatchObject([{ percentBps: 1000, valueMinor: 0, minimumMinor: 0 }]);
  });

  it('can stand alone', async () => {
    const books = await openBooks(await open(), NOW, { welcome: { voucher: { amountOff: { EUR: 5 }, validDays: 60 } } });
    expect(await books.available()).toBe(0);
    expect(await books.context.db.selectFrom('voucher').select('value_minor').execute()).toEqual([{ value_minor: 500 }]);
  });
});
