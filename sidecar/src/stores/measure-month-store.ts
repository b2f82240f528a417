/** The months in which members ordered. */
import { localDate } from '../domain/calendar';
import type { CohortCount } from '../key-figures/cohorts';
import type { Row } from '../storage/tables';
import { toInteger, type Db, type Trx } from '../storage/transaction';
import { inChunks } from './measure-store';

type MemberMonth = Row<'measure_member_month'>;

/** Months of one member's final orders, given in the order of their placement. */
export function memberMonths(
  member: Pick<MemberMonth, 'member_id' | 'programme_id'>,
  placedAt: readonly string[],
  timeZone: string,
): MemberMonth[] {
  const months = [...new Set(placedAt.map((at) => localDate(at, timeZone).slice(0, 'YYYY-MM'.length)))];
  const { member_id, programme_id } = member;
  return months.map((month) => ({ member_id, programme_id, first_month: months[0] ?? month, month }));
}

export async function replaceMonths(trx: Trx, memberIds: readonly string[], months: readonly MemberMonth[]): Promise<void> {
  await trx.deleteFrom('measure_member_month').where('member_id', 'in', memberIds).execute();
  for (const chunk of inChunks(months)) await trx.insertInto('measure_member_month').values(chunk).execute();
}

/** Read from the index alone. Both months are included. */
export async function cohortCounts(db: Db, programmeId: string, first: string, last: string): Promise<CohortCount[]> {
  const rows = await db
    .selectFrom('measure_member_month')
    .select((eb) => ['first_month', 'month', eb.fn.countAll().as('members')])
    .where('programme_id', '=', programmeId)
    .where('first_month', '>=', first)
    .where('first_month', '<=', last)
    .where('month', '<=', last)
    .groupBy(['first_month', 'month'])
    .execute();
  return rows.map(({ first_month: firstMonth, month, members }) => ({ firstMonth, month, members: toInteger(members) }));
}

/** Those of a cohort who ordered in a month, behind one of them. */
export async function cohortMembers(
  db: Db,
  programmeId: string,
  { firstMonth, month }: Pick<CohortCount, 'firstMonth' | 'month'>,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('measure_member_month')
    .select('member_id')
    .where('programme_id', '=', programmeId)
    .where('first_month', '=', firstMonth)
    .where('month', '=', month)
    .where('member_id', '>', after)
    .orderBy('member_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.member_id);
}
