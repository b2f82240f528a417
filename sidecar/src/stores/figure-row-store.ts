/** The rows that a part of a figure is made of: their values sum to it. */
import { sql } from 'kysely';
import type { CalendarSpan } from '../domain/calendar';
import type { AnswerMeasure, BuyerMeasure, EntryMeasure, Measure, MemberMeasure, OrderMeasure } from '../key-figures/measure';
import type { Period } from '../key-figures/period';
import { toInteger, type Db } from '../storage/transaction';
import type { SumScope } from './measure-store';
import { buyers, latestAnswers, type PeriodSpans } from './period-store';

export interface FigureRow {
  readonly kind: 'entry' | 'order' | 'member' | 'answer';
  /** Of the entry, order or event; of members that of the member. */
  readonly id: string;
  readonly memberId: string;
  readonly shopId: string | null;
  /** When it happened, or the day. */
  readonly at: string | null;
  /** What it adds. */
  readonly value: number;
}

/** What is listed, behind which row. */
export interface RowQuery {
  readonly scope: SumScope;
  readonly period: Period;
  readonly span: CalendarSpan;
  readonly spans: PeriodSpans;
  /** The cursor of the page before; empty = the first page. */
  readonly after: readonly string[];
  readonly limit: number;
}

export interface RowPage {
  readonly rows: readonly FigureRow[];
  /** Behind the last row; null = there are no more. */
  readonly next: readonly string[] | null;
}

interface Signed<M> {
  readonly measure: M;
  readonly sign: 1 | -1;
}

/** @param measures of one source */
export async function figureRows(db: Db, measures: readonly Signed<Measure>[], query: RowQuery): Promise<RowPage> {
  const of = <M extends Measure>(source: M['source']): Signed<M>[] =>
    measures.filter((one): one is Signed<M & Measure> => one.measure.source === source);
  const [first] = measures;
  if (!first) throw new Error('a figure without measures');
  switch (first.measure.source) {
    case 'entry':
      return entryRows(db, of<EntryMeasure>('entry'), query);
    case 'order':
      return orderRows(db, first.measure, query);
    case 'member':
      return memberRows(db, first.measure, query);
    case 'buyer':
      return buyerRows(db, first.measure, query);
    case 'answer':
      return answerRows(db, of<AnswerMeasure>('answer'), query);
  }
}

async function entryRows(db: Db, measures: readonly Signed<EntryMeasure>[], query: RowQuery): Promise<RowPage> {
  const { scope, span, after, limit } = query;
  const [at = '', id = ''] = after;
  const value = measures
    .map(({ measure: { account, sign, factor }, sign: counts }) => {
      const signed = { plus: sql`and points > 0`, minus: sql`and points < 0`, any: sql`` }[sign];
      return sql`case when account = ${account} ${signed} then points * ${sql.lit(factor * counts)} else 0 end`;
    })
    .reduce((left, right) => sql`${left} + ${right}`);
  const rows = await db
    .selectFrom('ledger_entry')
    .innerJoin('ledger_posting', 'ledger_posting.entry_id', 'ledger_entry.entry_id')
    .select(['ledger_entry.entry_id', 'ledger_entry.member_id', 'shop_id', 'occurred_at', sql`sum(${value})`.as('value')])
    .where('ledger_entry.programme_id', '=', scope.programmeId)
    .where('occurred_at', '>=', span.start > at ? span.start : at)
    .where('occurred_at', '<', span.end)
    .where((eb) => eb.or([eb('occurred_at', '>', at), eb('ledger_entry.entry_id', '>', id)]))
    .where(sql<boolean>`${value} <> 0`)
    .$if(scope.shopId !== null, (all) => all.where('shop_id', '=', scope.shopId))
    .groupBy(['ledger_entry.entry_id', 'ledger_entry.member_id', 'shop_id', 'occurred_at'])
    .orderBy('occurred_at')
    .orderBy('ledger_entry.entry_id')
    .limit(limit)
    .execute();
  const found = rows.map((row): FigureRow => ({
    kind: 'entry',
    id: row.entry_id,
    memberId: row.member_id,
    shopId: row.shop_id,
    at: row.occurred_at,
    value: toInteger(row.value),
  }));
  return paged(found, limit, (row) => [row.at ?? '', row.id]);
}

async function orderRows(db: Db, { column, finalOnly }: OrderMeasure, query: RowQuery): Promise<RowPage> {
  const { scope, span, after, limit } = query;
  const [at = '', shopId = '', id = ''] = after;
  const rows = await db
    .selectFrom('order_position')
    .select(['shop_id', 'order_id', 'member_id', 'placed_at', `${column} as value`])
    .where('programme_id', '=', scope.programmeId)
    .where('placed_at', '>=', span.start > at ? span.start : at)
    .where('placed_at', '<', span.end)
    .where((eb) =>
      eb.or([
        eb('placed_at', '>', at),
        eb('shop_id', '>', shopId),
        eb.and([eb('shop_id', '=', shopId), eb('order_id', '>', id)]),
      ]),
    )
    .where(column, '<>', 0)
    .$if(finalOnly, (all) => all.where('released', '=', 1))
    .$if(scope.shopId !== null, (all) => all.where('shop_id', '=', scope.shopId))
    .orderBy('placed_at')
    .orderBy('shop_id')
    .orderBy('order_id')
    .limit(limit)
    .execute();
  const found = rows.map((row): FigureRow => ({
    kind: 'order',
    id: row.order_id,
    memberId: row.member_id,
    shopId: row.shop_id,
    at: row.placed_at,
    value: row.value,
  }));
  return paged(found, limit, (row) => [row.at ?? '', row.shopId ?? '', row.id]);
}

async function memberRows(db: Db, { column }: MemberMeasure, query: RowQuery): Promise<RowPage> {
  const { scope, period, after, limit } = query;
  const [day = '', id = ''] = after;
  const rows = await db
    .selectFrom('measure_member')
    .select(['member_id', `${column} as day`])
    .where('programme_id', '=', scope.programmeId)
    .where('shop_id', '=', scope.shopId ?? '')
    .where(column, '>=', period.from > day ? period.from : day)
    .where(column, '<=', period.to)
    .where((eb) => eb.or([eb(column, '>', day), eb('member_id', '>', id)]))
    .orderBy(column)
    .orderBy('member_id')
    .limit(limit)
    .execute();
  const found = rows.map((row) => memberRow(row.member_id, scope, row.day));
  return paged(found, limit, (row) => [row.at ?? '', row.id]);
}

async function buyerRows(db: Db, measure: BuyerMeasure, { scope, spans, after, limit }: RowQuery): Promise<RowPage> {
  const [id = ''] = after;
  const rows = await buyers(db, scope, spans, measure)
    .select((eb) => ['member_id', eb.fn.max('placed_at').as('last')])
    .where('member_id', '>', id)
    .groupBy('member_id')
    .orderBy('member_id')
    .limit(limit)
    .execute();
  return paged(
    rows.map((row) => memberRow(row.member_id, scope, row.last)),
    limit,
    (row) => [row.id],
  );
}

function memberRow(memberId: string, { shopId }: SumScope, at: string | null): FigureRow {
  return { kind: 'member', id: memberId, memberId, shopId, at, value: 1 };
}

/** Answers that a part counts neither for nor against are left out. */
async function answerRows(db: Db, measures: readonly Signed<AnswerMeasure>[], query: RowQuery): Promise<RowPage> {
  const { scope, span, after, limit } = query;
  const [id = ''] = after;
  const rows = await latestAnswers(db, scope, span)
    .select(['event_id', 'member_id', 'shop_id', 'occurred_at', 'recommends'])
    .where((eb) =>
      eb.or(measures.map(({ measure: { from, to } }) => eb.and([eb('recommends', '>=', from), eb('recommends', '<=', to)]))),
    )
    .where('event_id', '>', id)
    .orderBy('event_id')
    .limit(limit)
    .execute();
  const found = rows.map((row): FigureRow => ({
    kind: 'answer',
    id: row.event_id,
    memberId: row.member_id,
    shopId: row.shop_id,
    at: row.occurred_at,
    value: measures.reduce(
      (sum, { measure: { from, to }, sign }) =>
        sum + (row.recommends !== null && row.recommends >= from && row.recommends <= to ? sign : 0),
      0,
    ),
  }));
  return paged(found, limit, (row) => [row.id]);
}

function paged(rows: readonly FigureRow[], limit: number, keyOf: (row: FigureRow) => readonly string[]): RowPage {
  const last = rows[limit - 1];
  return { rows, next: last ? keyOf(last) : null };
}
