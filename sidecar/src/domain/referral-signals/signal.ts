import type { FraudHints } from '../order-snapshot';
import type { Reason } from '../reason';

/** What is known of a referral and what lies around it, when it is judged. */
export interface ReferralFacts {
  /** Of the friend's order; null when its shop says nothing. */
  readonly friend: FraudHints | null;
  /** Of the referrer's own latest orders. */
  readonly referrer: readonly FraudHints[];
  /** Keyed hashes of the referrer's addresses. */
  readonly referrerEmailHashes: readonly string[];
  /** Of orders of other friends of the same referrer. */
  readonly otherFriends: readonly FraudHints[];
  /** Whole minutes from the making of the code to the friend's order; null = unknown. */
  readonly minutesFromCode: number | null;
  /** Whole minutes from the friend's registration to the order; null for guests, or unknown. */
  readonly minutesFromRegistration: number | null;
  /** Other friends of the referrer who ordered less than an hour before or after. */
  readonly friendsWithinHour: number;
  /** Other friends whose referral is settled, and those whose order was cancelled or returned. */
  readonly settledFriends: number;
  readonly returnedFriends: number;
}

export interface Look {
  /** From 0, nothing to see, to 100. */
  readonly points: number;
  /** Plain figures that explain the points. */
  readonly figures: Reason['figures'];
}

/** One thing that speaks for fraud. */
export interface ReferralSignal {
  /** As the programme names its weight. */
  readonly code: string;
  /** Points of the score that 100 points of the signal are worth, unless the programme says otherwise. */
  readonly weight: number;
  look(facts: ReferralFacts): Look;
}

/** So many points for each match, never more than 100. */
export function pointsFor(matches: number, each: number): number {
  return Math.min(100, matches * each);
}
