import type { OrderSnapshot } from '../domain/order-snapshot';
import type { StaffRefund } from '../domain/staff-refund';
import type { QualifyingTotals } from '../domain/qualifying';
import type { CountedOrder } from '../domain/volume';
import type { ExpressionBuilder } from 'kysely';
import type { Row, Tables } from '../storage/tables';
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

/** Orders that a member placed with one account of a shop, in the order of their ids. Not limited: each counts. */
export async function orderIdsOfCustomer(db: Db, memberId: string, shopId: string, customerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('order_position')
    .select(['order_id', 'snapshot'])
    .where('member_id', '=', memberId)
    .where('shop_id', '=', shopId)
    .orderBy('order_id')
    .execute();
  return rows.filter((row) => (JSON.parse(row.snapshot) as OrderSnapshot).customerId === customerId).map((row) => row.order_id);
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

/** Orders placed since an instant that earned nothing because their buyer had not accepted the terms, oldest first. */
export async function unacceptedPositions(trx: Trx, memberId: string, since: string): Promise<OrderPosition[]> {
  return trx
    .selectFrom('order_position')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('placed_at', '>=', since)
    .where('pinned', 'like', '%"isUnaccepted":true%')
    .orderBy('placed_at')
    .orderBy('order_id')
    .limit(500)
    .execute();
}

/** What counts of several members at once, of orders that became final in (after, until]; those without such orders are absent. */
export async function qualifyingTotals(
  db: Db,
  memberIds: readonly string[],
  after: string,
  until: string,
): Promise<ReadonlyMap<string, QualifyingTotals>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('order_position')
    .select((eb) => ['member_id', ...qualifyingSums(eb)])
    .where('member_id', 'in', memberIds)
    .where('release_at', '>', after)
    .where('release_at', '<=', until)
    .groupBy('member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, totalsOf(row)]));
}

/** Columns that `totalsOf` reads. */
export function qualifyingSums(eb: ExpressionBuilder<Tables, 'order_position'>) {
  return [
    eb.fn.sum('turnover_minor').as('turnover'),
    eb.fn.sum('qualifying_orders').as('orders'),
    eb.fn.sum('qualifying_items').as('items'),
    eb.fn.sum('qualifying_points').as('points'),
  ] as const;
}

export function totalsOf(row: Readonly<Record<'turnover' | 'orders' | 'items' | 'points', unknown>>): QualifyingTotals {
  const { turnover, orders, items, points } = row;
  return { turnoverMinor: toInteger(turnover), orders: toInteger(orders), items: toInteger(items), points: toInteger(points) };
}

/**
 * Orders of a member that were released, by release, from an instant on and before another; all of them without one. Not
 * limited: each counts.
 */
export async function countedOrders(
  db: Db,
  memberId: string,
  span: { readonly start?: string | undefined; readonly end?: string | undefined },
): Promise<CountedOrder[]> {
  let query = db
    .selectFrom('order_position')
    .select(['release_at', 'turnover_minor', 'qualifying_orders', 'qualifying_items', 'qualifying_points'])
    .where('member_id', '=', memberId)
    .where('released', '=', 1)
    .orderBy('release_at')
    .orderBy('order_id');
  if (span.start !== undefined) query = query.where('release_at', '>=', span.start);
  if (span.end !== undefined) query = query.where('release_at', '<', span.end);
  const rows = await query.execute();
  return rows.flatMap((row) =>
    row.release_at === null
      ? []
      : {
          releaseAt: row.release_at,
          totals: {
            turnoverMinor: row.turnover_minor,
            orders: row.qualifying_orders,
            items: row.qualifying_items,
            points: row.qualifying_points,
          },
        },
  );
}
