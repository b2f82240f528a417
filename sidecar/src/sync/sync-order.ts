/**
 * A webhook only says that something happened to an order. What the order is now is read from the shop, under a fence:
 * the position's version is read first, and the answer is applied only when nobody moved the position meanwhile.
 * So no older state can ever overwrite a newer one, however deliveries are reordered.
 */
import type { OrderSnapshot } from '../domain/order-snapshot';
import { partNamed, partsOf, type ShopPart } from '../domain/shop-branch';
import type { StaffRefund } from '../domain/staff-refund';
import { ShopApiError } from '../errors';
import { convergeOrder, type ConvergeOutcome } from '../operations/converge-order';
import type { OperationContext } from '../operations/context';
import type { ConnectedShop, ShopPlatform } from '../platform/platform';
import { dropMessages, markDone } from '../stores/inbox-store';
import { findPosition, positionFence, storedSnapshot, type PositionFence } from '../stores/position-store';
import { partOfCustomer } from '../stores/member-store';
import { inTransaction, PersonErased, type Db } from '../storage/transaction';

const MAX_READS = 5;

export interface OrderSync {
  /** Inbox messages that are done with it. */
  readonly messageIds?: readonly string[];
  /** What staff enter as refunded. */
  readonly staffRefund?: StaffRefund;
}

/**
 * `erased`: it is of somebody who was erased; nothing of it is kept.
 * @throws ShopApiError when the shop cannot be read, or when the order keeps moving
 */
export async function syncOrder(
  context: OperationContext,
  platform: ShopPlatform,
  shop: ConnectedShop,
  orderId: string,
  entered: OrderSync = {},
): Promise<ConvergeOutcome | 'erased'> {
  try {
    return await convergePresent(context, platform, shop, orderId, entered);
  } catch (error) {
    if (!(error instanceof PersonErased)) throw error;
    await inTransaction(context.db, (trx) => dropMessages(trx, entered.messageIds ?? []));
    return 'erased';
  }
}

async function convergePresent(
  context: OperationContext,
  platform: ShopPlatform,
  shop: ConnectedShop,
  orderId: string,
  { messageIds = [], ...entered }: OrderSync,
): Promise<ConvergeOutcome> {
  for (let read = 0; read < MAX_READS; read += 1) {
    const { part: known, before } = await knownPart(context.db, shop, orderId);
    const present = await platform.readOrder(shop, orderId);
    const snapshot = present === null ? await deleted(context.db, known?.shopId ?? shop.shopId, orderId) : inPart(present, known);
    if (snapshot === null || (known === null && (await isElsewhere(context.db, shop, snapshot)))) {
      await inTransaction(context.db, (trx) => markDone(trx, messageIds, context.clock.now()));
      return 'unchanged';
    }
    const outcome = await convergeOrder(context, {
      programmeId: partNamed(shop, snapshot.shopId).programmeId,
      snapshot,
      before,
      messageIds,
      ...entered,
    });
    if (outcome !== 'stale') return outcome;
  }
  throw new ShopApiError(`order ${orderId} kept changing while it was read`, true);
}

/** The part of the shop that knows the order already: it stays there, whatever becomes of its sales channel. */
async function knownPart(
  db: Db,
  shop: ConnectedShop,
  orderId: string,
): Promise<{ part: ShopPart | null; before: PositionFence | null }> {
  for (const part of partsOf(shop)) {
    const before = await positionFence(db, part.shopId, orderId);
    if (before !== null) return { part, before };
  }
  return { part: null, before: null };
}

function inPart(present: OrderSnapshot, part: ShopPart | null): OrderSnapshot {
  return part === null ? present : { ...present, shopId: part.shopId };
}

/** Who is a member in one part of a shop takes no part in the programmes of the others. */
async function isElsewhere(db: Db, shop: ConnectedShop, { shopId, customerId, buyerShopId }: OrderSnapshot): Promise<boolean> {
  const parts = partsOf(shop);
  if (customerId === null || parts.length === 1) return false;
  const home = await partOfCustomer(db, parts, customerId);
  return (home?.shopId ?? buyerShopId ?? shopId) !== shopId;
}

/** An order the shop no longer has counts as cancelled; null when it was never seen. */
async function deleted(db: Db, shopId: string, orderId: string): Promise<OrderSnapshot | null> {
  const position = await findPosition(db, shopId, orderId);
  return position ? { ...storedSnapshot(position), orderState: 'cancelled' } : null;
}
