import { createHash } from 'node:crypto';
import type { Account } from './account';

export type EntryKind =
  | 'accrual'
  | 'release'
  | 'reversal'
  | 'clawback'
  | 'redemption'
  | 'redemption_return'
  | 'hold_placed'
  | 'hold_captured'
  | 'hold_released'
  | 'hold_expired'
  | 'expiry'
  | 'adjustment'
  | 'referral_reward'
  | 'friend_reward'
  | 'welcome'
  | 'volume_reward'
  | 'activity_reward'
  | 'occasion_reward'
  | 'lead_reward'
  | 'merge_out'
  | 'merge_in'
  | 'split_out'
  | 'split_in'
  | 'reward_redeemed'
  | 'reward_returned'
  | 'cashback_paid'
  | 'cashback_returned'
  | 'membership_welcome'
  | 'challenge_reward'
  | 'pooling'
  | 'erasure';

export interface Posting {
  readonly account: Account;
  /** Lot the points sit in; required on pending, available and held, absent elsewhere. */
  readonly lotId: string | null;
  readonly points: number;
}

export interface Entry {
  readonly programmeId: string;
  readonly memberId: string;
  readonly kind: EntryKind;
  /** Idempotency key, unique in the programme. */
  readonly sourceKey: string;
  readonly occurredAt: string;
  readonly shopId: string | null;
  readonly orderId: string | null;
  readonly holdId: string | null;
  readonly decisionId: string | null;
  readonly postings: readonly Posting[];
}

/** Hash before a member's first entry. */
export const CHAIN_START = '0'.repeat(64);

/** Links an entry to its predecessor: any later change of either is found by `verify`. */
export function entryHash(prevHash: string, seq: number, entry: Entry): string {
  const content = JSON.stringify([
    prevHash,
    seq,
    entry.programmeId,
    entry.memberId,
    entry.kind,
    entry.sourceKey,
    entry.occurredAt,
    entry.shopId,
    entry.orderId,
    entry.holdId,
    entry.decisionId,
    entry.postings.map((posting) => [posting.account, posting.lotId, posting.points]),
  ]);
  return createHash('sha256').update(content).digest('hex');
}
