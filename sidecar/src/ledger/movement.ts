import type { Account } from './account';
import type { Posting } from './entry';
import type { LockedMember } from './locked-member';
import { takeFromLots, type LotTake } from './lot';

/**
 * Postings for points that come to a member, from `source`. A debt is settled first; the rest becomes available in the
 * given lots, in order.
 */
export function creditPostings(member: LockedMember, source: Posting | null, lots: readonly LotTake[]): Posting[] {
  const total = lots.reduce((sum, lot) => sum + lot.points, 0);
  let settled = Math.min(member.debt, total);
  const postings: Posting[] = source ? [source] : [];
  if (settled > 0) postings.push({ account: 'debt', lotId: null, points: settled });
  for (const lot of lots) {
    const toDebt = Math.min(settled, lot.points);
    settled -= toDebt;
    if (lot.points > toDebt) postings.push({ account: 'available', lotId: lot.lotId, points: lot.points - toDebt });
  }
  return postings;
}

/**
 * Postings for points that leave a member, to `sink`: from the lots in order, and what they don't cover becomes debt.
 * Returns what was taken from where; debt is named by DEBT_LOT.
 */
export function debitPostings(
  sink: Account,
  lots: readonly LotTake[],
  points: number,
): { postings: Posting[]; takes: LotTake[] } {
  const { takes, missing } = takeFromLots(lots, points);
  const postings: Posting[] = takes.map((take) => ({ account: 'available' as const, lotId: take.lotId, points: -take.points }));
  if (missing > 0) postings.push({ account: 'debt', lotId: null, points: -missing });
  postings.push({ account: sink, lotId: null, points });
  return { postings, takes: missing > 0 ? [...takes, { lotId: DEBT_LOT, points: missing }] : takes };
}

/** Stands for the part of a redemption that no lot covered. */
export const DEBT_LOT = 'debt';
