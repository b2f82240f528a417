import type { ExpressionBuilder } from 'kysely';
import type { MonthDay } from '../domain/occasion';
import type { Row, Tables } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

/** A page of members whose day it is, in the order of their ids; who was decided on for the year is left out. */
export interface DayQuery {
  readonly programmeId: string;
  readonly occasion: string;
  readonly year: number;
  readonly after: string;
  readonly limit: number;
}

export async function membersBornOn(db: Db, days: readonly MonthDay[], query: DayQuery): Promise<string[]> {
  const rows = await db
    .selectFrom('member_profile')
    .select('member_profile.member_id')
    .where('programme_id', '=', query.programmeId)
    .where((eb) => eb.or(days.map(({ month, day }) => eb.and([eb('birth_month', '=', month), eb('birth_day', '=', day)]))))
    .where('member_profile.member_id', '>', query.after)
    .where((eb) => eb.not(eb.exists(decidedOn(eb, 'member_profile.member_id', query))))
    .orderBy('member_profile.member_id')
    .limit(query.limit)
    .execute();
  return rows.map((row) => row.member_id);
}

export interface Span {
  /** Inclusive. */
  readonly start: string;
  /** Exclusive. */
  readonly end: string;
}

export async function membersJoinedIn(db: Db, spans: readonly Span[], query: DayQuery): Promise<string[]> {
  if (spans.length === 0) return [];
  const rows = await db
    .selectFrom('member')
    .select('member.member_id')
    .where('programme_id', '=', query.programmeId)
    .where((eb) => eb.or(spans.map(({ start, end }) => eb.and([eb('joined_at', '>=', start), eb('joined_at', '<', end)]))))
    .where('member.member_id', '>', query.after)
    .where((eb) => eb.not(eb.exists(decidedOn(eb, 'member.member_id', query))))
    .orderBy('member.member_id')
    .limit(query.limit)
    .execute();
  return rows.map((row) => row.member_id);
}

function decidedOn<T extends 'member' | 'member_profile'>(
  eb: ExpressionBuilder<Tables, T>,
  memberId: `${T}.member_id`,
  { occasion, year }: DayQuery,
) {
  return (eb as unknown as ExpressionBuilder<Tables, 'member'>)
    .selectFrom('occasion_reward')
    .select('occasion_reward.year')
    .whereRef('occasion_reward.member_id', '=', memberId as 'member.member_id')
    .where('occasion_reward.occasion', '=', occasion)
    .where('occasion_reward.year', '=', year);
}

/** When the first member of a programme joined; null = nobody did. */
export async function firstJoinedAt(db: Db, programmeId: string): Promise<string | null> {
  const found = await db
    .selectFrom('member')
    .select((eb) => eb.fn.min('joined_at').as('first'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  return found?.first ?? null;
}

export async function memberIdsAfter(db: Db, programmeId: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('member')
    .select('member_id')
    .where('programme_id', '=', programmeId)
    .where('member_id', '>', after)
    .orderBy('member_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.member_id);
}

/** When the member was last rewarded for an occasion; null = never. */
export async function lastRewardOn(trx: Trx, memberId: string, occasion: string): Promise<string | null> {
  const found = await trx
    .selectFrom('occasion_reward')
    .select((eb) => eb.fn.max('due_on').as('last'))
    .where('member_id', '=', memberId)
    .where('occasion', '=', occasion)
    .where('status', '=', 'rewarded')
    .executeTakeFirst();
  return found?.last ?? null;
}

export async function isDecided(trx: Trx, memberId: string, occasion: string, year: number): Promise<boolean> {
  const found = await trx
    .selectFrom('occasion_reward')
    .select('status')
    .where('member_id', '=', memberId)
    .where('occasion', '=', occasion)
    .where('year', '=', year)
    .executeTakeFirst();
  return found !== undefined;
}

/** @throws Error when there is one for the year: the member's lock was not held */
export async function insertOccasionReward(trx: Trx, row: Row<'occasion_reward'>): Promise<void> {
  await trx.insertInto('occasion_reward').values(row).execute();
}

type RunKey = Pick<Row<'occasion_run'>, 'programme_id' | 'occasion' | 'due_on'>;

/** The last member that a holiday has come to; empty = none. */
export async function runCursor(db: Db, { programme_id: programmeId, occasion, due_on: dueOn }: RunKey): Promise<string> {
  const found = await db
    .selectFrom('occasion_run')
    .select('after_member')
    .where('programme_id', '=', programmeId)
    .where('occasion', '=', occasion)
    .where('due_on', '=', dueOn)
    .executeTakeFirst();
  return found?.after_member ?? '';
}

/** Moves forward only. */
export async function moveRunCursor(db: Db, key: RunKey, afterMember: string): Promise<void> {
  await insertOnce(db, 'occasion_run', { ...key, after_member: '' });
  await db
    .updateTable('occasion_run')
    .set({ after_member: afterMember })
    .where('programme_id', '=', key.programme_id)
    .where('occasion', '=', key.occasion)
    .where('due_on', '=', key.due_on)
    .where('after_member', '<', afterMember)
    .execute();
}
