import type { Row } from '../storage/tables';
import { toInteger, type Db } from '../storage/transaction';
import { isLotAccount, type Account } from './account';
import { CHAIN_START, entryHash, type Entry, type EntryKind, type Posting } from './entry';

export interface VerifyFigures {
  members: number;
  entries: number;
  postings: number;
  lots: number;
  /** Sum of each account over all programmes; together they are zero. */
  accounts: Record<string, number>;
}

export type VerifyResult =
  { readonly ok: true; readonly figures: VerifyFigures } | { readonly ok: false; readonly difference: string };

const MEMBERS_PER_PAGE = 200;

interface LotSums {
  pending: number;
  available: number;
  held: number;
}

/**
 * Rebuilds every balance and every lot from postings, proves each member's hash chain, that every entry sums to zero, and that
 * what left one member for another came there.
 * Stops at the first difference and names it. Reads in pages, so memory does not grow with the books.
 */
export async function verifyBooks(db: Db, onProgress: (members: number) => void = () => undefined): Promise<VerifyResult> {
  const figures: VerifyFigures = { members: 0, entries: 0, postings: 0, lots: 0, accounts: {} };
  let after = '';
  for (;;) {
    const accounts = await db
      .selectFrom('member_account')
      .selectAll()
      .where('member_id', '>', after)
      .orderBy('member_id')
      .limit(MEMBERS_PER_PAGE)
      .execute();
    if (accounts.length === 0) break;
    const difference = await verifyPage(db, accounts, figures);
    if (difference !== null) return { ok: false, difference };
    after = accounts[accounts.length - 1]?.member_id ?? after;
    onProgress(figures.members);
  }
  const stray = (await findStray(db)) ?? (await findStrayLot(db)) ?? (await findUnevenTransfer(db));
  if (stray !== null) return { ok: false, difference: stray };
  const total = Object.values(figures.accounts).reduce((sum, points) => sum + points, 0);
  if (total !== 0) return { ok: false, difference: `all accounts together sum to ${total}, not 0` };
  return { ok: true, figures };
}

async function verifyPage(db: Db, accounts: readonly Row<'member_account'>[], figures: VerifyFigures): Promise<string | null> {
  const ids = accounts.map((account) => account.member_id);
  const entries = await db
    .selectFrom('ledger_entry')
    .selectAll()
    .where('member_id', 'in', ids)
    .orderBy('member_id')
    .orderBy('seq')
    .execute();
  const postings = await db
    .selectFrom('ledger_posting')
    .selectAll()
    .where('member_id', 'in', ids)
    .orderBy('entry_id')
    .orderBy('line')
    .execute();
  const lots = await db.selectFrom('lot').selectAll().where('member_id', 'in', ids).execute();
  const postingsByEntry = groupBy(postings, (posting) => posting.entry_id);
  const entriesByMember = groupBy(entries, (entry) => entry.member_id);
  const lotsByMember = groupBy(lots, (lot) => lot.member_id);
  for (const account of accounts) {
    const difference = verifyMember(
      account,
      entriesByMember.get(account.member_id) ?? [],
      postingsByEntry,
      lotsByMember.get(account.member_id) ?? [],
      figures,
    );
    if (difference !== null) return `member ${account.member_id}: ${difference}`;
  }
  return null;
}

function verifyMember(
  account: Row<'member_account'>,
  entries: readonly Row<'ledger_entry'>[],
  postingsByEntry: ReadonlyMap<string, Row<'ledger_posting'>[]>,
  lots: readonly Row<'lot'>[],
  figures: VerifyFigures,
): string | null {
  const balances: Record<string, number> = { pending: 0, available: 0, held: 0, debt: 0 };
  const lotSums = new Map<string, LotSums>();
  let previousHash = CHAIN_START;
  let seq = 0;
  for (const entry of entries) {
    const postings = postingsByEntry.get(entry.entry_id) ?? [];
    seq += 1;
    const difference = verifyEntry(entry, postings, seq, previousHash);
    if (difference !== null) return difference;
    previousHash = entry.hash;
    for (const posting of postings) addPosting(posting, balances, lotSums, figures);
    figures.entries += 1;
    figures.postings += postings.length;
  }
  figures.members += 1;
  figures.lots += lots.length;
  return compareAccount(account, balances, seq, previousHash) ?? compareLots(lots, lotSums);
}

function verifyEntry(
  entry: Row<'ledger_entry'>,
  postings: readonly Row<'ledger_posting'>[],
  seq: number,
  previousHash: string,
): string | null {
  if (entry.seq !== seq) return `entry ${entry.entry_id} has number ${entry.seq}, expected ${seq}`;
  if (entry.prev_hash !== previousHash) return `entry ${entry.entry_id} (number ${seq}) does not link to its predecessor`;
  const sum = postings.reduce((total, posting) => total + posting.points, 0);
  if (sum !== 0) return `entry ${entry.entry_id} (number ${seq}) sums to ${sum}, not 0`;
  const hash = entryHash(previousHash, seq, toEntry(entry, postings));
  if (hash !== entry.hash) return `entry ${entry.entry_id} (number ${seq}) was changed: its hash does not match its content`;
  return null;
}

function toEntry(entry: Row<'ledger_entry'>, postings: readonly Row<'ledger_posting'>[]): Entry {
  return {
    programmeId: entry.programme_id,
    memberId: entry.member_id,
    kind: entry.kind as EntryKind,
    sourceKey: entry.source_key,
    occurredAt: entry.occurred_at,
    shopId: entry.shop_id,
    orderId: entry.order_id,
    holdId: entry.hold_id,
    decisionId: entry.decision_id,
    postings: postings.map((posting): Posting => ({
      account: posting.account as Account,
      lotId: posting.lot_id,
      points: posting.points,
    })),
  };
}

function addPosting(
  posting: Row<'ledger_posting'>,
  balances: Record<string, number>,
  lotSums: Map<string, LotSums>,
  figures: VerifyFigures,
): void {
  balances[posting.account] = (balances[posting.account] ?? 0) + posting.points;
  figures.accounts[posting.account] = (figures.accounts[posting.account] ?? 0) + posting.points;
  if (posting.lot_id === null || !isLotAccount(posting.account)) return;
  const sums = lotSums.get(posting.lot_id) ?? { pending: 0, available: 0, held: 0 };
  sums[posting.account] += posting.points;
  lotSums.set(posting.lot_id, sums);
}

function compareAccount(
  account: Row<'member_account'>,
  balances: Record<string, number>,
  entries: number,
  headHash: string,
): string | null {
  const expected = { ...balances, debt: -(balances['debt'] ?? 0) } as Record<string, number>;
  for (const name of ['pending', 'available', 'held', 'debt'] as const) {
    if (account[name] !== expected[name]) return `${name} is ${account[name]}, postings say ${expected[name]}`;
  }
  if (account.entry_count !== entries) return `entry count is ${account.entry_count}, there are ${entries}`;
  if (account.head_hash !== headHash) return 'chain head does not match the last entry';
  return null;
}

function compareLots(lots: readonly Row<'lot'>[], sums: ReadonlyMap<string, LotSums>): string | null {
  if (lots.length !== sums.size) return `${lots.length} lots stored, postings name ${sums.size}`;
  for (const lot of lots) {
    const expected = sums.get(lot.lot_id);
    if (!expected) return `lot ${lot.lot_id} has no postings`;
    for (const name of ['pending', 'available', 'held'] as const) {
      if (lot[name] !== expected[name]) return `lot ${lot.lot_id}: ${name} is ${lot[name]}, postings say ${expected[name]}`;
    }
    const open = expected.pending + expected.available + expected.held > 0 ? 1 : 0;
    if (lot.open !== open)
      return `lot ${lot.lot_id} is marked ${lot.open === 1 ? 'open' : 'closed'} but holds ${expected.available}`;
  }
  return null;
}

/** Entries or postings of members without an account would escape the paging above. */
async function findStray(db: Db): Promise<string | null> {
  const stray = await db
    .selectFrom('ledger_posting')
    .leftJoin('ledger_entry', 'ledger_entry.entry_id', 'ledger_posting.entry_id')
    .leftJoin('member_account', 'member_account.member_id', 'ledger_posting.member_id')
    .select(['ledger_posting.entry_id'])
    .where((eb) => eb.or([eb('ledger_entry.entry_id', 'is', null), eb('member_account.member_id', 'is', null)]))
    .limit(1)
    .executeTakeFirst();
  return stray ? `posting of entry ${stray.entry_id} belongs to no entry or member` : null;
}

/** Points that came from another member name the lot they came from. */
async function findStrayLot(db: Db): Promise<string | null> {
  const stray = await db
    .selectFrom('lot')
    .leftJoin('lot as origin', 'origin.lot_id', 'lot.origin_lot_id')
    .select('lot.lot_id')
    .where('lot.origin_lot_id', 'is not', null)
    .where('origin.lot_id', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return stray ? `lot ${stray.lot_id} came from a lot that is not there` : null;
}

/** Both entries of a transfer name one decision; over them `transferred` is zero. */
async function findUnevenTransfer(db: Db): Promise<string | null> {
  const uneven = await db
    .selectFrom('ledger_posting')
    .innerJoin('ledger_entry', 'ledger_entry.entry_id', 'ledger_posting.entry_id')
    .select((eb) => ['decision_id', eb.fn.sum('points').as('points')])
    .where('account', '=', 'transferred')
    .groupBy('decision_id')
    .having((eb) => eb.fn.sum('points'), '!=', 0)
    .limit(1)
    .executeTakeFirst();
  return uneven ? `transfer ${uneven.decision_id}: ${toInteger(uneven.points)} points left a member and did not arrive` : null;
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
