import { refuse, success, type Result } from '../domain/result';
import { checkStaffRefund } from '../domain/staff-refund';
import type { OperationContext } from '../operations/context';
import type { ConnectedShop, ShopPlatform } from '../platform/platform';
import { findPosition, storedSnapshot } from '../stores/position-store';
import { syncOrder } from './sync-order';

export interface StaffRefundInput {
  readonly orderId: string;
  /** Units in thousandths by line id, in all and not since the last time. */
  readonly refundedMilli: Readonly<Record<string, number>>;
  readonly actor: string;
}

/**
 * Takes what staff say came back of an order, and makes the books equal to it together with what the shop says now.
 * @throws ShopApiError when the shop cannot be read; nothing is stored then
 */
export async function enterStaffRefund(
  context: OperationContext,
  platform: ShopPlatform,
  shop: ConnectedShop,
  { orderId, refundedMilli, actor }: StaffRefundInput,
): Promise<Result<null, 'unknown_order' | 'unknown_line' | 'too_many_units'>> {
  const position = await findPosition(context.db, shop.shopId, orderId);
  if (!position) return refuse('unknown_order');
  const checked = checkStaffRefund(storedSnapshot(position), refundedMilli);
  if (!checked.ok) return checked;
  const staffRefund = { refundedMilli, actor, enteredAt: context.clock.now() };
  const outcome = await syncOrder(context, platform, shop, orderId, { staffRefund });
  return outcome === 'erased' ? refuse('unknown_order') : success(null);
}
