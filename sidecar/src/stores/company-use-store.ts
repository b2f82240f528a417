/** What buyers of companies ordered, reserved and spent. */
import type { QualifyingTotals } from '../domain/qualifying';
import type { Row } from '../storage/tables';
import { toInteger, type Db, type Trx } from '../storage/transaction';
import { qualifyingSums, totalsOf } from './position-store';

export type CompanyOrder = Row<'company_order'>;
export type CompanyHold = Row<'company_hold'>;

export async function insertCompanyOrder(trx: Trx, order: CompanyOrder): Promise<void> {
  await trx.insertInto('company_order').values(order).execute();
}

export async function findCompanyOrder(db: Db, shopId: string, orderId: string): Promise<CompanyOrder | undefined> {
  return db
    .selectFrom('company_order')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}

export async function insertCompanyHold(trx: Trx, hold: CompanyHold): Promise<void> {
  await trx.insertInto('company_hold').values(hold).execute();
}

export async function findCompanyHold(db: Db, holdId: string): Promise<CompanyHold | undefined> {
  return db.selectFrom('company_hold').selectAll().where('hold_id', '=', holdId).executeTakeFirst();
}

/** Points that buyers have reserved for orders under way, since an instant ('' = ever); absent = none. */
export async function pointsHeld(db: Db, memberIds: readonly string[], since: string): Promise<ReadonlyMap<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('company_hold')
    .innerJoin('hold', 'hold.hold_id', 'company_hold.hold_id')
    .select((eb) => ['company_hold.member_id', eb.fn.sum('hold.points').as('points')])
    .where('company_hold.member_id', 'in', memberIds)
    .where('company_hold.placed_at', '>=', since)
    .where('hold.status', '=', 'placed')
    .groupBy('company_hold.member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, toInteger(row.points)]));
}

/** What of buyers' orders placed since an instant is kept spent; absent = nothing. */
export async function pointsSpent(db: Db, memberIds: readonly string[], since: string): Promise<ReadonlyMap<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('company_order')
    .innerJoin('order_position', (join) =>
      join
        .onRef('order_position.shop_id', '=', 'company_order.shop_id')
        .onRef('order_position.order_id', '=', 'company_order.order_id'),
    )
    .select((eb) => ['company_order.member_id', eb.fn.sum('redeemed_points').as('points')])
    .where('company_order.member_id', 'in', memberIds)
    .where('company_order.placed_at', '>=', since)
    .groupBy('company_order.member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, toInteger(row.points)]));
}

/** What counts of all orders placed for companies that became final in (after, until], whoever has their points. */
export async function companyTotals(
  db: Db,
  companyIds: readonly string[],
  after: string,
  until: string,
): Promise<ReadonlyMap<string, QualifyingTotals>> {
  if (companyIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('company_order')
    .innerJoin('order_position', (join) =>
      join
        .onRef('order_position.shop_id', '=', 'company_order.shop_id')
        .onRef('order_position.order_id', '=', 'company_order.order_id'),
    )
    .select((eb) => ['company_id', ...qualifyingSums(eb)])
    .where('company_id', 'in', companyIds)
    .where('release_at', '>', after)
    .where('release_at', '<=', until)
    .groupBy('company_id')
    .execute();
  return new Map(rows.map((row) => [row.company_id, totalsOf(row)]));
}
