import { ManualClock } from '../../sidecar/src/clock';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { listDueGifts } from '../../sidecar/src/operations/list-due-gifts';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { countSegments, reviewSegments } from '../../sidecar/src/operations/review-segments';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { segmentsAt } from '../../sidecar/src/stores/segment-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { insertShop } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const DAY_MS = 86_400_000;
const BUYERS = { code: 'buyers', name: 'Buyers', conditions: [{ kind: 'turnover', atLeast: 100, days: 30 }] };
const NEW = { code: 'new', name: 'New', match: 'any', conditions: [{ kind: 'memberDays', atMost: 7 }] };
const MUG = { code: 'mug', products: ['MUG'], minimumGoods: { EUR: 1 }, segments: ['buyers'] };

interface Scene {
  readonly context: OperationContext;
  readonly clock: ManualClock;
  readonly memberId: string;
  review(): Promise<number>;
  segments(): Promise<string[]>;
  order(orderId: string, change?: Parameters<typeof orderSnapshot>[0]): Promise<string>;
  shown(): Promise<unknown>;
}

async function scene(open: () => Promise<Storage>, document: Record<string, unknown> = {}): Promise<Scene> {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  const context = operationContext(await open(), clock);
  await insertShop(context.db, 'shop-1');
  const accrual = {
    lockDays: 0,
    multipliers: [{ code: 'buyers-double', multiplier: 2, scope: { segments: ['buyers'] } }],
  };
  await publish(context, programmeDocument({ accrual, segments: [BUYERS, NEW], freeProducts: [MUG], ...document }));
  const memberId = await registerCustomer(context, {
    programmeId: PROGRAMME_ID,
    shopId: 'shop-1',
    customerId: 'c1',
    emailHash: 'e1',
    customerGroup: null,
    registeredAt: clock.now(),
    mirrorMissing: false,
    emailVerified: true,
    messageIds: [],
  });
  const place = async (orderId: string, change: Parameters<typeof orderSnapshot>[0] = {}): Promise<string> => {
    const snapshot = orderSnapshot({ orderId, placedAt: clock.now(), paidAt: clock.now(), paymentState: 'paid', ...change });
    const before = await context.db
      .selectFrom('order_position')
      .select(['version', 'member_id'])
      .where('order_id', '=', orderId)
      .executeTakeFirst();
    return convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before: before ?? null, messageIds: [] });
  };
  return {
    context,
    clock,
    memberId,
    review: async () => (await reviewSegments(context, clock.now())).changed,
    segments: () => segmentsAt(context.db, memberId, clock.now()),
    order: place,
    shown: async () => {
      const row = await context.db
        .selectFrom('desired_state')
        .select('desired')
        .where('resource_type', '=', 'member')
        .executeTakeFirstOrThrow();
      return (JSON.parse(row.desired) as { segments: unknown }).segments;
    },
  };
}

describeEachStorage('segments', (open) => {
  it('are entered and left at the daily review, each with its decision, and shops show them', async () => {
    const { context, clock, memberId, review, segments, order, shown } = await scene(open);
    await order('o1');
    clock.advance(DAY_MS);
    expect([await segments(), await review(), await review()]).toEqual([[], 1, 0]);
    expect([await segments(), await shown()]).toEqual([
      ['buyers', 'new'],
      ['buyers', 'new'],
    ]);
    clock.advance(30 * DAY_MS);
    expect([await review(), await segments(), await shown()]).toEqual([1, [], []]);
    expect(await segmentsAt(context.db, memberId, '2026-03-10T00:00:00.000Z')).toEqual(['buyers', 'new']);
    const decisions = await context.db
      .selectFrom('decision')
      .select(['outcome', 'reasons'])
      .where('kind', '=', 'segment')
      .orderBy('decided_at')
      .execute();
    expect(decisions.map(({ outcome }) => JSON.parse(outcome) as unknown)).toEqual([
      { entered: ['buyers', 'new'], left: [] },
      { entered: [], left: ['buyers', 'new'] },
    ]);
    expect(JSON.parse(decisions[1]?.reasons ?? '')).toMatchObject([
      { code: 'segment_turnover', applied: false, figures: { segment: 'buyers', value: 0, atLeast: 10_000, days: 30 } },
      { code: 'segment_memberDays', applied: false, figures: { segment: 'new', value: 31, atMost: 7 } },
    ]);
  });

  it('decide what an order placed then earns, for good', async () => {
    const { context, clock, review, order } = await scene(open);
    const earned = async (orderId: string): Promise<number> => {
      const row = await context.db
        .selectFrom('order_position')
        .select(['available_points', 'pending_points'])
        .where('order_id', '=', orderId)
        .executeTakeFirstOrThrow();
      return row.available_points + row.pending_points;
    };
    await order('o1');
    clock.advance(DAY_MS);
    await review();
    await order('o2');
    expect([await earned('o1'), await earned('o2')]).toEqual([100, 200]);
    const placedAt = clock.now();
    clock.advance(40 * DAY_MS);
    await review();
    await order('o2', {
      placedAt,
      paidAt: placedAt,
      lines: [orderLine({ refundedMilli: 1_500 })],
      paymentState: 'partially_refunded',
    });
    expect(await earned('o2')).toBe(100);
  });

  it('are left when an order is refunded, and when the programme no longer has them', async () => {
    const { context, clock, review, segments, order } = await scene(open);
    const placedAt = clock.now();
    await order('o1');
    clock.advance(DAY_MS);
    await review();
    await order('o1', { placedAt, paidAt: placedAt, paymentState: 'refunded' });
    clock.advance(DAY_MS);
    await review();
    expect(await segments()).toEqual(['new']);
    await publish(context, programmeDocument(), clock.now());
    clock.advance(DAY_MS);
    expect([await review(), await segments(), await review()]).toEqual([1, [], 0]);
  });

  it('give gifts to those who belong to them', async () => {
    const { context, clock, review, order } = await scene(open);
    const due = async () => {
      const cart = { programmeId: PROGRAMME_ID, shopId: 'shop-1', customerId: 'c1', currency: 'EUR', goodsMinor: 5000 };
      return (await listDueGifts(context, cart))?.due.map(({ ruleCode }) => ruleCode);
    };
    await order('o1');
    expect(await due()).toEqual([]);
    clock.advance(DAY_MS);
    await review();
    expect(await due()).toEqual(['mug']);
  });

  it('are counted without changing anything', async () => {
    const { context, clock, segments, order } = await scene(open);
    await order('o1');
    clock.advance(1000);
    const { programme } = (await context.programmes.effectiveAt(context.db, PROGRAMME_ID, clock.now())) ?? {};
    const { members, counts } = await countSegments(context, PROGRAMME_ID, programme?.segments ?? []);
    expect([members, [...counts], await segments()]).toEqual([
      1,
      [
        ['buyers', 1],
        ['new', 1],
      ],
      [],
    ]);
  });

  it('cost programmes without any nothing, and show nothing', async () => {
    const { clock, review, segments, order, shown } = await scene(open, { segments: [] });
    await order('o1');
    clock.advance(DAY_MS);
    expect([await review(), await segments(), await shown()]).toEqual([0, [], null]);
  });
});
