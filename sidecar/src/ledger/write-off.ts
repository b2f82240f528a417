import type { Trx } from '../storage/transaction';
import type { Posting } from './entry';
import type { LockedMember } from './locked-member';
import { postEntry, type PostContext } from './post-entry';
import { openShares } from './transfer';

const LOTS_PER_ENTRY = 500;

export interface WriteOff {
  /** Prefix of the entries' idempotency keys. */
  readonly sourceKey: string;
  readonly occurredAt: string;
  readonly decisionId: string;
}

/** Everything a member has expires, and what they owe is forgiven. Nothing may be held. */
export async function writeOff(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  { sourceKey, ...why }: WriteOff,
): Promise<void> {
  const shares = (await openShares(trx, member)).filter((share) => share.pending + share.available > 0);
  const post = (suffix: string, postings: readonly Posting[]): Promise<string> =>
    postEntry(trx, context, member, {
      kind: 'erasure',
      sourceKey: `${sourceKey}:${suffix}`,
      ...why,
      shopId: null,
      orderId: null,
      holdId: null,
      postings,
    });
  for (let start = 0; start < shares.length; start += LOTS_PER_ENTRY) {
    const part = shares.slice(start, start + LOTS_PER_ENTRY);
    const leaving = part.flatMap(({ lotId, pending, available }): Posting[] => [
      ...(pending === 0 ? [] : [{ account: 'pending' as const, lotId, points: -pending }]),
      ...(available === 0 ? [] : [{ account: 'available' as const, lotId, points: -available }]),
    ]);
    const points = leaving.reduce((sum, posting) => sum - posting.points, 0);
    await post(String(start / LOTS_PER_ENTRY + 1), [...leaving, { account: 'expired', lotId: null, points }]);
  }
  const { debt } = member;
  if (debt === 0) return;
  await post('debt', [
    { account: 'debt', lotId: null, points: debt },
    { account: 'adjusted', lotId: null, points: -debt },
  ]);
}
