import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';

export const BENCH_SHOP = 'shop-bench';
export const PLACED_AT = '2026-03-01T10:00:00.000Z';

/** An order of three lines, as a shop's API would answer; `state` 0 = placed, 1 = paid, 2 = one unit refunded. */
export function benchOrder(number: number, state: 0 | 1 | 2): OrderSnapshot {
  const customer = `customer-${number}`;
  return {
    shopId: BENCH_SHOP,
    orderId: `order-${number}`,
    orderNumber: String(10_000 + number),
    customerId: customer,
    emailHash: null,
    isGuest: false,
    customerGroup: 'retail',
    currency: 'EUR',
    placedAt: PLACED_AT,
    paidAt: state === 0 ? null : PLACED_AT,
    completedAt: null,
    paymentState: state === 0 ? 'open' : state === 1 ? 'paid' : 'partially_refunded',
    orderState: 'open',
    lines: [0, 1, 2].map((index) => ({
      lineId: `${number}-${index}`,
      kind: 'product',
      productNumber: `SKU-${index}`,
      categoryIds: ['category-1', 'category-2'],
      quantityMilli: 2000,
      refundedMilli: state === 2 && index === 0 ? 1000 : 0,
      grossMinor: 1999 + index * 700,
      netMinor: 1680 + index * 588,
      pointsDiscountGrossMinor: 0,
      pointsDiscountNetMinor: 0,
    })),
    redemption: null,
    gifts: [],
    referralCode: null,
    refundNeedsReview: false,
  };
}
