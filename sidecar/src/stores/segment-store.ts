/** Which members belong to which segments, and what decides about it. */
import { addDays } from '../domain/instant';
import type { OrderSums, SegmentFacts } from '../domain/segment';
import type { Row } from '../storage/tables';
import { toInteger, type Db, type Trx } from '../storage/transaction';
import { plansAt } from './membership-store';

/** Segments of a member at an instant, and paid memberships, which are as good as segments to every rule. */
export async function segmentsAt(db: Db, memberId: string, at: string): Promise<string[]> {
  const rows = await db
    .selectFrom('member_segment')
    .select('code')
    .where('member_id', '=', memberId)
    .where('entered_at', '<=', at)
    .where((eb) => eb.or([eb('left_at', 'is', null), eb('left_at', '>', at)]))
    .unionAll(
      db
        .selectFrom('membership_spell')
        .select('segment_code as code')
        .where('member_id', '=', memberId)
        .where('starts_at', '<=', at)
        .where('grace_ends_at', '>', at),
    )
    .execute();
  return rows.map(({ code }) => code).sort();
}

/** Present segments of several members; those in none are absent. */
export async function presentSegments(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  if (memberIds.length === 0) return found;
  const rows = await db
    .selectFrom('member_segment')
    .select(['member_id', 'code'])
    .where('member_id', 'in', memberIds)
    .where('left_at', 'is', null)
    .orderBy('code')
    .execute();
  for (const row of rows) found.set(row.member_id, [...(found.get(row.member_id) ?? []), row.code]);
  return found;
}

export interface SegmentMove {
  readonly programmeId: string;
  readonly memberId: string;
  readonly entered: readonly string[];
  readonly left: readonly string[];
  readonly at: string;
  readonly decisionId: string;
}

/** The member is locked. */
export async function saveSegmentMove(
  trx: Trx,
  { programmeId, memberId, entered, left, at, decisionId }: SegmentMove,
): Promise<void> {
  if (left.length > 0) {
    await trx
      .updateTable('member_segment')
      .set({ left_at: at })
      .where('member_id', '=', memberId)
      .where('code', 'in', left)
      .where('left_at', 'is', null)
      .execute();
  }
  for (const code of entered) {
    // Who left and comes back within the same instant has not been away.
    const again = await trx
      .updateTable('member_segment')
      .set({ left_at: null, decision_id: decisionId })
      .where('member_id', '=', memberId)
      .where('code', '=', code)
      .where('entered_at', '=', at)
      .executeTakeFirst();
    if (again.numUpdatedRows > 0n) continue;
    await trx
      .insertInto('member_segment')
      .values({ programme_id: programmeId, member_id: memberId, code, entered_at: at, left_at: null, decision_id: decisionId })
      .execute();
  }
}

const NO_SUMS: OrderSums = { turnover: 0, orders: 0, items: 0, points: 0, redeemed: 0 };

/**
 * What segments look at, for a page of members: one statement a window, and four more.
 * @param windows in days; null = ever
 */
export async function segmentFacts(
  db: Db,
  members: readonly Row<'member'>[],
  windows: readonly (number | null)[],
  asOf: string,
): Promise<ReadonlyMap<string, SegmentFacts>> {
  if (members.length === 0) return new Map();
  const memberIds = members.map((row) => row.member_id);
  const sums = new Map<number | null, ReadonlyMap<string, OrderSums>>();
  for (const days of windows) sums.set(days, await orderSums(db, memberIds, days, asOf));
  const spans = await orderSpans(db, memberIds, asOf);
  const groups = await customerGroups(db, memberIds);
  const plans = await plansAt(db, memberIds, asOf);
  const balances = await availablePoints(db, memberIds);
  return new Map(
    members.map((row): [string, SegmentFacts] => {
      const span = spans.get(row.member_id);
      const facts: SegmentFacts = {
        asOf,
        joinedAt: row.joined_at,
        tier: row.tier,
        customerGroups: groups.get(row.member_id) ?? [],
        memberships: plans.get(row.member_id) ?? [],
        balance: balances.get(row.member_id) ?? 0,
        rewardedReferrals: row.rewarded_referrals,
        firstOrderAt: span?.first ?? null,
        lastOrderAt: span?.last ?? null,
        orderCount: span?.count ?? 0,
        sums: (days) => sums.get(days)?.get(row.member_id) ?? NO_SUMS,
      };
      return [row.member_id, facts];
    }),
  );
}

/** Of orders that became final in the window. */
async function orderSums(db: Db, memberIds: readonly string[], days: number | null, asOf: string) {
  let query = db
    .selectFrom('order_position')
    .select((eb) => [
      'member_id',
      eb.fn.sum('turnover_minor').as('turnover'),
      eb.fn.sum('qualifying_orders').as('orders'),
      eb.fn.sum('qualifying_items').as('items'),
      eb.fn.sum('qualifying_points').as('points'),
      eb.fn.sum('redeemed_points').as('redeemed'),
    ])
    .where('member_id', 'in', memberIds)
    .where('release_at', '<=', asOf)
    .groupBy('member_id');
  if (days !== null) query = query.where('release_at', '>', addDays(asOf, -days));
  const rows = await query.execute();
  return new Map(
    rows.map(({ member_id: memberId, ...row }): [string, OrderSums] => [
      memberId,
      {
        turnover: toInteger(row.turnover),
        orders: toInteger(row.orders),
        items: toInteger(row.items),
        points: toInteger(row.points),
        redeemed: toInteger(row.redeemed),
      },
    ]),
  );
}

/** First and last order that counts, paid or not, and how many there are. */
async function orderSpans(db: Db, memberIds: readonly string[], asOf: string) {
  const rows = await db
    .selectFrom('order_position')
    .select((eb) => [
      'member_id',
      eb.fn.min('placed_at').as('first'),
      eb.fn.max('placed_at').as('last'),
      eb.fn.count('order_id').as('count'),
    ])
    .where('member_id', 'in', memberIds)
    .where('qualifying_orders', '>', 0)
    .where('placed_at', '<=', asOf)
    .groupBy('member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, { first: row.first, last: row.last, count: toInteger(row.count) }]));
}

async function customerGroups(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('member_identity')
    .select(['member_id', 'customer_group'])
    .distinct()
    .where('member_id', 'in', memberIds)
    .where('customer_group', 'is not', null)
    .orderBy('customer_group')
    .execute();
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(row.member_id, [...(found.get(row.member_id) ?? []), row.customer_group ?? '']);
  return found;
}

async function availablePoints(db: Db, memberIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('member_account')
    .select(['member_id', 'available'])
    .where('member_id', 'in', memberIds)
    .execute();
  return new Map(rows.map((row) => [row.member_id, row.available]));
}
