import type { ScopeSubject } from '../domain/scope';
import type { VoucherOffer } from '../domain/voucher';

/** Who a member is at a moment, as rules ask for it. */
export type PastStanding = Pick<ScopeSubject, 'tier' | 'segments'>;

/** What comes of a moment. */
export interface Gift {
  readonly points: number;
  readonly voucher: VoucherOffer | null;
}

export const NOTHING: Gift = { points: 0, voucher: null };

/** Something beside orders that may bring a member something; judged once, in the order of time. */
export interface Moment {
  readonly at: string;
  readonly judge: (standing: PastStanding) => Gift;
}
