import fc from 'fast-check';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { campaignOverview } from '../../sidecar/src/operations/campaign-overview';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { exportMember } from '../../sidecar/src/operations/export-member';
import { findMember } from '../../sidecar/src/stores/member-store';
import { findPosition } from '../../sidecar/src/stores/position-store';
import { openStorage } from '../../sidecar/src/storage/dialect';
import { recordStatements } from '../bench/statements';
import { openBooks, type Books } from '../support/books';
import { operationContext, PROGRAMME_ID } from '../support/programme';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { describeEachStorage, migratedDatabase } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const LATER = '2026-03-02T10:00:00.000Z';
const EARNING = { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } };

const double = (change: object = {}) => ({ code: 'double', name: 'Double points', multiplier: 2, ...change });
const withCampaigns = (...campaigns: object[]) => ({ currencies: EARNING, campaigns });

interface Spent {
  readonly points: number;
  readonly orders: number;
}

/** What orders hold of a campaign, after making sure that the budget says the same. */
async function spentOf({ db }: OperationContext, campaign = 'double'): Promise<Spent> {
  const held = await db.selectFrom('campaign_grant').selectAll().where('campaign', '=', campaign).execute();
  const spent = {
    points: held.reduce((sum, { points }) => sum + points, 0),
    orders: held.filter(({ points }) => points > 0).length,
  };
  const budget = await db
    .selectFrom('campaign_budget')
    .select(['points', 'orders'])
    .where('campaign', '=', campaign)
    .executeTakeFirst();
  if (budget) expect(budget).toEqual(spent);
  return spent;
}

async function campaignsOf({ db }: OperationContext, orderId: string): Promise<unknown> {
  const position = await findPosition(db, 'shop-1', orderId);
  const decision = await db
    .selectFrom('decision')
    .select('outcome')
    .where('decision_id', '=', position?.decision_id ?? '')
    .executeTakeFirstOrThrow();
  return (JSON.parse(decision.outcome) as { campaigns: unknown }).campaigns;
}

/** An order of a customer of its own, with so many units at 1.00. */
async function order(context: OperationContext, number: number, units: number, change: Partial<OrderSnapshot> = {}) {
  const orderId = `o${number}`;
  const before = (await findPosition(context.db, 'shop-1', orderId)) ?? null;
  const snapshot = orderSnapshot({
    orderId,
    orderNumber: orderId,
    customerId: `c${number}`,
    emailHash: `e${number}`,
    placedAt: NOW,
    lines: [orderLine({ quantityMilli: units * 1000, grossMinor: units * 100, netMinor: units * 84 })],
    ...change,
  });
  return convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before, messageIds: [] });
}

const CANCELLED: Partial<OrderSnapshot> = { orderState: 'cancelled' };

describeEachStorage('campaigns', (open) => {
  const openWith = async (...campaigns: object[]): Promise<Books> => openBooks(await open(), NOW, withCampaigns(...campaigns));

  it('are part of what an order earns: released, taken back by the unit, explained', async () => {
    const bonus = { code: 'bonus', name: 'Ten more', bonus: 10, stacking: 'all' };
    const books = await openWith(double(), bonus);
    await books.buy('o1', NOW, 5);
    expect(await books.available()).toBe(5 + 5 + 10);
    expect(await campaignsOf(books.context, 'o1')).toEqual([
      { campaign: 'double', originalPoints: 5, earnedPoints: 5 },
      { campaign: 'bonus', originalPoints: 10, earnedPoints: 10 },
    ]);
    const partly = [orderLine({ quantityMilli: 5000, refundedMilli: 2000, grossMinor: 500, netMinor: 420 })];
    await books.buy('o1', NOW, 5, { lines: partly });
    expect(await books.available()).toBe(3 + 3 + 6);
    expect(await spentOf(books.context)).toEqual({ points: 3, orders: 1 });
    await books.buy('o1', NOW, 5, CANCELLED);
    expect(await books.available()).toBe(0);
    expect(await spentOf(books.context)).toEqual({ points: 0, orders: 0 });
    expect((await books.latestReasons('order_entitlement')).map(({ code }) => code)).toContain('campaign_applied');
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('apply to what was placed within their dates, however late it is heard of', async () => {
    const books = await openWith(double({ from: '2026-03-01', until: '2026-03-02' }));
    await books.moveTo('2026-03-20T10:00:00.000Z');
    const paid = (at: string): Partial<OrderSnapshot> => ({ placedAt: at, paidAt: at, paymentState: 'paid' });
    const points = async (number: number, at: string): Promise<number | undefined> => {
      await order(books.context, number, 100, paid(at));
      return (await findPosition(books.context.db, 'shop-1', `o${number}`))?.available_points;
    };
    expect(await points(11, '2026-02-28T23:59:59.999Z')).toBe(100);
    expect(await points(12, '2026-03-01T00:00:00.000Z')).toBe(200);
    expect(await points(13, '2026-03-01T23:59:59.999Z')).toBe(200);
    expect(await points(14, '2026-03-02T00:00:00.000Z')).toBe(100);
  });

  it('give the last order what their budget has left, and the next ones nothing', async () => {
    const { context, ...books } = await openWith(double({ budget: { points: 250 } }));
    for (const number of [2, 3, 4, 5]) await order(context, number, 100);
    expect(await spentOf(context)).toEqual({ points: 250, orders: 3 });
    expect(await campaignsOf(context, 'o4')).toEqual([{ campaign: 'double', originalPoints: 50, earnedPoints: 50 }]);
    expect(await campaignsOf(context, 'o5')).toEqual([]);
    expect((await books.latestReasons('order_entitlement')).map(({ code }) => code)).toContain('campaign_not_granted');
    expect(await campaignOverview(context, PROGRAMME_ID)).toMatchObject([
      { code: 'double', state: 'running', spent: { points: 250, orders: 3 }, left: { points: 0, orders: null } },
    ]);
  });

  it('take nothing more for an order that is heard of again, paid, or grown', async () => {
    const { context } = await openWith(double({ budget: { points: 250 } }));
    for (const number of [2, 3, 4]) await order(context, number, 100);
    expect(await order(context, 4, 100)).toBe('unchanged');
    await order(context, 3, 100, CANCELLED);
    expect(await order(context, 4, 100)).toBe('unchanged');
    await order(context, 4, 100, { paidAt: LATER, paymentState: 'paid' });
    await order(context, 2, 300);
    expect(await spentOf(context)).toEqual({ points: 150, orders: 2 });
    expect(await campaignsOf(context, 'o4')).toEqual([{ campaign: 'double', originalPoints: 50, earnedPoints: 50 }]);
    expect(await campaignsOf(context, 'o2')).toEqual([{ campaign: 'double', originalPoints: 100, earnedPoints: 100 }]);
  });

  it('have again for others what came back', async () => {
    const { context } = await openWith(double({ budget: { points: 100 } }));
    await order(context, 2, 100);
    await order(context, 2, 100, {
      lines: [orderLine({ quantityMilli: 100_000, refundedMilli: 60_000, grossMinor: 10_000, netMinor: 8400 })],
    });
    await order(context, 3, 100);
    expect(await campaignsOf(context, 'o3')).toEqual([{ campaign: 'double', originalPoints: 60, earnedPoints: 60 }]);
    expect(await spentOf(context)).toEqual({ points: 100, orders: 2 });
  });

  it('are taken again after a payment that failed and was made, as far as others left them', async () => {
    const { context } = await openWith(double({ budget: { points: 150, orders: 2 } }));
    const FAILED: Partial<OrderSnapshot> = { paymentState: 'failed' };
    await order(context, 2, 100);
    await order(context, 2, 100, FAILED);
    expect(await spentOf(context)).toEqual({ points: 0, orders: 0 });
    await order(context, 2, 100);
    expect(await spentOf(context)).toEqual({ points: 100, orders: 1 });
    await order(context, 2, 100, FAILED);
    await order(context, 3, 120);
    await order(context, 2, 100);
    expect(await campaignsOf(context, 'o2')).toEqual([{ campaign: 'double', originalPoints: 30, earnedPoints: 30 }]);
    expect(await spentOf(context)).toEqual({ points: 150, orders: 2 });
    await order(context, 3, 120, CANCELLED);
    expect(await order(context, 2, 100)).toBe('unchanged');
    await order(context, 2, 100, FAILED);
    for (const number of [4, 5]) await order(context, number, 10);
    await order(context, 2, 100);
    expect(await campaignsOf(context, 'o2')).toEqual([]);
    expect(await spentOf(context)).toEqual({ points: 20, orders: 2 });
  });

  it('end for a member after so many orders, and begin again when one comes back', async () => {
    const { context } = await openWith(double({ budget: { perMember: 2 } }));
    const same = { customerId: 'c7', emailHash: 'e7' };
    for (const number of [2, 3, 4]) await order(context, number, 10, same);
    await order(context, 5, 10);
    expect(await campaignsOf(context, 'o4')).toEqual([]);
    expect(await spentOf(context)).toEqual({ points: 30, orders: 3 });
    await order(context, 2, 10, { ...same, ...CANCELLED });
    await order(context, 6, 10, same);
    expect(await spentOf(context)).toEqual({ points: 30, orders: 3 });
  });

  it('leave the place to the next one when their budget is used up', async () => {
    const { context } = await openWith(
      double({ stacking: 'exclusive', budget: { orders: 1 } }),
      { code: 'ten', name: 'Ten more', bonus: 10 },
      { code: 'five', name: 'Five more', bonus: 5 },
    );
    await order(context, 2, 3);
    await order(context, 3, 3);
    expect(await campaignsOf(context, 'o2')).toMatchObject([{ campaign: 'double', earnedPoints: 3 }]);
    expect(await campaignsOf(context, 'o3')).toMatchObject([{ campaign: 'ten', earnedPoints: 10 }]);
  });

  it('stop exactly at the limit of points when many order at once', async () => {
    const { context } = await openWith(double({ budget: { points: 1000 } }), double({ code: 'other', stacking: 'all' }));
    const numbers = Array.from({ length: 40 }, (_, index) => index + 10);
    await Promise.all(numbers.map((number) => order(context, number, 37)));
    // 27 orders of 37 points, and one of what is left
    expect(await spentOf(context)).toEqual({ points: 1000, orders: 28 });
    expect(await spentOf(context, 'other')).toEqual({ points: 40 * 37, orders: 40 });
    await Promise.all(numbers.map((number) => order(context, number, 37, number % 2 === 0 ? CANCELLED : {})));
    await spentOf(context);
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('stop exactly at the limit of orders when many order at once, and of one member', async () => {
    const { context } = await openWith(double({ budget: { orders: 7 } }), {
      code: 'once',
      name: 'Once',
      bonus: 5,
      stacking: 'all',
      budget: { perMember: 1 },
    });
    const numbers = Array.from({ length: 20 }, (_, index) => index + 10);
    const buyer = (number: number) => ({ customerId: `c${number % 4}`, emailHash: `e${number % 4}` });
    for (const number of [0, 1, 2, 3]) await order(context, number, 1, CANCELLED);
    await Promise.all(numbers.map((number) => order(context, number, 10, buyer(number))));
    expect(await spentOf(context)).toEqual({ points: 70, orders: 7 });
    expect(await spentOf(context, 'once')).toEqual({ points: 20, orders: 4 });
  });

  it('leave budgets that are the sum of what orders hold, and never beyond their limit, whatever happens to the orders', async () => {
    const steps = fc.array(
      fc.record({
        number: fc.integer({ min: 1, max: 5 }),
        units: fc.integer({ min: 1, max: 40 }),
        refunded: fc.nat(40),
        state: fc.constantFrom<Partial<OrderSnapshot>>({}, {}, CANCELLED, { paymentState: 'failed' }, { paidAt: LATER }),
      }),
      { minLength: 1, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (told) => {
        const { context } = await openWith(
          double({ budget: { points: 60, orders: 3 } }),
          { code: 'each', name: 'Each', perUnit: 2, stacking: 'all', budget: { points: 50, perMember: 2 } },
          {
            code: 'alone',
            name: 'Alone',
            bonus: 9,
            stacking: 'exclusive',
            scope: { minimumOrder: { EUR: 30 } },
            budget: { points: 20 },
          },
        );
        for (const { number, units, refunded, state } of told) {
          const milli = { quantityMilli: units * 1000, refundedMilli: Math.min(units, refunded) * 1000 };
          const lines = [orderLine({ ...milli, grossMinor: units * 100, netMinor: units * 84 })];
          const buyer = { customerId: `c${number % 2}`, emailHash: `e${number % 2}` };
          await order(context, number, units, { lines, ...buyer, ...state });
          expect(await order(context, number, units, { lines, ...buyer, ...state })).toBe('unchanged');
        }
        const [points, orders] = [await spentOf(context), await spentOf(context, 'each')];
        expect(points.points).toBeLessThanOrEqual(60);
        expect(points.orders).toBeLessThanOrEqual(3);
        expect(orders.points).toBeLessThanOrEqual(50);
        expect((await spentOf(context, 'alone')).points).toBeLessThanOrEqual(20);
        expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
      }),
      { numRuns: 8 },
    );
  });

  it('are in the export of a member', async () => {
    const { context, memberId, buy } = await openWith(double());
    await buy('o1', NOW, 5);
    const parts = [];
    for await (const part of exportMember(context.db, await findMember(context.db, memberId))) parts.push(part);
    expect(parts.find(({ name }) => name === 'campaigns')?.rows).toMatchObject([{ campaign: 'double', points: 5 }]);
  });
});

describe('an order without campaigns', () => {
  it('costs no statement more than in a programme without any', async () => {
    const counted = async (change: object): Promise<number> => {
      const database = await migratedDatabase('sqlite');
      const recorder = recordStatements();
      const storage = openStorage({ url: database.url, log: recorder.log });
      const books = await openBooks(storage, NOW, { currencies: EARNING, ...change });
      recorder.take();
      const context = operationContext(storage, books.clock);
      await order(context, 2, 10);
      await order(context, 2, 10, { paidAt: NOW, paymentState: 'paid' });
      await order(context, 2, 10, CANCELLED);
      const { length } = recorder.take();
      await storage.close();
      await database.drop();
      return length;
    };
    const others = double({ scope: { products: ['OTHER'] }, budget: { points: 5, orders: 2, perMember: 1 } });
    expect(await counted(withCampaigns(others))).toBe(await counted({}));
  });
});
