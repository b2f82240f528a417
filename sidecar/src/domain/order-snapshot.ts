/**
 * What an order looks like in the shop at one moment, in the platform-neutral shape both normalisers produce.
 * Money in minor units of `currency`, quantities in thousandths (2.5 m of cloth = 2500), times ISO-8601 UTC.
 */
export type LineKind = 'product' | 'gift' | 'points' | 'discount' | 'other';

export interface OrderLine {
  /** Stable id of the line in the shop. */
  readonly lineId: string;
  readonly kind: LineKind;
  /** Shopware productNumber or Magento SKU; null for non-product lines. */
  readonly productNumber: string | null;
  readonly categoryIds: readonly string[];
  readonly quantityMilli: number;
  /** Units given back or cancelled so far, in thousandths; 0 <= refundedMilli <= quantityMilli. */
  readonly refundedMilli: number;
  /** Line value including tax, after every discount except points, for all ordered units; 0 for gifts. */
  readonly grossMinor: number;
  /** The same without tax. */
  readonly netMinor: number;
  /** Part of `grossMinor` that was paid with points (0 on all lines but products). */
  readonly pointsDiscountGrossMinor: number;
  readonly pointsDiscountNetMinor: number;
}

export type PaymentState = 'open' | 'paid' | 'partially_paid' | 'refunded' | 'partially_refunded' | 'failed' | 'cancelled';

export type OrderState = 'open' | 'completed' | 'cancelled';

export interface OrderRedemption {
  /** Points spent on the whole order as placed, before any refund. */
  readonly points: number;
  /** The hold that was placed at checkout, when the shop carried one. */
  readonly holdId: string | null;
}

export interface OrderGift {
  readonly ruleCode: string;
  readonly productNumber: string;
  readonly quantity: number;
}

/** Keyed hashes by which orders of one person are recognised; null = the shop does not say, or it says nothing. */
export interface FraudHints {
  /** Of postcode and street of delivery, however they are spelled. */
  readonly addressHash: string | null;
  /** Of the network address the order came from; some shops keep only the first part of it. */
  readonly deviceHash: string | null;
  /** Of the mailbox behind the e-mail: without tags, and without dots where the provider ignores them. */
  readonly emailCanonicalHash: string | null;
  /** Of the same without digits and separators at the end; null where too little is left to mean anything. */
  readonly emailStemHash: string | null;
  /** At a provider of mailboxes to throw away. */
  readonly isEmailDisposable: boolean;
}

export interface OrderSnapshot {
  readonly shopId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  /** Customer id in the shop; null for guests without an account. */
  readonly customerId: string | null;
  /** Keyed hash of the normalised e-mail; the e-mail itself never enters the domain. */
  readonly emailHash: string | null;
  readonly isGuest: boolean;
  readonly customerGroup: string | null;
  /** Part of the installation that the buyer's account belongs to; absent = that of the order. */
  readonly buyerShopId?: string;
  /** Sales channel or store view it came through; absent in snapshots from before it was read, and in sales outside the shop. */
  readonly channelId?: string | null;
  readonly currency: string;
  readonly placedAt: string;
  /** First moment of full payment; null while unpaid. Stays set after refunds. */
  readonly paidAt: string | null;
  readonly completedAt: string | null;
  readonly paymentState: PaymentState;
  readonly orderState: OrderState;
  readonly lines: readonly OrderLine[];
  readonly redemption: OrderRedemption | null;
  readonly gifts: readonly OrderGift[];
  /** Referral code from link or typed promotion, as the shop recorded it. */
  readonly referralCode: string | null;
  /** Codes of our vouchers that the order was paid with; absent = none. */
  readonly voucherCodes?: readonly string[];
  /** True when the shop says "partly refunded" but names no lines: staff must look, nothing is guessed. */
  readonly refundNeedsReview: boolean;
  /** Absent in snapshots from before there were any, and in sales outside the shop. */
  readonly fraudHints?: FraudHints | null;
}
