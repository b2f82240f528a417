import type { OrderSnapshot } from '../domain/order-snapshot';
import type { StaffRefund } from '../domain/staff-refund';
import type { TierMetric } from '../domain/programme';
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type OrderPosition = Row<'order_position'>;

export async function findPosition(db: Db, shopId: string, orderId: string): Promise<OrderPosition | undefined> {
  return db
    .selectFrom('order_position')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}

/** What the fence of an order looks at: read before the shop is asked, compared under the member's lock. */
export type PositionFence = Pick<OrderPosition, 'version' | 'member_id'>;

/** Null when the order was never seen. */
export async function positionFence(db: Db, shopId: string, orderId: string): Promise<PositionFence | null> {
  const fence = await db
    .selectFrom('order_position')
    .select(['version', 'member_id'])
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return fence ?? null;
}

/** Stores a position one version on. The member's lock is held, so a lost race is a fault, not an outcome. */
export async function savePosition(trx: Trx, position: OrderPosition): Promise<void> {
  if (position.version === 1) {
    if (!(await insertOnce(trx, 'order_position', position))) throw new Error(`order ${position.order_id} was opened twice`);
    return;
  }
  // Setting a key rewrites every index, even to the value it has.
  const { shop_id: shopId, order_id: orderId, ...changes } = position;
  const updated = await trx
    .updateTable('order_position')
    .set(changes)
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .where('version', '=', position.version - 1)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new Error(`order ${position.order_id} moved under its member's lock`);
}

export function storedSnapshot(position: OrderPosition): OrderSnapshot {
  return JSON.parse(position.snapshot) as OrderSnapshot;
}

export function storedStaffRefund(position: OrderPosition): StaffRefund | null {
  return position.staff_refunds === null ? null : (JSON.parse(position.staff_refunds) as StaffRefund);
}

/** By the number that people know; the latest when the shop has given it twice. */
export async function findByOrderNumber(db: Db, shopId: string, orderNumber: string): Promise<OrderPosition | undefined> {
  return db
    .selectFrom('order_position')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('order_number', '=', orderNumber)
    .orderBy('placed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Positions whose pending points are due, oldest first. */
export async function duePositions(db: Db, dueUntil: string, limit: number): Promise<OrderPosition[]> {
  return db
    .selectFrom('order_position')
    .selectAll()
    .where('released', '=', 0)
    .where('release_at', '<=', dueUntil)
    .orderBy('release_at')
    .orderBy('order_id')
    .limit(limit)
    .execute();
}

/** The same for one member, strictly before an instant: what must be settled before an order placed then is judged. */
export async function memberDuePositions(trx: Trx, memberId: string, before: string): Promise<OrderPosition[]> {
  return trx
    .selectFrom('order_position')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('released', '=', 0)
    .where('release_at', '<', before)
    .orderBy('release_at')
    .orderBy('order_id')
    .limit(500)
    .execute();
}

const METRIC_COLUMNS = {
  turnover: 'turnover_minor',
  orders: 'qualifying_orders',
  items: 'qualifying_items',
  points: 'qualifying_points',
} as const satisfies Record<TierMetric, string>;

/** Sum of a metric over orders that became final in (from, until]. */
export async function qualifyingTotal(
  db: Db,
  memberId: string,
  metric: TierMetric,
  from: string,
  until: string,
): Promise<number> {
  return (await qualifyingTotals(db, [memberId], metric, from, until)).get(memberId) ?? 0;
}

/** The same for several members at once; those without such orders are absent. */
export async function qualifyingTotals(
  db: Db,
  memberIds: readonly string[],
  metric: TierMetric,
  from: string,
  until: string,
): Promise<ReadonlyMap<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('order_position')
    .select((eb) => ['member_id', eb.fn.sum(METRIC_COLUMNS[metric]).as('total')])
    .where('member_id', 'in', memberIds)
    .where('release_at', '>', from)
    .where('release_at', '<=', until)
    .groupBy('member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, toInteger(row.total)]));
}
