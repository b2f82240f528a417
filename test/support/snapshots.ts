import type { OrderLine, OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';

/** Three units for 100.00 EUR gross. */
export function orderLine(change: Partial<OrderLine> = {}): OrderLine {
  return {
    lineId: 'l1',
    kind: 'product',
    productNumber: 'SKU-1',
    categoryIds: [],
    quantityMilli: 3000,
    refundedMilli: 0,
    grossMinor: 10_000,
    netMinor: 8403,
    pointsDiscountGrossMinor: 0,
    pointsDiscountNetMinor: 0,
    ...change,
  };
}

/** An unpaid order of customer `c1` in `shop-1`. */
export function orderSnapshot(change: Partial<OrderSnapshot> = {}): OrderSnapshot {
  return {
    shopId: 'shop-1',
    orderId: 'o1',
    orderNumber: '10001',
    customerId: 'c1',
    emailHash: 'e1',
    isGuest: false,
    customerGroup: null,
    currency: 'EUR',
    placedAt: '2026-03-01T10:00:00.000Z',
    paidAt: null,
    completedAt: null,
    paymentState: 'open',
    orderState: 'open',
    lines: [orderLine()],
    redemption: null,
    gifts: [],
    referralCode: null,
    refundNeedsReview: false,
    ...change,
  };
}
