import type { Trx } from '../storage/transaction';
import type { EntryKind, Posting } from './entry';
import type { LockedMember } from './locked-member';
import { availableLots } from './lot';
import { creditPostings, debitPostings } from './movement';
import { postEntry, type LotTimes, type PostContext } from './post-entry';

/** What goes of one lot. */
export interface LotShare extends LotTimes {
  readonly lotId: string;
  readonly pending: number;
  readonly available: number;
  readonly held: number;
}

export interface Transfer {
  readonly out: EntryKind;
  readonly in: EntryKind;
  /** Prefix of the entries' idempotency keys. */
  readonly sourceKey: string;
  readonly occurredAt: string;
  /** Both sides name it: by it `verify` proves that what left one member came to the other. */
  readonly decisionId: string;
}

/** Half of what an entry may hold, as a lot may be on three accounts. */
const LOTS_PER_ENTRY = 500;

/** Everything a member's lots hold, in the order of their ids. */
export async function openShares(trx: Trx, member: LockedMember): Promise<LotShare[]> {
  const rows = await trx
    .selectFrom('lot')
    .selectAll()
    .where('member_id', '=', member.memberId)
    .where('open', '=', 1)
    .orderBy('lot_id')
    .execute();
  return rows.map((row) => ({
    lotId: row.lot_id,
    pending: row.pending,
    available: row.available,
    held: row.held,
    earnedAt: row.earned_at,
    expiresAt: row.expires_at,
  }));
}

/**
 * Moves points between two members whose locks are held: out of one by an entry, into the other by another, over
 * `transferred`. Each lot keeps its dates. What arrives settles a debt there first, as every credit does.
 */
export async function transferLots(
  trx: Trx,
  context: PostContext,
  { from, to }: { readonly from: LockedMember; readonly to: LockedMember },
  shares: readonly LotShare[],
  transfer: Transfer,
): Promise<void> {
  const moving = shares.filter((share) => share.pending + share.available + share.held > 0);
  if (moving.length === 0) return;
  await openToMoved(trx, to);
  for (let start = 0; start < moving.length; start += LOTS_PER_ENTRY) {
    const part = moving.slice(start, start + LOTS_PER_ENTRY);
    const points = part.reduce((sum, share) => sum + share.pending + share.available + share.held, 0);
    const suffix = String(start / LOTS_PER_ENTRY + 1);
    const leaving: Posting[] = part.flatMap((share) => onAccounts(share, -1));
    await post(trx, context, from, transfer, 'out', suffix, [...leaving, { ...VIA, points }]);
    const staying = part.flatMap((share) => onAccounts({ ...share, available: 0 }, 1));
    const spendable = part.filter((share) => share.available > 0).map(({ lotId, available }) => ({ lotId, points: available }));
    const arriving = [{ ...VIA, points: -points }, ...staying, ...creditPostings(to, null, spendable)];
    await post(trx, context, to, transfer, 'in', suffix, arriving, new Map(part.map((share) => [share.lotId, share])));
  }
}

/** Moves what a member owes; it is settled at once as far as the other has points. */
export async function transferDebt(
  trx: Trx,
  context: PostContext,
  { from, to }: { readonly from: LockedMember; readonly to: LockedMember },
  transfer: Transfer,
): Promise<void> {
  const points = from.debt;
  if (points === 0) return;
  await post(trx, context, from, transfer, 'out', 'debt', [
    { account: 'debt', lotId: null, points },
    { ...VIA, points: -points },
  ]);
  const { postings } = debitPostings('transferred', await availableLots(trx, to), points);
  await post(trx, context, to, transfer, 'in', 'debt', postings);
}

const VIA = { account: 'transferred', lotId: null } as const;

function onAccounts(share: LotShare, sign: 1 | -1): Posting[] {
  return (['pending', 'available', 'held'] as const).flatMap((account) =>
    share[account] === 0 ? [] : [{ account, lotId: share.lotId, points: sign * share[account] }],
  );
}

async function post(
  trx: Trx,
  context: PostContext,
  member: LockedMember,
  { occurredAt, decisionId, sourceKey, ...kinds }: Transfer,
  side: 'out' | 'in',
  suffix: string,
  postings: readonly Posting[],
  lots?: ReadonlyMap<string, LotTimes>,
): Promise<void> {
  const entry = { kind: kinds[side], sourceKey: `${sourceKey}:${side}:${suffix}`, occurredAt, decisionId, postings };
  await postEntry(trx, context, member, { ...entry, shopId: null, orderId: null, holdId: null }, lots);
}

/** From now on lots of others may be meant by what is posted for this member. */
export async function openToMoved(trx: Trx, member: LockedMember): Promise<void> {
  if (member.movedLots) return;
  await trx.updateTable('member_account').set({ moved_lots: 1 }).where('member_id', '=', member.memberId).execute();
  member.movedLots = true;
}
