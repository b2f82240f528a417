/** Friends' first orders, and what was decided about each. */
import { localDate } from '../domain/calendar';
import { addMs, addMinutes } from '../domain/instant';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { Row } from '../storage/tables';
import { toInteger, type Db, type Trx } from '../storage/transaction';

export type Referral = Row<'referral'>;
/** Everything but the key. */
export type ReferralChange = Partial<Omit<Referral, 'programme_id' | 'friend_member_id'>>;

/** Enough to find out who sits behind one door, without reading a shop's history. */
const ORDERS_LOOKED_AT = 20;
const FRIENDS_LOOKED_AT = 50;
const HOUR_MINUTES = 60;
/** Every local day lies within so much of each of its instants. */
const DAY_AND_MORE_MS = 26 * 3_600_000;

export async function findReferral(db: Db, friendMemberId: string): Promise<Referral | undefined> {
  return db.selectFrom('referral').selectAll().where('friend_member_id', '=', friendMemberId).executeTakeFirst();
}

/** Referrals whose order can be judged by now, oldest first. */
export async function dueReferrals(db: Db, now: string, limit: number): Promise<Referral[]> {
  return db
    .selectFrom('referral')
    .selectAll()
    .where('status', '=', 'open')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('friend_member_id')
    .limit(limit)
    .execute();
}

/** Referrers with friends whom their shops do not show yet. */
export async function uncountedReferrers(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('referral')
    .select('referrer_member_id')
    .distinct()
    .where('status', '=', 'open')
    .where('counted', 'is', null)
    .orderBy('referrer_member_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.referrer_member_id);
}

/** Both members are locked. */
export async function changeReferral(trx: Trx, referral: Referral, change: ReferralChange): Promise<void> {
  await trx
    .updateTable('referral')
    .set(change)
    .where('programme_id', '=', referral.programme_id)
    .where('friend_member_id', '=', referral.friend_member_id)
    .execute();
}

/** Rewards the referrer has for other friends; `after` and `until` = when they were given, exclusive and inclusive. */
export async function rewardsGiven(
  db: Db,
  referral: Referral,
  span: { readonly after: string; readonly until: string } | null = null,
): Promise<number> {
  let query = db
    .selectFrom('referral')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('referrer_member_id', '=', referral.referrer_member_id)
    .where('friend_member_id', '!=', referral.friend_member_id)
    // One that is judged anew has its reward until the judgement.
    .where((eb) => eb.or([eb('status', '=', 'rewarded'), eb('rewarded_at', 'is not', null)]));
  if (span !== null) {
    query = query
      .where((eb) => eb(eb.fn.coalesce('rewarded_at', 'resolved_at'), '>', span.after))
      .where((eb) => eb(eb.fn.coalesce('rewarded_at', 'resolved_at'), '<=', span.until));
  }
  return toInteger((await query.executeTakeFirst())?.count);
}

/** Referrals of the same referrer and local day that came before this one, whatever became of them. */
export async function newEarlierThatDay(db: Db, referral: Referral, timeZone: string): Promise<number> {
  const { created_at: createdAt, friend_member_id: friendId } = referral;
  const rows = await db
    .selectFrom('referral')
    .select(['created_at', 'friend_member_id'])
    .where('referrer_member_id', '=', referral.referrer_member_id)
    .where('created_at', '>=', addMs(createdAt, -DAY_AND_MORE_MS))
    .where('created_at', '<=', createdAt)
    .execute();
  const day = localDate(createdAt, timeZone);
  return rows.filter(
    (row) =>
      localDate(row.created_at, timeZone) === day &&
      (row.created_at < createdAt || (row.created_at === createdAt && row.friend_member_id < friendId)),
  ).length;
}

/** What shops show of a referrer, and what segments look at. */
export async function referralFigures(
  db: Db,
  referrerId: string,
): Promise<{ pending: number; rewarded: number; points: number }> {
  const rows = await db
    .selectFrom('referral')
    .select((eb) => ['status', eb.fn.countAll().as('count'), eb.fn.sum('rewarded_points').as('points')])
    .where('referrer_member_id', '=', referrerId)
    .groupBy('status')
    .execute();
  const counted = (...statuses: Referral['status'][]): number =>
    rows.reduce((sum, row) => sum + (statuses.includes(row.status) ? toInteger(row.count) : 0), 0);
  return {
    pending: counted('open', 'review'),
    rewarded: counted('rewarded'),
    points: rows.reduce((sum, row) => sum + toInteger(row.points), 0),
  };
}

/** Latest orders of a member as their shops showed them. */
export async function latestSnapshots(db: Db, memberId: string): Promise<OrderSnapshot[]> {
  const rows = await db
    .selectFrom('order_position')
    .select('snapshot')
    .where('member_id', '=', memberId)
    .orderBy('placed_at', 'desc')
    .limit(ORDERS_LOOKED_AT)
    .execute();
  return rows.map(({ snapshot }) => JSON.parse(snapshot) as OrderSnapshot);
}

/** First orders of the referrer's other friends, the latest of them. */
export async function otherFriendsSnapshots(db: Db, referral: Referral): Promise<OrderSnapshot[]> {
  const rows = await otherFriends(db, referral)
    .select('order_position.snapshot')
    .orderBy('order_position.placed_at', 'desc')
    .orderBy('referral.friend_member_id')
    .limit(FRIENDS_LOOKED_AT)
    .execute();
  return rows.map(({ snapshot }) => JSON.parse(snapshot) as OrderSnapshot);
}

export async function friendsWithinHour(db: Db, referral: Referral, placedAt: string): Promise<number> {
  const row = await otherFriends(db, referral)
    .select((eb) => eb.fn.countAll().as('count'))
    .where('order_position.placed_at', '>', addMinutes(placedAt, -HOUR_MINUTES))
    .where('order_position.placed_at', '<', addMinutes(placedAt, HOUR_MINUTES))
    .executeTakeFirst();
  return toInteger(row?.count);
}

function otherFriends(db: Db, referral: Referral) {
  return db
    .selectFrom('referral')
    .innerJoin('order_position', (join) =>
      join.onRef('order_position.shop_id', '=', 'referral.shop_id').onRef('order_position.order_id', '=', 'referral.order_id'),
    )
    .where('referral.referrer_member_id', '=', referral.referrer_member_id)
    .where('referral.friend_member_id', '!=', referral.friend_member_id);
}

/** Other friends whose referral is settled, and those of them whose order came to nothing. */
export async function settledFriends(db: Db, referral: Referral): Promise<{ settled: number; returned: number }> {
  const rows = await db
    .selectFrom('referral')
    .select((eb) => ['reason', eb.fn.countAll().as('count')])
    .where('referrer_member_id', '=', referral.referrer_member_id)
    .where('friend_member_id', '!=', referral.friend_member_id)
    .where('status', 'in', ['rewarded', 'refused', 'reversed'])
    .groupBy('reason')
    .execute();
  const count = (wanted: (reason: string | null) => boolean): number =>
    rows.reduce((sum, row) => sum + (wanted(row.reason) ? toInteger(row.count) : 0), 0);
  return { settled: count(() => true), returned: count((reason) => reason === 'order_cancelled') };
}

/** When a code was made; null for one that is gone. */
export async function codeMadeAt(db: Db, programmeId: string, code: string): Promise<string | null> {
  const row = await db
    .selectFrom('referral_code')
    .select('created_at')
    .where('programme_id', '=', programmeId)
    .where('code', '=', code)
    .executeTakeFirst();
  return row?.created_at ?? null;
}
