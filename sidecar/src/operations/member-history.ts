import type { HistoryLine } from '../domain/mirror';
import type { Reason } from '../domain/reason';
import { latestLedgers, memberLedger, type LedgerLine } from '../ledger/queries';
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import { pooledAccounts } from '../stores/company-store';
import { findDecisions } from '../stores/decision-store';

/** What decided a change, with the version it was decided under. */
export interface HistoryDecision {
  readonly kind: string;
  readonly inputs: unknown;
  readonly outcome: unknown;
  readonly reasons: readonly Reason[];
  readonly programmeVersionId: string | null;
}

/** A change of a member's points with what decided it. */
export interface HistoryItem extends HistoryLine {
  /** Null where none was kept. */
  readonly decision: HistoryDecision | null;
}

export interface HistoryPage {
  readonly items: readonly HistoryItem[];
  /** Pass back as `before`; null = no more. */
  readonly next: number | null;
}

/** Moves between available and held are the shop's business, not the shopper's. */
const HIDDEN: readonly string[] = ['hold_placed', 'hold_released', 'hold_expired'];

/** Newest first. */
export async function memberHistory(db: Db, memberId: string, before: number | null, limit: number): Promise<HistoryPage> {
  const lines = await memberLedger(db, memberId, before, limit);
  const shown = lines.filter(({ kind }) => !HIDDEN.includes(kind));
  const numbers = await orderNumbers(
    db,
    shown.flatMap(({ orderId }) => orderId ?? []),
  );
  const decisions = await decisionsOf(db, shown);
  const items = shown.map((line) => historyItem(line, numbers, decisions));
  return { items, next: lines.length < limit ? null : (lines.at(-1)?.seq ?? null) };
}

/** Shown on the shop's own page. */
const LATEST_SHOWN = 10;

/**
 * The latest changes of a shop's customers, newest first, by customer id.
 * @param told what is said of each; without it the bare line
 */
export async function recentHistory(
  db: Db,
  shopId: string,
  customerIds: readonly string[],
  told: (item: HistoryItem) => Promise<HistoryLine> | HistoryLine = bare,
): Promise<ReadonlyMap<string, readonly HistoryLine[]>> {
  if (customerIds.length === 0) return new Map();
  const members = await db
    .selectFrom('member_identity')
    .select(['customer_id', 'member_id'])
    .where('shop_id', '=', shopId)
    .where('customer_id', 'in', customerIds)
    .execute();
  const pooled = await pooledAccounts(
    db,
    members.map((member) => member.member_id),
  );
  const accountOf = (memberId: string): string => pooled.get(memberId) ?? memberId;
  const memberIds = [...new Set(members.map((member) => accountOf(member.member_id)))];
  const shown = await latestLedgers(db, memberIds, HIDDEN, LATEST_SHOWN);
  const numbers = await orderNumbers(
    db,
    [...shown.values()].flat().flatMap(({ orderId }) => orderId ?? []),
  );
  const decisions = await decisionsOf(db, [...shown.values()].flat());
  const linesOf = new Map<string, HistoryLine[]>();
  for (const [memberId, lines] of shown) {
    const said: HistoryLine[] = [];
    for (const line of lines) said.push(await told(historyItem(line, numbers, decisions)));
    linesOf.set(memberId, said);
  }
  return new Map(members.map((member) => [member.customer_id, linesOf.get(accountOf(member.member_id)) ?? []]));
}

function bare({ at, kind, points, releasedPoints, orderNumber }: HistoryItem): HistoryLine {
  return { at, kind, points, releasedPoints, orderNumber };
}

function historyItem(
  line: LedgerLine,
  numbers: ReadonlyMap<string, string>,
  decisions: Awaited<ReturnType<typeof decisionsOf>>,
): HistoryItem {
  return { ...historyLine(line, numbers), decision: opened(decisions.get(line.decisionId ?? '')) };
}

function decisionsOf(db: Db, lines: readonly LedgerLine[]) {
  return findDecisions(
    db,
    lines.flatMap(({ decisionId }) => decisionId ?? []),
  );
}

function historyLine({ occurredAt, kind, orderId, changes }: LedgerLine, numbers: ReadonlyMap<string, string>): HistoryLine {
  const { pending = 0, available = 0, held = 0, debt = 0 } = changes;
  return {
    at: occurredAt,
    kind,
    points: pending + available + held + debt,
    releasedPoints: kind === 'release' ? available : 0,
    orderNumber: orderId === null ? null : (numbers.get(orderId) ?? null),
  };
}

async function orderNumbers(db: Db, orderIds: readonly string[]): Promise<Map<string, string>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('order_position')
    .select(['order_id', 'order_number'])
    .where('order_id', 'in', [...new Set(orderIds)])
    .execute();
  return new Map(rows.map((row) => [row.order_id, row.order_number]));
}

function opened(row: Row<'decision'> | undefined): HistoryDecision | null {
  if (!row) return null;
  return {
    kind: row.kind,
    inputs: JSON.parse(row.inputs) as unknown,
    outcome: JSON.parse(row.outcome) as unknown,
    reasons: JSON.parse(row.reasons) as Reason[],
    programmeVersionId: row.programme_version_id,
  };
}
