/** The days on which members count for something. */
import type { ExpressionBuilder } from 'kysely';
import { localDate } from '../domain/calendar';
import type { Row, Tables } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';
import { memberMonths } from './measure-month-store';

export type MeasuredMember = Row<'measure_member'>;

/** Members that count: those that did not become part of another. Whoever was erased stays in the sums, where nobody is named. */
export function isCounted(eb: ExpressionBuilder<Tables, 'member'>) {
  const merges = eb.selectFrom('member_merge').select('absorbed_member_id');
  return eb.not(eb.exists(merges.whereRef('absorbed_member_id', '=', 'member.member_id')));
}

export interface CountedMembers {
  readonly members: MeasuredMember[];
  readonly months: Row<'measure_member_month'>[];
}

/** Days and months of members out of their rows; whoever became part of another has none. */
export async function countMembers(
  db: Db,
  memberIds: readonly string[],
  timeZoneOf: (programmeId: string) => string,
): Promise<CountedMembers> {
  const rows = await db
    .selectFrom('member')
    .select(['member_id', 'programme_id', 'joined_at'])
    .where(isCounted)
    .where('member_id', 'in', memberIds)
    .execute();
  const orders = await db
    .selectFrom('order_position')
    .select(['member_id', 'shop_id', 'placed_at'])
    .where('member_id', 'in', memberIds)
    .where('released', '=', 1)
    .where('qualifying_orders', '>', 0)
    .orderBy('placed_at')
    .orderBy('order_id')
    .execute();
  const counted: CountedMembers = { members: [], months: [] };
  for (const member of rows) {
    const timeZone = timeZoneOf(member.programme_id);
    const own = orders.filter((order) => order.member_id === member.member_id);
    counted.members.push(...daysOf(member, own, timeZone));
    const placedAt = own.map((order) => order.placed_at);
    counted.months.push(...memberMonths(member, placedAt, timeZone));
  }
  return counted;
}

type Joined = Pick<Row<'member'>, 'member_id' | 'programme_id' | 'joined_at'>;
type Placed = Pick<Row<'order_position'>, 'shop_id' | 'placed_at'>;

/** A row over all shops, and one for each shop. */
function daysOf(member: Joined, own: readonly Placed[], timeZone: string): MeasuredMember[] {
  const row = (shopId: string, joinedDay: string | null, [first, second]: readonly Placed[]): MeasuredMember => ({
    member_id: member.member_id,
    shop_id: shopId,
    programme_id: member.programme_id,
    joined_day: joinedDay,
    first_day: first ? localDate(first.placed_at, timeZone) : null,
    second_day: second ? localDate(second.placed_at, timeZone) : null,
  });
  const ofShop = (shopId: string): Placed[] => own.filter((order) => order.shop_id === shopId);
  const shops = [...new Set(own.map((order) => order.shop_id))].sort();
  return [row('', localDate(member.joined_at, timeZone), own), ...shops.map((shopId) => row(shopId, null, ofShop(shopId)))];
}

export async function measuredMembers(db: Db, memberIds: readonly string[]): Promise<MeasuredMember[]> {
  return db.selectFrom('measure_member').selectAll().where('member_id', 'in', memberIds).execute();
}

export async function replaceMembers(trx: Trx, gone: readonly MeasuredMember[], come: readonly MeasuredMember[]): Promise<void> {
  for (const { member_id: memberId, shop_id: shopId } of gone) {
    await trx.deleteFrom('measure_member').where('member_id', '=', memberId).where('shop_id', '=', shopId).execute();
  }
  if (come.length > 0) await trx.insertInto('measure_member').values(come).execute();
}
