import type { OrderPoints } from '../domain/order-points';
import type { Db } from '../storage/transaction';
import { findPosition } from '../stores/position-store';

/** What an order earned and spent; null when the books do not know it. */
export async function orderPoints(db: Db, shopId: string, orderId: string): Promise<OrderPoints | null> {
  const position = await findPosition(db, shopId, orderId);
  if (!position) return null;
  return {
    orderNumber: position.order_number,
    pending: position.pending_points,
    available: position.available_points,
    redeemed: position.redeemed_points,
    releaseAt: position.release_at,
    needsReview: position.needs_review === 1,
  };
}
