/** What an order earned and spent so far, for people who ask about it. */
export interface OrderPoints {
  readonly orderNumber: string;
  readonly pending: number;
  readonly available: number;
  readonly redeemed: number;
  /** When pending points become available; null while unpaid. */
  readonly releaseAt: string | null;
  /** The shop says that something was refunded, and not what. */
  readonly needsReview: boolean;
}
