/** A sale outside the shop, as tills and tables tell it, and the order it is in the books. */
import type { OrderSnapshot } from './order-snapshot';

export const MAX_SALE_LINES = 1000;
export const MAX_SALE_MINOR = 1_000_000_000_000;
export const MAX_SALE_QUANTITY = 1_000_000;
export const SALE_DECIMALS = 3;
/** Of the till; unique in the shop. */
export const SALE_NUMBER = /^[\x21-\x7e]{1,48}$/;

export interface SaleLine {
  readonly lineId: string;
  readonly productNumber: string | null;
  readonly categoryIds: readonly string[];
  readonly quantity: number;
  /** Of the quantity. */
  readonly refundedQuantity: number;
  /** For the whole quantity, after discounts. */
  readonly grossMinor: number;
  readonly netMinor: number;
}

export interface SaleData {
  readonly number: string;
  readonly placedAt: string;
  /** Absent = as it was placed; null = not paid yet. */
  readonly paidAt?: string | null | undefined;
  readonly currency: string;
  readonly isCancelled: boolean;
  readonly lines: readonly SaleLine[];
  readonly referralCode: string | null;
}

/** Whose the sale is. */
export interface SaleBuyer {
  readonly shopId: string;
  /** Null = a guest. */
  readonly customerId: string | null;
  readonly emailHash: string | null;
  readonly customerGroup: string | null;
}

/** No shop gives such an id to an order of its own. */
export function saleOrderId(number: string): string {
  return `sale:${number}`;
}

export function saleOrder(data: SaleData, buyer: SaleBuyer): OrderSnapshot {
  const paidAt = data.paidAt === undefined ? data.placedAt : data.paidAt;
  return {
    shopId: buyer.shopId,
    orderId: saleOrderId(data.number),
    orderNumber: data.number,
    customerId: buyer.customerId,
    emailHash: buyer.emailHash,
    isGuest: buyer.customerId === null,
    customerGroup: buyer.customerGroup,
    currency: data.currency,
    placedAt: data.placedAt,
    paidAt,
    completedAt: paidAt,
    paymentState: paidAt === null ? 'open' : 'paid',
    orderState: data.isCancelled ? 'cancelled' : 'completed',
    lines: data.lines.map((line) => ({
      lineId: line.lineId,
      kind: 'product',
      productNumber: line.productNumber,
      categoryIds: line.categoryIds,
      quantityMilli: Math.round(line.quantity * 1000),
      refundedMilli: Math.round(line.refundedQuantity * 1000),
      grossMinor: line.grossMinor,
      netMinor: line.netMinor,
      pointsDiscountGrossMinor: 0,
      pointsDiscountNetMinor: 0,
    })),
    redemption: null,
    gifts: [],
    referralCode: data.referralCode,
    refundNeedsReview: false,
  };
}
