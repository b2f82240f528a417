import type { OrderPoints } from '../domain/order-points';
import type { OrderLine } from '../domain/order-snapshot';
import { refundableLines } from '../domain/staff-refund';
import type { Db } from '../storage/transaction';
import { findByOrderNumber, findPosition, storedSnapshot, type OrderPosition } from '../stores/position-store';

const REVIEWS = 50;

/** What an order earned and spent; null when the books do not know it. */
export async function orderPoints(db: Db, shopId: string, orderId: string): Promise<OrderPoints | null> {
  const position = await findPosition(db, shopId, orderId);
  return position ? pointsOf(position) : null;
}

/** The same with what can come back of it. */
export interface OrderSummary extends OrderPoints {
  readonly orderId: string;
  readonly lines: readonly OrderLine[];
}

/** By the number that people know. */
export async function orderSummary(db: Db, shopId: string, orderNumber: string): Promise<OrderSummary | null> {
  const position = await findByOrderNumber(db, shopId, orderNumber);
  if (!position) return null;
  return { ...pointsOf(position), orderId: position.order_id, lines: refundableLines(storedSnapshot(position)) };
}

/** Orders of a shop whose refund nobody has itemised, the latest first. */
export async function ordersToReview(db: Db, shopId: string): Promise<{ orderNumber: string; refundedAt: string }[]> {
  const rows = await db
    .selectFrom('order_position')
    .select(['order_number', 'updated_at'])
    .where('shop_id', '=', shopId)
    .where('needs_review', '=', 1)
    .orderBy('updated_at', 'desc')
    .limit(REVIEWS)
    .execute();
  return rows.map((row) => ({ orderNumber: row.order_number, refundedAt: row.updated_at }));
}

function pointsOf(position: OrderPosition): OrderPoints {
  return {
    orderNumber: position.order_number,
    pending: position.pending_points,
    available: position.available_points,
    redeemed: position.redeemed_points,
    releaseAt: position.release_at,
    needsReview: position.needs_review === 1,
  };
}
