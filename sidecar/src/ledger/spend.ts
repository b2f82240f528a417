import type { Trx } from '../storage/transaction';
import type { EntryKind, Posting } from './entry';
import type { LockedMember } from './locked-member';
import { takeFromLots, type LotTake } from './lot';
import { creditPostings } from './movement';
import { postEntry, type PostContext } from './post-entry';

/** Points that buy something besides an order, or come back from it. */
export interface Spending {
  readonly kind: EntryKind;
  /** Idempotency key; what comes back finds its lots by the key it went under. */
  readonly sourceKey: string;
  readonly points: number;
  readonly occurredAt: string;
  readonly shopId: string | null;
  readonly decisionId: string;
}

/** Into `redeemed`, out of the lots in their order. @throws Error when they hold less: callers decide within what they hold */
export async function spendPoints(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  spending: Spending,
  lots: readonly LotTake[],
): Promise<void> {
  const { points, ...entry } = spending;
  const { takes, missing } = takeFromLots(lots, points);
  if (missing > 0) throw new Error(`${spending.sourceKey} lacks ${missing} points in lots`);
  await postEntry(trx, context, member, {
    ...entry,
    orderId: null,
    holdId: null,
    postings: [
      ...takes.map((take): Posting => ({ account: 'available', lotId: take.lotId, points: -take.points })),
      { account: 'redeemed', lotId: null, points },
    ],
  });
}

/** Back to the lots they came from, with the expiry these have; a debt is settled first. */
export async function returnPoints(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  spentKey: string,
  { points, ...entry }: Spending,
): Promise<void> {
  await postEntry(trx, context, member, {
    ...entry,
    orderId: null,
    holdId: null,
    postings: creditPostings(
      member,
      { account: 'redeemed', lotId: null, points: -points },
      await takesOf(trx, member.programmeId, spentKey),
    ),
  });
}

/** The books themselves say which lots an entry took from. */
async function takesOf(trx: Trx, programmeId: string, sourceKey: string): Promise<LotTake[]> {
  const rows = await trx
    .selectFrom('ledger_entry')
    .innerJoin('ledger_posting', 'ledger_posting.entry_id', 'ledger_entry.entry_id')
    .select(['lot_id', 'points'])
    .where('ledger_entry.programme_id', '=', programmeId)
    .where('source_key', '=', sourceKey)
    .where('account', '=', 'available')
    .orderBy('line')
    .execute();
  return rows.map(({ lot_id: lotId, points }) => ({ lotId: lotId ?? '', points: -points }));
}
