import type { Reason } from '../domain/reason';
import type { EntryKind } from '../ledger/entry';
import { memberLedger } from '../ledger/queries';
import type { Db } from '../storage/transaction';

/** A change of a member's points as its owner understands it. */
export interface HistoryItem {
  readonly at: string;
  readonly kind: EntryKind;
  /** Change of what the member has, pending points included; 0 = points only became available. */
  readonly points: number;
  /** Points that became available with it. */
  readonly releasedPoints: number;
  readonly orderNumber: string | null;
  /** Why; only rules that applied. */
  readonly reasons: readonly Pick<Reason, 'code' | 'figures'>[];
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
  const reasons = await appliedReasons(
    db,
    shown.flatMap(({ decisionId }) => decisionId ?? []),
  );
  const items = shown.map(({ occurredAt, kind, orderId, decisionId, changes }): HistoryItem => {
    const { pending = 0, available = 0, held = 0, debt = 0 } = changes;
    return {
      at: occurredAt,
      kind: kind as EntryKind,
      points: pending + available + held + debt,
      releasedPoints: kind === 'release' ? available : 0,
      orderNumber: orderId === null ? null : (numbers.get(orderId) ?? null),
      reasons: decisionId === null ? [] : (reasons.get(decisionId) ?? []),
    };
  });
  return { items, next: lines.length < limit ? null : (lines.at(-1)?.seq ?? null) };
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

async function appliedReasons(db: Db, decisionIds: readonly string[]): Promise<Map<string, HistoryItem['reasons']>> {
  if (decisionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('decision')
    .select(['decision_id', 'reasons'])
    .where('decision_id', 'in', [...new Set(decisionIds)])
    .execute();
  return new Map(
    rows.map((row) => {
      const applied = (JSON.parse(row.reasons) as Reason[]).filter((one) => one.applied);
      return [row.decision_id, applied.map(({ code, figures }) => ({ code, figures }))];
    }),
  );
}
