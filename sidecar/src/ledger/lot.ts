import type { Db, Trx } from '../storage/transaction';
import type { LockedMember } from './locked-member';
import { movedLots } from './present-lot';

export interface LotTake {
  readonly lotId: string;
  readonly points: number;
}

/** Takes points from lots in the given order. `missing` is what they don't cover. */
export function takeFromLots(lots: readonly LotTake[], points: number): { takes: LotTake[]; missing: number } {
  const takes: LotTake[] = [];
  let missing = points;
  for (const lot of lots) {
    if (missing === 0) break;
    const taken = Math.min(lot.points, missing);
    if (taken <= 0) continue;
    takes.push({ lotId: lot.lotId, points: taken });
    missing -= taken;
  }
  return { takes, missing };
}

/** A member's spendable lots, soonest expiry first, never-expiring last; lots past their expiry are left out. */
export async function spendableLots(db: Db, member: Pick<LockedMember, 'memberId'>, asOf: string): Promise<LotTake[]> {
  const rows = await db
    .selectFrom('lot')
    .select(['lot_id', 'available', 'expires_at', 'earned_at'])
    .where('member_id', '=', member.memberId)
    .where('open', '=', 1)
    .where('available', '>', 0)
    .execute();
  return rows
    .filter((row) => row.expires_at === null || row.expires_at > asOf)
    .sort(byExpiry)
    .map((row) => ({ lotId: row.lot_id, points: row.available }));
}

/** All available points by lot, expired or not: what a clawback may take. */
export async function availableLots(trx: Trx, member: LockedMember): Promise<LotTake[]> {
  return spendableLots(trx, member, '');
}

/** The same, one lot first: what is taken back comes out of what was given, so that other lots keep their expiry. */
export async function clawbackLots(trx: Trx, member: LockedMember, ownLot: string): Promise<LotTake[]> {
  const lots = await availableLots(trx, member);
  const own = (await movedLots(trx, member, [ownLot])).get(ownLot)?.lotId ?? ownLot;
  return [...lots.filter((lot) => lot.lotId === own), ...lots.filter((lot) => lot.lotId !== own)];
}

interface LotOrder {
  readonly lot_id: string;
  readonly expires_at: string | null;
  readonly earned_at: string;
}

function byExpiry(left: LotOrder, right: LotOrder): number {
  const never = '9999';
  return (
    compare(left.expires_at ?? never, right.expires_at ?? never) ||
    compare(left.earned_at, right.earned_at) ||
    compare(left.lot_id, right.lot_id)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The next points to expire and when; null when nothing expires. */
export async function nextExpiry(db: Db, memberId: string, asOf: string): Promise<{ points: number; at: string } | null> {
  const rows = await db
    .selectFrom('lot')
    .select(['available', 'expires_at'])
    .where('member_id', '=', memberId)
    .where('open', '=', 1)
    .where('available', '>', 0)
    .where('expires_at', '>', asOf)
    .orderBy('expires_at')
    .limit(20)
    .execute();
  const at = rows[0]?.expires_at;
  if (at === undefined || at === null) return null;
  const points = rows.filter((row) => row.expires_at === at).reduce((sum, row) => sum + row.available, 0);
  return { points, at };
}
