/** What happened on a day, summed up from the rows. */
import type { CalendarSpan } from '../domain/calendar';
import {
  campaignMeasure,
  MEASURES,
  tierMeasure,
  type DailyMeasure,
  type EntryMeasure,
  type Measure,
  type MeasureCode,
  type MemberMeasure,
  type OrderMeasure,
} from '../key-figures/measure';
import { toInteger, type Db } from '../storage/transaction';
import type { MeasureDay } from './measure-store';
import { tierMoves } from './tier-flow-store';

export interface CountedDay {
  readonly programmeId: string;
  /** Date by the programme's clock. */
  readonly day: string;
  readonly span: CalendarSpan;
}

interface ShopSum {
  readonly shopId: string | null;
  readonly measure: string;
  readonly value: number;
}

/** Every measure of a day that is not 0. */
export async function measuresOfDay(db: Db, counted: CountedDay): Promise<MeasureDay[]> {
  const sums = [
    ...(await entrySums(db, counted)),
    ...(await orderSums(db, counted)),
    ...(await campaignSums(db, counted)),
    ...(await memberSums(db, counted)),
    ...(await tierSums(db, counted)),
  ];
  return sums
    .filter(({ value }) => value !== 0)
    .map(({ shopId, measure, value }) => ({
      programme_id: counted.programmeId,
      local_day: counted.day,
      shop_id: shopId ?? '',
      measure,
      value,
    }));
}

function dailyOf<T extends DailyMeasure>(source: T['source']): [string, T][] {
  return (Object.entries(MEASURES) as [MeasureCode, Measure][]).filter(
    (pair): pair is [MeasureCode, T & Measure] => pair[1].source === source,
  );
}

async function entrySums(db: Db, { programmeId, span }: CountedDay): Promise<ShopSum[]> {
  const rows = await db
    .selectFrom('ledger_entry')
    .innerJoin('ledger_posting', 'ledger_posting.entry_id', 'ledger_entry.entry_id')
    .select((eb) => [
      'shop_id',
      'account',
      eb.fn.sum(eb.case().when('points', '>', 0).then(eb.ref('points')).else(0).end()).as('plus'),
      eb.fn.sum(eb.case().when('points', '<', 0).then(eb.ref('points')).else(0).end()).as('minus'),
    ])
    .where('ledger_entry.programme_id', '=', programmeId)
    .where('occurred_at', '>=', span.start)
    .where('occurred_at', '<', span.end)
    .groupBy(['shop_id', 'account'])
    .execute();
  return rows.flatMap(({ shop_id: shopId, account, plus, minus }) =>
    dailyOf<EntryMeasure>('entry')
      .filter(([, measure]) => measure.account === account)
      .map(([code, { sign, factor }]) => {
        const points = (sign === 'minus' ? 0 : toInteger(plus)) + (sign === 'plus' ? 0 : toInteger(minus));
        return { shopId, measure: code, value: points * factor };
      }),
  );
}

async function orderSums(db: Db, { programmeId, span }: CountedDay): Promise<ShopSum[]> {
  const rows = await db
    .selectFrom('order_position')
    .select((eb) => [
      'shop_id',
      'released',
      eb.fn.sum('qualifying_orders').as('qualifying_orders'),
      eb.fn.sum('turnover_minor').as('turnover_minor'),
    ])
    .where('programme_id', '=', programmeId)
    .where('placed_at', '>=', span.start)
    .where('placed_at', '<', span.end)
    .groupBy(['shop_id', 'released'])
    .execute();
  const sums = new Map<string, ShopSum>();
  for (const row of rows) {
    for (const [measure, { column, finalOnly }] of dailyOf<OrderMeasure>('order')) {
      if (finalOnly && row.released !== 1) continue;
      const key = JSON.stringify([row.shop_id, measure]);
      sums.set(key, { shopId: row.shop_id, measure, value: (sums.get(key)?.value ?? 0) + toInteger(row[column]) });
    }
  }
  return [...sums.values()];
}

/** Of orders that have something of a campaign now. */
async function campaignSums(db: Db, { programmeId, span }: CountedDay): Promise<ShopSum[]> {
  const rows = await db
    .selectFrom('order_position')
    .innerJoin('campaign_grant', (join) =>
      join
        .onRef('campaign_grant.shop_id', '=', 'order_position.shop_id')
        .onRef('campaign_grant.order_id', '=', 'order_position.order_id'),
    )
    .select((eb) => [
      'order_position.shop_id',
      'campaign',
      eb.fn.countAll().as('orders'),
      eb.fn.sum('points').as('points'),
      eb.fn.sum('turnover_minor').as('turnover'),
    ])
    .where('order_position.programme_id', '=', programmeId)
    .where('placed_at', '>=', span.start)
    .where('placed_at', '<', span.end)
    .where('points', '>', 0)
    .groupBy(['order_position.shop_id', 'campaign'])
    .execute();
  return rows.flatMap(({ shop_id: shopId, campaign, ...sums }) =>
    (['orders', 'points', 'turnover'] as const).map((what) => ({
      shopId,
      measure: campaignMeasure(what, campaign),
      value: toInteger(sums[what]),
    })),
  );
}

async function memberSums(db: Db, { programmeId, day }: CountedDay): Promise<ShopSum[]> {
  const sums: ShopSum[] = [];
  for (const [measure, { column }] of dailyOf<MemberMeasure>('member')) {
    const rows = await db
      .selectFrom('measure_member')
      .select((eb) => ['shop_id', eb.fn.countAll().as('members')])
      .where('programme_id', '=', programmeId)
      .where(column, '=', day)
      .groupBy('shop_id')
      .execute();
    sums.push(...rows.map(({ shop_id: shopId, members }) => ({ shopId, measure, value: toInteger(members) })));
  }
  return sums;
}

async function tierSums(db: Db, { programmeId, span }: CountedDay): Promise<ShopSum[]> {
  const came = new Map<string, number>();
  const count = (tier: string | null, members: number): void => {
    if (tier !== null) came.set(tier, (came.get(tier) ?? 0) + members);
  };
  for (const { from, to } of await tierMoves(db, programmeId, span)) {
    count(from, -1);
    count(to, 1);
  }
  return [...came].map(([tier, value]) => ({ shopId: null, measure: tierMeasure(tier), value }));
}
