/** What only the rows of a period can tell: who bought in it, and how members answered last. */
import type { ExpressionBuilder } from 'kysely';
import type { CalendarSpan } from '../domain/calendar';
import { MEASURES, type AnswerMeasure, type BuyerMeasure, type Measure, type MeasureCode } from '../key-figures/measure';
import type { Tables } from '../storage/tables';
import { toInteger, type Db } from '../storage/transaction';
import type { SumScope } from './measure-store';

/** A period and the one before it. */
export interface PeriodSpans {
  readonly now: CalendarSpan;
  readonly before: CalendarSpan;
}

/** Measures that no sum of days gives, by measure. */
export async function periodCounts(db: Db, scope: SumScope, spans: PeriodSpans): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const codes = Object.entries(MEASURES) as [MeasureCode, Measure][];
  for (const [code, measure] of codes) {
    if (measure.source === 'buyer') counts.set(code, await buyerCount(db, scope, spans, measure));
  }
  const answers = await answerCounts(db, scope, spans.now);
  for (const [code, measure] of codes) {
    if (measure.source === 'answer') counts.set(code, answersWithin(answers, measure));
  }
  return counts;
}

async function buyerCount(db: Db, scope: SumScope, spans: PeriodSpans, measure: BuyerMeasure): Promise<number> {
  const row = await buyers(db, scope, spans, measure)
    .select((eb) => eb.fn.count('member_id').distinct().as('members'))
    .executeTakeFirst();
  return toInteger(row?.members);
}

/** Orders that stand, of the members that a measure counts: a member may be among them several times. */
export function buyers(db: Db, { programmeId, shopId }: SumScope, { now, before }: PeriodSpans, { bought }: BuyerMeasure) {
  const span = bought === 'now' ? now : before;
  const query = db
    .selectFrom('order_position')
    .where('programme_id', '=', programmeId)
    .where('placed_at', '>=', span.start)
    .where('placed_at', '<', span.end)
    .where('qualifying_orders', '>', 0)
    .$if(shopId !== null, (all) => all.where('order_position.shop_id', '=', shopId));
  if (bought !== 'before_only') return query;
  return query.where((eb) => {
    const again = eb
      .selectFrom('order_position as later')
      .select('later.order_id')
      .whereRef('later.member_id', '=', 'order_position.member_id')
      .where('later.placed_at', '>=', now.start)
      .where('later.placed_at', '<', now.end)
      .where('later.qualifying_orders', '>', 0)
      .$if(shopId !== null, (all) => all.where('later.shop_id', '=', shopId));
    return eb.not(eb.exists(again));
  });
}

async function answerCounts(db: Db, scope: SumScope, span: CalendarSpan): Promise<ReadonlyMap<number, number>> {
  const rows = await latestAnswers(db, scope, span)
    .select((eb) => ['recommends', eb.fn.countAll().as('members')])
    .groupBy('recommends')
    .execute();
  return new Map(rows.map(({ recommends, members }) => [recommends ?? -1, toInteger(members)]));
}

function answersWithin(answers: ReadonlyMap<number, number>, { from, to }: AnswerMeasure): number {
  return [...answers].reduce((sum, [score, members]) => sum + (score >= from && score <= to ? members : 0), 0);
}

/** Of each member the last answer in the span; what was taken back was none. */
export function latestAnswers(db: Db, { programmeId, shopId }: SumScope, { start, end }: CalendarSpan) {
  return db
    .selectFrom('member_event')
    .where('programme_id', '=', programmeId)
    .where('recommends', '>=', 0)
    .where('revoked_at', 'is', null)
    .where('occurred_at', '>=', start)
    .where('occurred_at', '<', end)
    .$if(shopId !== null, (all) => all.where('shop_id', '=', shopId))
    .where((eb) => {
      const later = eb
        .selectFrom('member_event as later')
        .select('later.event_id')
        .whereRef('later.member_id', '=', 'member_event.member_id')
        .where('later.recommends', '>=', 0)
        .where('later.revoked_at', 'is', null)
        .where('later.occurred_at', '<', end)
        .where(isLater)
        .$if(shopId !== null, (all) => all.where('later.shop_id', '=', shopId));
      return eb.not(eb.exists(later));
    });
}

interface WithLater extends Tables {
  later: Tables['member_event'];
}

function isLater(eb: ExpressionBuilder<WithLater, 'later' | 'member_event'>) {
  return eb.or([
    eb('later.occurred_at', '>', eb.ref('member_event.occurred_at')),
    eb.and([
      eb('later.occurred_at', '=', eb.ref('member_event.occurred_at')),
      eb('later.event_id', '>', eb.ref('member_event.event_id')),
    ]),
  ]);
}
