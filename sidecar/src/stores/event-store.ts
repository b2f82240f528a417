import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { ActivityCounts } from '../domain/activity';
import type { Row, Tables } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type MemberEvent = Row<'member_event'>;

export async function findEvent(db: Db, programmeId: string, eventId: string): Promise<MemberEvent | undefined> {
  return db
    .selectFrom('member_event')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
}

/** False when another transaction was first with the id. */
export async function insertEvent(trx: Trx, event: MemberEvent): Promise<boolean> {
  return insertOnce(trx, 'member_event', event);
}

/** How often a member tried an activity by name; what was taken back still was a try. */
export async function attemptsAt(db: Db, memberId: string, kind: string, activity: string): Promise<number> {
  const found = await db
    .selectFrom('member_event')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('member_id', '=', memberId)
    .where('kind', '=', kind)
    .where('activity', '=', activity)
    .executeTakeFirst();
  return toInteger(found?.count);
}

/** The instant of the last event of its kind about a subject of a shop; null = there was none. */
export async function lastEventAbout(trx: Trx, shopId: string, kind: string, subject: string): Promise<string | null> {
  const found = await trx
    .selectFrom('member_event')
    .select((eb) => eb.fn.max('occurred_at').as('last'))
    .where('shop_id', '=', shopId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return found?.last ?? null;
}

/** Exact while the member's lock is held; a page that only shows them needs none. */
export async function rewardCounts(
  db: Db,
  { memberId, activity, localDay, subject }: { memberId: string; activity: string; localDay: string; subject: string | null },
): Promise<ActivityCounts> {
  const count = (eb: ExpressionBuilder<Tables, 'activity_reward'>, condition: Expression<SqlBool>) =>
    eb.fn.sum(eb.case().when(condition).then(1).else(0).end());
  const found = await db
    .selectFrom('activity_reward')
    .select((eb) => [
      eb.fn.countAll().as('ever'),
      count(eb, eb('local_day', '=', localDay)).as('today'),
      count(eb, subject === null ? eb('subject', 'is', null) : eb('subject', '=', subject)).as('aboutSubject'),
    ])
    .where('member_id', '=', memberId)
    .where('activity', '=', activity)
    .executeTakeFirst();
  const { ever, today, aboutSubject } = found ?? {};
  return { ever: toInteger(ever), today: toInteger(today), aboutSubject: toInteger(aboutSubject) };
}

export async function insertReward(trx: Trx, reward: Row<'activity_reward'>): Promise<void> {
  await trx.insertInto('activity_reward').values(reward).execute();
}

export async function rewardsOf(db: Db, programmeId: string, eventId: string): Promise<Row<'activity_reward'>[]> {
  return db
    .selectFrom('activity_reward')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('event_id', '=', eventId)
    .orderBy('activity')
    .execute();
}

/** Takes one of the rewards that are limited altogether. False when none is left. */
export async function takeOne(trx: Trx, programmeId: string, activity: string, limit: number): Promise<boolean> {
  await insertOnce(trx, 'activity_total', { programme_id: programmeId, activity, given: 0 });
  const taken = await trx
    .updateTable('activity_total')
    .set((eb) => ({ given: eb('given', '+', 1) }))
    .where('programme_id', '=', programmeId)
    .where('activity', '=', activity)
    .where('given', '<', limit)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** Takes the rewards of an event back, and gives each place among the limited back to whoever comes next. */
export async function revokeEvent(
  trx: Trx,
  programmeId: string,
  eventId: string,
  now: string,
): Promise<Row<'activity_reward'>[]> {
  const rewards = await rewardsOf(trx, programmeId, eventId);
  await trx
    .updateTable('member_event')
    .set({ revoked_at: now })
    .where('programme_id', '=', programmeId)
    .where('event_id', '=', eventId)
    .execute();
  await trx.deleteFrom('activity_reward').where('programme_id', '=', programmeId).where('event_id', '=', eventId).execute();
  for (const { activity } of rewards) {
    await trx
      .updateTable('activity_total')
      .set((eb) => ({ given: eb('given', '-', 1) }))
      .where('programme_id', '=', programmeId)
      .where('activity', '=', activity)
      .where('given', '>', 0)
      .execute();
  }
  return rewards;
}
