import { captureHold, findHold } from '../ledger/hold';
import { spendableLots, type LotTake } from '../ledger/lot';
import { creditPostings, DEBT_LOT, debitPostings } from '../ledger/movement';
import { postEntry } from '../ledger/post-entry';
import { addDays } from '../domain/instant';
import type { Row } from '../storage/tables';
import { updateBuyer } from '../stores/company-store';
import { findCompanyHold, findCompanyOrder } from '../stores/company-use-store';
import type { OrderInHand, OrderTarget } from './apply-order';

/** Posts the difference between the points spent on an order so far and those its present state says. */
export async function postRedeemed(order: OrderInHand, target: OrderTarget): Promise<void> {
  const delta = target.redeemedPoints - (order.before?.redeemed_points ?? 0);
  if (delta > 0) await redeem(order, target, delta);
  if (delta < 0) await giveBack(order, target, -delta);
  if (order.before === null && delta === 0) await dropHold(order, target);
}

/**
 * First out of the hold placed at checkout; then, when there is none (the sidecar was down, or it lapsed), out of the
 * lots; what those don't cover becomes a debt, since the shop has already granted the discount.
 */
async function redeem(order: OrderInHand, target: OrderTarget, points: number): Promise<void> {
  const captured = await capture(order, target, points);
  const rest = points - captured.reduce((sum, take) => sum + take.points, 0);
  let takes: readonly LotTake[] = captured;
  if (rest > 0) {
    const lots = await spendableLots(order.trx, order.member, order.snapshot.placedAt);
    const debit = debitPostings('redeemed', lots, rest);
    await postEntry(order.trx, order.context, order.member, {
      kind: 'redemption',
      sourceKey: `${target.sourceKey}:redemption`,
      occurredAt: order.asOf,
      ...links(order, target),
      postings: debit.postings,
    });
    takes = [...captured, ...debit.takes];
  }
  await addTakes(order, takes);
}

async function capture(order: OrderInHand, target: OrderTarget, points: number): Promise<LotTake[]> {
  const { redemption, shopId } = order.snapshot;
  if (!redemption?.holdId) return [];
  const hold = await findHold(order.trx, shopId, redemption.holdId, redemption.points);
  // A hold of somebody else or of another shop is no title: clients choose what they send.
  if (!hold || hold.member_id !== order.member.memberId || hold.shop_id !== order.snapshot.shopId) return [];
  if (!(await isOfItsBuyer(order, hold))) return [];
  return captureHold(order.trx, order.context, order.member, hold, {
    points,
    orderId: order.snapshot.orderId,
    occurredAt: order.asOf,
    decisionId: target.decisionId,
  });
}

/** In a pool, colleagues have the same account; the wish that is used up is the buyer's. */
async function isOfItsBuyer({ trx, snapshot }: OrderInHand, hold: Row<'hold'>): Promise<boolean> {
  const reserved = await findCompanyHold(trx, hold.hold_id);
  if (!reserved) return true;
  const order = await findCompanyOrder(trx, snapshot.shopId, snapshot.orderId);
  if (order?.member_id !== reserved.member_id) return false;
  await updateBuyer(trx, reserved.member_id, { spent_intent: hold.cart_ref });
  return true;
}

/** An order that arrives already cancelled still ends its hold. */
async function dropHold(order: OrderInHand, target: OrderTarget): Promise<void> {
  if (order.snapshot.redemption?.holdId) await capture(order, target, 0);
}

/** Returned points go to the lots they came from, last taken first, so that any path of refunds ends alike. */
async function giveBack(order: OrderInHand, target: OrderTarget, points: number): Promise<void> {
  const { trx, snapshot, member } = order;
  const taken = await trx
    .selectFrom('order_redemption_lot')
    .selectAll()
    .where('shop_id', '=', snapshot.shopId)
    .where('order_id', '=', snapshot.orderId)
    .orderBy('position', 'desc')
    .execute();
  const returnLot = `${target.lotId}:return`;
  const lots: LotTake[] = [];
  let missing = points;
  for (const row of taken) {
    const back = Math.min(row.points, missing);
    if (back === 0) continue;
    missing -= back;
    lots.push({ lotId: row.lot_id === DEBT_LOT ? returnLot : row.lot_id, points: back });
    await trx
      .updateTable('order_redemption_lot')
      .set({ points: row.points - back })
      .where('shop_id', '=', snapshot.shopId)
      .where('order_id', '=', snapshot.orderId)
      .where('lot_id', '=', row.lot_id)
      .execute();
  }
  if (missing > 0) throw new Error(`order ${snapshot.orderId} returns ${missing} points more than it redeemed`);
  const expireAfter = order.terms.programme.expireAfterDays;
  const expiresAt = expireAfter === null ? null : addDays(snapshot.placedAt, expireAfter);
  await postEntry(
    trx,
    order.context,
    member,
    {
      kind: 'redemption_return',
      sourceKey: `${target.sourceKey}:redemption_return`,
      occurredAt: order.asOf,
      ...links(order, target),
      postings: creditPostings(member, { account: 'redeemed', lotId: null, points: -points }, lots),
    },
    new Map([[returnLot, { earnedAt: snapshot.placedAt, expiresAt }]]),
  );
}

async function addTakes(order: OrderInHand, takes: readonly LotTake[]): Promise<void> {
  const { trx, snapshot } = order;
  const known = await trx
    .selectFrom('order_redemption_lot')
    .selectAll()
    .where('shop_id', '=', snapshot.shopId)
    .where('order_id', '=', snapshot.orderId)
    .execute();
  let position = known.reduce((highest, row) => Math.max(highest, row.position + 1), 0);
  const merged = new Map<string, number>();
  for (const take of takes) merged.set(take.lotId, (merged.get(take.lotId) ?? 0) + take.points);
  for (const [lotId, points] of merged) {
    const row = known.find((candidate) => candidate.lot_id === lotId);
    const key = { shop_id: snapshot.shopId, order_id: snapshot.orderId, lot_id: lotId };
    if (row) {
      await trx
        .updateTable('order_redemption_lot')
        .set({ points: row.points + points })
        .where('shop_id', '=', key.shop_id)
        .where('order_id', '=', key.order_id)
        .where('lot_id', '=', key.lot_id)
        .execute();
    } else {
      await trx
        .insertInto('order_redemption_lot')
        .values({ ...key, position, points })
        .execute();
      position += 1;
    }
  }
}

function links(order: OrderInHand, target: OrderTarget) {
  return { shopId: order.snapshot.shopId, orderId: order.snapshot.orderId, holdId: null, decisionId: target.decisionId };
}
