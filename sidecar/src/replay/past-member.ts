/** What the books know of a member's past, in the plain form that a replay reads. */
import type { MonthDay } from '../domain/occasion';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { ReferralVerdict } from '../domain/referral';

export interface PastOrder {
  readonly snapshot: OrderSnapshot;
  /** As the order was pinned: segments are taken from history. */
  readonly segments: readonly string[];
}

/** What a member did that may earn points; what was taken back is still a try. */
export interface PastEvent {
  readonly eventId: string;
  readonly kind: string;
  readonly activity: string | null;
  readonly subject: string | null;
  readonly shopId: string | null;
  readonly channelId: string | null;
  readonly occurredAt: string;
  readonly data: unknown;
  readonly isRevoked: boolean;
}

/** A friend's first order, seen from both sides. */
export interface PastReferral {
  readonly side: 'referrer' | 'friend';
  readonly friendId: string;
  readonly createdAt: string;
  readonly snapshot: OrderSnapshot;
  /** Cancelled, or everything came back. */
  readonly isGone: boolean;
  /** Of the signals, as it was weighed then; null = nobody looked. */
  readonly score: number | null;
  readonly verdict: ReferralVerdict | null;
}

export interface PastSegment {
  readonly code: string;
  readonly from: string;
  /** Exclusive; null = still in it. */
  readonly until: string | null;
}

/** What is known of a member beside their orders. */
export interface PastFacts {
  readonly hasAccount: boolean;
  readonly birthday: MonthDay | null;
  readonly segments: readonly PastSegment[];
  /** By time, oldest first. */
  readonly events: readonly PastEvent[];
  readonly referrals: readonly PastReferral[];
  /** The one that staff gave and that the books still keep. */
  readonly manualTier: { readonly tier: string; readonly setAt: string; readonly endsAt: string | null } | null;
}

export interface PastMember {
  readonly joinedAt: string;
  /** By placement, oldest first. */
  readonly orders: readonly PastOrder[];
  readonly facts: PastFacts;
}

/** Of somebody the books know by orders alone. */
export const NO_FACTS: PastFacts = {
  hasAccount: false,
  birthday: null,
  segments: [],
  events: [],
  referrals: [],
  manualTier: null,
};

/** The time that is replayed, both ends inclusive. */
export interface PastPeriod {
  readonly from: string;
  readonly until: string;
}
