import { addDays } from '../domain/instant';
import type { EntryKind, Posting } from '../ledger/entry';
import type { LockedMember } from '../ledger/locked-member';
import { clawbackLots } from '../ledger/lot';
import { creditPostings, debitPostings } from '../ledger/movement';
import { postEntry } from '../ledger/post-entry';
import type { Trx } from '../storage/transaction';
import type { OperationContext } from './context';

export interface Reward {
  /** Of the entry when points are given; taken back they are a `clawback`. */
  readonly kind: EntryKind;
  readonly sourceKey: string;
  /** Where its points sit, and where they are taken from first. */
  readonly lotId: string;
  /** Not 0; negative takes back. */
  readonly points: number;
  readonly occurredAt: string;
  readonly expireAfterDays: number | null;
  readonly shopId: string | null;
  readonly orderId: string | null;
  readonly decisionId: string;
}

/** Points that no order line earned: available at once, and taken back to the point, into debt where they are spent. */
export async function postReward(trx: Trx, context: OperationContext, member: LockedMember, reward: Reward): Promise<void> {
  const { lotId, points, occurredAt, expireAfterDays, shopId, orderId, decisionId } = reward;
  const source: Posting = { account: 'issued', lotId: null, points: -points };
  const postings =
    points > 0
      ? creditPostings(member, source, [{ lotId, points }])
      : debitPostings('issued', await clawbackLots(trx, member, lotId), -points).postings;
  const expiresAt = expireAfterDays === null ? null : addDays(occurredAt, expireAfterDays);
  const entry = { occurredAt, shopId, orderId, holdId: null, decisionId, postings, sourceKey: reward.sourceKey };
  await postEntry(
    trx,
    context,
    member,
    { ...entry, kind: points > 0 ? reward.kind : 'clawback' },
    points > 0 ? new Map([[lotId, { earnedAt: occurredAt, expiresAt }]]) : new Map(),
  );
}
