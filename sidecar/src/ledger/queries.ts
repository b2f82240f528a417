import type { Row } from '../storage/tables';
import { toInteger, type Db } from '../storage/transaction';
import { memberAccounts, programmeAccounts, type Account } from './account';

export interface MemberBalance {
  readonly memberId: string;
  readonly pending: number;
  readonly available: number;
  readonly held: number;
  readonly debt: number;
  readonly version: number;
}

/** A member's balance; null when there is no such member. */
export async function memberBalance(db: Db, memberId: string): Promise<MemberBalance | null> {
  const row = await db
    .selectFrom('member_account')
    .select(['member_id', 'pending', 'available', 'held', 'debt', 'version'])
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    memberId: row.member_id,
    pending: row.pending,
    available: row.available,
    held: row.held,
    debt: row.debt,
    version: row.version,
  };
}

/** Balances of several members at once, by member. */
export async function accountsOf(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, Row<'member_account'>>> {
  const rows = await db.selectFrom('member_account').selectAll().where('member_id', 'in', memberIds).execute();
  return new Map(rows.map((row) => [row.member_id, row]));
}

/** When lots were earned and expire, by lot. */
export async function lotTimes(
  db: Db,
  lotIds: readonly string[],
): Promise<ReadonlyMap<string, { earnedAt: string; expiresAt: string | null }>> {
  if (lotIds.length === 0) return new Map();
  const rows = await db.selectFrom('lot').select(['lot_id', 'earned_at', 'expires_at']).where('lot_id', 'in', lotIds).execute();
  return new Map(rows.map((row) => [row.lot_id, { earnedAt: row.earned_at, expiresAt: row.expires_at }]));
}

export interface LedgerLine {
  readonly seq: number;
  readonly kind: string;
  readonly occurredAt: string;
  readonly orderId: string | null;
  readonly decisionId: string | null;
  /** Change of each account the entry touched. */
  readonly changes: Readonly<Partial<Record<Account, number>>>;
}

/** A page of a member's ledger, newest first; pass the last `seq` to go on. */
export async function memberLedger(db: Db, memberId: string, beforeSeq: number | null, limit: number): Promise<LedgerLine[]> {
  let query = db
    .selectFrom('ledger_entry')
    .select(['entry_id', 'seq', 'kind', 'occurred_at', 'order_id', 'decision_id'])
    .where('member_id', '=', memberId)
    .orderBy('seq', 'desc')
    .limit(limit);
  if (beforeSeq !== null) query = query.where('seq', '<', beforeSeq);
  return withChanges(db, await query.execute());
}

/** An entry of a programme's ledger. */
export interface ProgrammeLine extends LedgerLine {
  readonly entryId: string;
  readonly memberId: string;
  readonly shopId: string | null;
}

/** Entries of all members of a programme, in the order of their ids; pass the last id to go on. */
export async function programmeLedger(db: Db, programmeId: string, after: string, limit: number): Promise<ProgrammeLine[]> {
  const entries = await db
    .selectFrom('ledger_entry')
    .select(['entry_id', 'member_id', 'shop_id', 'seq', 'kind', 'occurred_at', 'order_id', 'decision_id'])
    .where('programme_id', '=', programmeId)
    .where('entry_id', '>', after)
    .orderBy('entry_id')
    .limit(limit)
    .execute();
  const lines = await withChanges(db, entries);
  return lines.map((line, index) => {
    const { entry_id: entryId = '', member_id: memberId = '', shop_id: shopId = null } = entries[index] ?? {};
    return { ...line, entryId, memberId, shopId };
  });
}

export async function countEntries(db: Db, programmeId: string): Promise<number> {
  const row = await db
    .selectFrom('ledger_entry')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  return toInteger(row?.count);
}

/** The latest entries of several members at once, newest first, by member; those of `hidden` kinds left out. */
export async function latestLedgers(
  db: Db,
  memberIds: readonly string[],
  hidden: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, LedgerLine[]>> {
  const [first, ...rest] = memberIds.map((memberId) => latestOf(db, memberId, hidden, limit));
  if (!first) return new Map();
  const entries = await rest
    .reduce((all, one) => all.unionAll(one), first)
    .orderBy('seq', 'desc')
    .execute();
  const lines = await withChanges(db, entries);
  const ledgers = new Map<string, LedgerLine[]>();
  entries.forEach(({ member_id: memberId }, index) => {
    const line = lines[index];
    if (line) ledgers.set(memberId, [...(ledgers.get(memberId) ?? []), line]);
  });
  return ledgers;
}

/** A limit per member needs a table of its own: in a union it would be the union's. */
function latestOf(db: Db, memberId: string, hidden: readonly string[], limit: number) {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('ledger_entry')
        .select(['entry_id', 'member_id', 'seq', 'kind', 'occurred_at', 'order_id', 'decision_id'])
        .where('member_id', '=', memberId)
        .where('kind', 'not in', hidden)
        .orderBy('seq', 'desc')
        .limit(limit)
        .as('latest'),
    )
    .selectAll();
}

type EntryRow = Pick<Row<'ledger_entry'>, 'entry_id' | 'seq' | 'kind' | 'occurred_at' | 'order_id' | 'decision_id'>;

async function withChanges(db: Db, entries: readonly EntryRow[]): Promise<LedgerLine[]> {
  if (entries.length === 0) return [];
  const postings = await db
    .selectFrom('ledger_posting')
    .select(['entry_id', 'account', 'points'])
    .where(
      'entry_id',
      'in',
      entries.map((entry) => entry.entry_id),
    )
    .execute();
  const changes = new Map<string, Partial<Record<Account, number>>>();
  for (const posting of postings) {
    const account = posting.account as Account;
    const change = changes.get(posting.entry_id) ?? {};
    change[account] = (change[account] ?? 0) + posting.points;
    changes.set(posting.entry_id, change);
  }
  return entries.map((entry) => ({
    seq: entry.seq,
    kind: entry.kind,
    occurredAt: entry.occurred_at,
    orderId: entry.order_id,
    decisionId: entry.decision_id,
    changes: changes.get(entry.entry_id) ?? {},
  }));
}

/** Sums of every account of a programme, from postings. `debt` is negative. */
export async function programmeTotals(db: Db, programmeId: string): Promise<Record<Account, number>> {
  const rows = await db
    .selectFrom('ledger_posting')
    .select((eb) => ['account', eb.fn.sum('points').as('points')])
    .where('programme_id', '=', programmeId)
    .groupBy('account')
    .execute();
  const totals = Object.fromEntries([...memberAccounts, ...programmeAccounts].map((account) => [account, 0]));
  for (const row of rows) totals[row.account] = toInteger(row.points);
  return totals as Record<Account, number>;
}
