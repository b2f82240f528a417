import { ManualClock } from '../../sidecar/src/clock';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import { orderSummary } from '../../sidecar/src/operations/order-points';
import { releaseDuePoints } from '../../sidecar/src/operations/settle-due';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findIdentity } from '../../sidecar/src/stores/member-store';
import { enterStaffRefund } from '../../sidecar/src/sync/enter-staff-refund';
import { syncOrder } from '../../sidecar/src/sync/sync-order';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderLine, orderSnapshot } from '../support/snapshots';
import { connectedShop, standInPlatform } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const PLACED = '2026-03-01T10:00:00.000Z';
const SHOP = connectedShop('shop-1');
const PARTLY: Partial<OrderSnapshot> = { paymentState: 'partially_refunded', paidAt: PLACED, refundNeedsReview: true };

async function rig(open: () => Promise<Storage>) {
  const clock = new ManualClock(Date.parse(PLACED) + 1);
  const context = operationContext(await open(), clock);
  await publish(context, programmeDocument());
  const shop = { order: orderSnapshot(PARTLY) };
  const platform = { ...standInPlatform(), readOrder: () => Promise.resolve(shop.order) };
  await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot: shop.order, before: null, messageIds: [] });
  const identity = await findIdentity(context.db, 'shop-1', 'c1');
  const balance = async () => {
    const found = await memberBalance(context.db, identity?.member_id ?? '');
    return { pending: found?.pending, available: found?.available, debt: found?.debt };
  };
  const enter = (refundedMilli: Record<string, number>, orderId = 'o1') =>
    enterStaffRefund(context, platform, SHOP, { orderId, refundedMilli, actor: 'staff' });
  return { clock, context, shop, platform, balance, enter };
}

describeEachStorage('a refund that staff enter', (open) => {
  it('takes back what its units earned, once however often it is entered', async () => {
    const { context, balance, enter } = await rig(open);
    expect(await balance()).toMatchObject({ pending: 100 });
    expect(await enter({ l1: 1000 })).toMatchObject({ ok: true });
    expect(await balance()).toMatchObject({ pending: 67 });
    await enter({ l1: 1000 });
    expect(await balance()).toMatchObject({ pending: 67 });
    expect(await orderSummary(context.db, 'shop-1', '10001')).toMatchObject({
      needsReview: false,
      lines: [{ refundedMilli: 1000 }],
    });
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });

  it('is a level: a mistake is put right by entering the right number', async () => {
    const { balance, enter } = await rig(open);
    await enter({ l1: 3000 });
    expect(await balance()).toMatchObject({ pending: 0 });
    await enter({ l1: 1000 });
    expect(await balance()).toMatchObject({ pending: 67 });
    await enter({});
    expect(await balance()).toMatchObject({ pending: 100 });
  });

  it('stays through what the shop says later and through the release', async () => {
    const { clock, context, platform, shop, balance, enter } = await rig(open);
    await enter({ l1: 1000 });
    shop.order = orderSnapshot({ ...PARTLY, completedAt: PLACED, orderState: 'completed' });
    await syncOrder(context, platform, SHOP, 'o1');
    clock.advance(15 * 86_400_000);
    await releaseDuePoints(context, clock.now());
    expect(await balance()).toMatchObject({ pending: 0, available: 67 });
    shop.order = orderSnapshot({ ...PARTLY, lines: [orderLine({ refundedMilli: 2000 })] });
    await syncOrder(context, platform, SHOP, 'o1');
    expect(await balance()).toMatchObject({ available: 34 });
  });

  it('names what is wrong with it, and stores nothing', async () => {
    const { balance, enter } = await rig(open);
    expect(await enter({ l1: 3001 })).toMatchObject({
      ok: false,
      code: 'too_many_units',
      details: { lineId: 'l1', quantityMilli: 3000 },
    });
    expect(await enter({ l1: -1 })).toMatchObject({ ok: false, code: 'too_many_units' });
    expect(await enter({ l2: 1 })).toMatchObject({ ok: false, code: 'unknown_line', details: { lineId: 'l2' } });
    expect(await enter({ l1: 1 }, 'o2')).toMatchObject({ ok: false, code: 'unknown_order' });
    expect(await balance()).toMatchObject({ pending: 100 });
  });
});
