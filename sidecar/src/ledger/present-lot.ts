import { sha256Hex } from '../storage/canonical-json';
import type { Trx } from '../storage/transaction';
import type { Posting } from './entry';
import type { LockedMember } from './locked-member';

/** Where the points of a lot are that another member opened. */
export interface MovedLot {
  readonly lotId: string;
  readonly originLotId: string;
  /** Of the lot they come from, for when they have not been here before. */
  readonly earnedAt: string;
  readonly expiresAt: string | null;
}

/**
 * Postings belong to whoever they were posted for, so points that come from another member sit in a lot of their own. Orders,
 * holds and rewards go on naming the lot they know; this says which one they mean. Lots that are the member's own, or
 * that nobody has opened yet, are absent.
 */
export async function movedLots(
  trx: Trx,
  member: LockedMember,
  lotIds: readonly string[],
): Promise<ReadonlyMap<string, MovedLot>> {
  if (!member.movedLots || lotIds.length === 0) return new Map();
  const named = await trx
    .selectFrom('lot')
    .select(['lot_id', 'member_id', 'origin_lot_id', 'earned_at', 'expires_at'])
    .where('lot_id', 'in', [...new Set(lotIds)])
    .execute();
  const foreign = named.filter((lot) => lot.member_id !== member.memberId);
  if (foreign.length === 0) return new Map();
  const own = await ownLots(
    trx,
    member,
    foreign.map((lot) => lot.origin_lot_id ?? lot.lot_id),
  );
  return new Map(
    foreign.map((lot): [string, MovedLot] => {
      const originLotId = lot.origin_lot_id ?? lot.lot_id;
      const lotId = own.has(originLotId) ? originLotId : `moved:${sha256Hex(`${member.memberId}:${originLotId}`)}`;
      return [lot.lot_id, { lotId, originLotId, earnedAt: lot.earned_at, expiresAt: lot.expires_at }];
    }),
  );
}

/** Points that went away and came back are where they were. */
async function ownLots(trx: Trx, member: LockedMember, lotIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('lot')
    .select('lot_id')
    .where('lot_id', 'in', [...new Set(lotIds)])
    .where('member_id', '=', member.memberId)
    .execute();
  return new Set(rows.map((row) => row.lot_id));
}

export function inMovedLots(postings: readonly Posting[], moved: ReadonlyMap<string, MovedLot>): readonly Posting[] {
  if (moved.size === 0) return postings;
  return postings.map((posting) => {
    const lot = posting.lotId === null ? undefined : moved.get(posting.lotId);
    return lot ? { ...posting, lotId: lot.lotId } : posting;
  });
}
