/** From Magento's order to the platform-neutral snapshot. Pure: no clock, no network. */
import { mulDiv, toMinor } from '../../domain/money';
import { voucherCodesAmong } from '../../domain/voucher';
import type { FraudHints, OrderLine, OrderRedemption, OrderSnapshot, PaymentState } from '../../domain/order-snapshot';
import { ShopApiError } from '../../errors';
import { fraudHints } from '../fraud-hints';
import { orderSchema, type MagentoItem, type MagentoOrder } from './order-schema';

export interface MappingContext {
  readonly shopId: string;
  readonly hashEmail: (email: string) => string;
  /** Magento time of the first paid invoice; null when there is none. */
  readonly invoicedAt: string | null;
}

/** @throws ShopApiError when the order lacks what cannot be done without */
export function parseOrder(raw: unknown): MagentoOrder {
  const parsed = orderSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new ShopApiError(`an order of the shop could not be read: ${fields}`, false);
}

export function mapOrder(order: MagentoOrder, context: MappingContext): OrderSnapshot {
  const loyalty = order.extension_attributes?.loyalty;
  const paymentState = paymentStateOf(order);
  const isPaid = paymentState === 'paid' || paymentState === 'refunded' || paymentState === 'partially_refunded';
  const paidAt = loyalty?.paid_at ?? context.invoicedAt ?? order.updated_at ?? order.created_at;
  const isCompleted = order.state === 'complete';
  const isGuest = !order.customer_id || Boolean(order.customer_is_guest);
  // A configurable or bundle is sold by its parent; its children repeat it.
  const items = order.items.filter((item) => !item.parent_item_id);
  const voucherCodes = voucherCodesAmong(order.coupon_code ? [order.coupon_code] : []);
  return {
    shopId: context.shopId,
    orderId: String(order.entity_id),
    orderNumber: order.increment_id,
    customerId: isGuest ? null : String(order.customer_id),
    emailHash: order.customer_email ? context.hashEmail(order.customer_email) : null,
    isGuest,
    customerGroup:
      order.customer_group_id === null || order.customer_group_id === undefined ? null : String(order.customer_group_id),
    channelId: order.store_id === null || order.store_id === undefined ? null : String(order.store_id),
    currency: order.order_currency_code,
    placedAt: isoTime(order.created_at),
    paidAt: isPaid ? isoTime(paidAt) : null,
    completedAt: isCompleted ? isoTime(loyalty?.completed_at ?? order.updated_at ?? order.created_at) : null,
    paymentState,
    orderState: order.state === 'canceled' ? 'cancelled' : isCompleted ? 'completed' : 'open',
    lines: items.map((item) => mapItem(item, order.order_currency_code)),
    redemption: redemptionOf(order),
    gifts: items.flatMap((item) =>
      isGift(item)
        ? [
            {
              ruleCode: item.extension_attributes?.loyalty_gift ?? '',
              productNumber: item.sku,
              quantity: Math.floor(item.qty_ordered),
            },
          ]
        : [],
    ),
    referralCode: loyalty?.referral_code ?? order.coupon_code ?? null,
    ...(voucherCodes.length === 0 ? {} : { voucherCodes }),
    // Credit memos name their units; goodwill changes none.
    refundNeedsReview: false,
    fraudHints: hintsOf(order, context.hashEmail),
  };
}

function hintsOf(order: MagentoOrder, hash: MappingContext['hashEmail']): FraudHints {
  const address = order.extension_attributes?.shipping_assignments?.[0]?.shipping?.address;
  return fraudHints(
    {
      email: order.customer_email ?? null,
      street: address?.street ?? [],
      postcode: address?.postcode ?? null,
      networkAddress: order.remote_ip ?? null,
    },
    hash,
  );
}

/** Magento writes UTC as `YYYY-MM-DD HH:MM:SS`. */
export function isoTime(time: string): string {
  const normal = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time) ? `${time.replace(' ', 'T')}Z` : time;
  return new Date(normal).toISOString();
}

function paymentStateOf(order: MagentoOrder): PaymentState {
  if (order.state === 'canceled') return 'cancelled';
  if (order.state === 'closed') return 'refunded';
  const isFree = order.grand_total === 0 && order.state !== 'new' && order.state !== 'pending_payment';
  if (order.total_paid === 0 && !isFree) return 'open';
  if (order.total_due > 0) return 'partially_paid';
  return order.items.some((item) => item.qty_refunded > 0) ? 'partially_refunded' : 'paid';
}

function isGift(item: MagentoItem): boolean {
  return Boolean(item.extension_attributes?.loyalty_gift) && item.price === 0;
}

function mapItem(item: MagentoItem, currency: string): OrderLine {
  const attributes = item.extension_attributes;
  // What a discount takes of the tax comes back as compensation; `row_total_incl_tax` does not know of it.
  const left = item.row_total + item.discount_tax_compensation_amount;
  const grossAfter = toMinor(left + item.tax_amount, currency);
  const netAfter = toMinor(left, currency);
  const pointsGross = toMinor(attributes?.loyalty_points_discount ?? 0, currency);
  // The tax on what points paid follows the line's own rate, in hundredths of a percent.
  const rate = Math.round(item.tax_percent * 100);
  const pointsNet = mulDiv(pointsGross, 10_000, 10_000 + rate, 'nearest');
  const quantityMilli = Math.round(item.qty_ordered * 1000);
  return {
    lineId: String(item.item_id),
    kind: isGift(item) ? 'gift' : 'product',
    productNumber: item.sku,
    categoryIds: attributes?.category_ids ?? [],
    quantityMilli,
    refundedMilli: Math.min(quantityMilli, Math.round((item.qty_refunded + item.qty_canceled) * 1000)),
    grossMinor: grossAfter + pointsGross,
    netMinor: netAfter + pointsNet,
    pointsDiscountGrossMinor: pointsGross,
    pointsDiscountNetMinor: pointsNet,
  };
}

function redemptionOf(order: MagentoOrder): OrderRedemption | null {
  const loyalty = order.extension_attributes?.loyalty;
  const points = loyalty?.points ?? 0;
  return Number.isSafeInteger(points) && points > 0 ? { points, holdId: loyalty?.hold_id ?? null } : null;
}
