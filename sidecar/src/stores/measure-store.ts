/** Sums of days, and what is due to be counted anew. */
import type { ExpressionBuilder } from 'kysely';
import { isWholeCountedApart } from '../key-figures/measure';
import type { Sums } from '../key-figures/figure';
import { windowPeriod, type Period } from '../key-figures/period';
import type { DaySum } from '../key-figures/running-sums';
import type { Row, Tables } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type MeasureDay = Row<'measure_day'>;
type DueDay = Row<'measure_due_day'>;
type DueMember = Row<'measure_due_member'>;

/** Rows a statement: both databases bound what one may carry. */
const ROWS_A_STATEMENT = 200;

export function inChunks<T>(items: readonly T[], size = ROWS_A_STATEMENT): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

export async function markDays(trx: Trx, days: readonly DueDay[]): Promise<void> {
  const byProgramme = new Map<string, Set<string>>();
  for (const { programme_id: programmeId, local_day: day } of days) {
    byProgramme.set(programmeId, (byProgramme.get(programmeId) ?? new Set()).add(day));
  }
  for (const [programmeId, wanted] of byProgramme) {
    for (const chunk of inChunks([...wanted].sort())) {
      const marked = await trx
        .selectFrom('measure_due_day')
        .select('local_day')
        .where('programme_id', '=', programmeId)
        .where('local_day', 'in', chunk)
        .execute();
      const known = new Set(marked.map((row) => row.local_day));
      for (const day of chunk) {
        if (!known.has(day)) await insertOnce(trx, 'measure_due_day', { programme_id: programmeId, local_day: day });
      }
    }
  }
}

export async function markMembers(trx: Trx, members: readonly DueMember[]): Promise<void> {
  const wanted = new Map(members.map((member) => [member.member_id, member]));
  for (const chunk of inChunks([...wanted.keys()].sort())) {
    const marked = await trx.selectFrom('measure_due_member').select('member_id').where('member_id', 'in', chunk).execute();
    const known = new Set(marked.map((row) => row.member_id));
    for (const memberId of chunk) {
      const member = wanted.get(memberId);
      if (member && !known.has(memberId)) await insertOnce(trx, 'measure_due_member', member);
    }
  }
}

export async function dueDays(db: Db, limit: number): Promise<DueDay[]> {
  return db.selectFrom('measure_due_day').selectAll().orderBy('programme_id').orderBy('local_day').limit(limit).execute();
}

export async function dueMembers(db: Db, limit: number): Promise<DueMember[]> {
  return db.selectFrom('measure_due_member').selectAll().orderBy('member_id').limit(limit).execute();
}

/** False when somebody else did. A change that comes from now on marks the day again. */
export async function takeDueDay(trx: Trx, { programme_id: programmeId, local_day: day }: DueDay): Promise<boolean> {
  const taken = await trx
    .deleteFrom('measure_due_day')
    .where('programme_id', '=', programmeId)
    .where('local_day', '=', day)
    .executeTakeFirst();
  return taken.numDeletedRows === 1n;
}

export async function takeDueMembers(trx: Trx, memberIds: readonly string[]): Promise<void> {
  await trx.deleteFrom('measure_due_member').where('member_id', 'in', memberIds).execute();
}

export async function replaceDay(trx: Trx, programmeId: string, day: string, sums: readonly MeasureDay[]): Promise<void> {
  await trx.deleteFrom('measure_day').where('programme_id', '=', programmeId).where('local_day', '=', day).execute();
  for (const chunk of inChunks(sums)) await trx.insertInto('measure_day').values(chunk).execute();
}

export interface SumScope {
  readonly programmeId: string;
  /** Null = over all shops. */
  readonly shopId: string | null;
}

/** Sums over the windows of a period, by measure. */
export async function sumsOf(db: Db, scope: SumScope, period: Period): Promise<Sums> {
  const over = async (window: keyof Sums): Promise<ReadonlyMap<string, number>> => {
    const { from, to } = windowPeriod(window, period);
    const rows = await daySums(db, scope, to)
      .select((eb) => ['measure', eb.fn.sum('value').as('sum'), sumOfWhole(eb).as('whole')])
      .where('local_day', '>=', from)
      .groupBy('measure')
      .execute();
    return new Map(rows.map(({ measure, sum, whole }) => [measure, chosen(scope, measure, sum, whole)]));
  };
  return { period: await over('period'), until: await over('until'), year: await over('year') };
}

/** Sums by day until a date, of some measures. */
export async function sumsByDay(db: Db, scope: SumScope, to: string, measures: readonly string[]): Promise<DaySum[]> {
  const rows = await daySums(db, scope, to)
    .select((eb) => ['local_day', 'measure', eb.fn.sum('value').as('sum'), sumOfWhole(eb).as('whole')])
    .where('measure', 'in', measures)
    .groupBy(['local_day', 'measure'])
    .orderBy('local_day')
    .execute();
  return rows.map(({ local_day: day, measure, sum, whole }) => ({ day, measure, value: chosen(scope, measure, sum, whole) }));
}

function daySums(db: Db, { programmeId, shopId }: SumScope, to: string) {
  const query = db.selectFrom('measure_day').where('programme_id', '=', programmeId).where('local_day', '<=', to);
  return shopId === null ? query : query.where('shop_id', '=', shopId);
}

function sumOfWhole(eb: ExpressionBuilder<Tables, 'measure_day'>) {
  return eb.fn.sum(eb.case().when('shop_id', '=', '').then(eb.ref('value')).else(0).end());
}

function chosen({ shopId }: SumScope, measure: string, sum: unknown, whole: unknown): number {
  return toInteger(shopId === null && isWholeCountedApart(measure) ? whole : sum);
}

/** Null before the first run. */
export async function findMeasuredProgramme(db: Db, programmeId: string): Promise<Row<'measure_programme'> | undefined> {
  return db.selectFrom('measure_programme').selectAll().where('programme_id', '=', programmeId).executeTakeFirst();
}

const COUNTED = [
  'measure_programme',
  'measure_day',
  'measure_member',
  'measure_member_month',
  'measure_due_day',
  'measure_due_member',
] as const;

/** Of what is counted; raised where sums that are kept would lack something. */
const COUNTING_RULES = 2;

export function isCountedAnew(known: Row<'measure_programme'> | undefined, timeZone: string): boolean {
  return known?.time_zone !== timeZone || known.counted_by !== COUNTING_RULES;
}

/** Begins a programme anew, by another clock or other rules: all that was counted is dropped, and every row is read again. */
export async function restartProgramme(trx: Trx, programmeId: string, timeZone: string): Promise<void> {
  for (const table of COUNTED) await trx.deleteFrom(table).where('programme_id', '=', programmeId).execute();
  await trx.deleteFrom('measure_cursor').execute();
  await trx
    .insertInto('measure_programme')
    .values({ programme_id: programmeId, time_zone: timeZone, computed_until: null, counted_by: COUNTING_RULES })
    .execute();
}

export async function saveComputedUntil(db: Db, until: string): Promise<void> {
  await db.updateTable('measure_programme').set({ computed_until: until }).execute();
}
