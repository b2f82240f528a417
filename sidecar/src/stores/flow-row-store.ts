/** The members behind a flow from tier to tier, and the orders behind the return of a campaign. */
import { sql, type RawBuilder } from 'kysely';
import type { CalendarSpan } from '../domain/calendar';
import type { Period } from '../key-figures/period';
import type { Db } from '../storage/transaction';
import { inChunks, type SumScope } from './measure-store';

/** As in the figure: of a new member only the tier at the end counts. */
export interface AskedFlow {
  readonly from: string | null;
  readonly isNew: boolean;
  readonly to: string | null;
}

export interface FlowMember {
  readonly memberId: string;
  /** When they came to their last tier of the period; null = they stayed where they were. */
  readonly at: string | null;
  readonly decisionId: string | null;
}

export interface FlowQuery {
  readonly programmeId: string;
  readonly period: Period;
  readonly span: CalendarSpan;
  readonly after: string;
  readonly limit: number;
}

/** Members of a flow behind one of them. */
export async function flowMembers(db: Db, { from, isNew, to }: AskedFlow, query: FlowQuery): Promise<FlowMember[]> {
  const { programmeId, period, span, after, limit } = query;
  const moved = db
    .selectFrom('tier_change')
    .select('tier_change.member_id')
    .where('programme_id', '=', programmeId)
    .where('effective_from', '>=', span.start)
    .where('effective_from', '<', span.end);
  const rows = await db
    .selectFrom('measure_member')
    .select('member_id')
    .where('programme_id', '=', programmeId)
    .where('shop_id', '=', '')
    .where('joined_day', isNew ? '>=' : '<', period.from)
    .where('joined_day', '<=', period.to)
    .where('member_id', '>', after)
    .where(hadTier(span.end, to))
    // Whoever has another tier now has a change in the period: those are few, and found by their index.
    .$if(isNew ? to !== null : from !== to, (all) => all.where('member_id', 'in', moved))
    .$if(!isNew, (all) => all.where(hadTier(span.start, from)))
    .orderBy('member_id')
    .limit(limit)
    .execute();
  const changes = await lastChanges(
    db,
    rows.map((row) => row.member_id),
    span,
  );
  return rows.map(({ member_id: memberId }) => ({ memberId, ...(changes.get(memberId) ?? { at: null, decisionId: null }) }));
}

function hadTier(before: string, tier: string | null): RawBuilder<boolean> {
  const had = sql`(
    select to_tier from tier_change
    where tier_change.member_id = measure_member.member_id and effective_from < ${before}
    order by effective_from desc, change_id desc limit 1
  )`;
  return tier === null ? sql<boolean>`${had} is null` : sql<boolean>`${had} = ${tier}`;
}

async function lastChanges(
  db: Db,
  memberIds: readonly string[],
  { start, end }: CalendarSpan,
): Promise<ReadonlyMap<string, Omit<FlowMember, 'memberId'>>> {
  const last = new Map<string, Omit<FlowMember, 'memberId'>>();
  for (const chunk of inChunks(memberIds)) {
    const rows = await db
      .selectFrom('tier_change')
      .select(['member_id', 'effective_from', 'decision_id'])
      .where('member_id', 'in', chunk)
      .where('effective_from', '>=', start)
      .where('effective_from', '<', end)
      .orderBy('effective_from')
      .orderBy('change_id')
      .execute();
    for (const row of rows) last.set(row.member_id, { at: row.effective_from, decisionId: row.decision_id });
  }
  return last;
}

export interface CampaignOrder {
  readonly shopId: string;
  readonly orderId: string;
  readonly memberId: string;
  readonly placedAt: string;
  readonly points: number;
  readonly turnoverMinor: number;
}

export interface CampaignOrderQuery {
  readonly scope: SumScope;
  readonly campaign: string;
  readonly span: CalendarSpan;
  /** Time, shop and order of the last row of the page before; empty = the first page. */
  readonly after: readonly string[];
  readonly limit: number;
}

/** Orders that have something of a campaign now. */
export async function campaignOrders(db: Db, query: CampaignOrderQuery): Promise<CampaignOrder[]> {
  const { scope, campaign, span, after, limit } = query;
  const [at = '', shopId = '', id = ''] = after;
  const rows = await db
    .selectFrom('order_position')
    .innerJoin('campaign_grant', (join) =>
      join
        .onRef('campaign_grant.shop_id', '=', 'order_position.shop_id')
        .onRef('campaign_grant.order_id', '=', 'order_position.order_id'),
    )
    .select([
      'order_position.shop_id',
      'order_position.order_id',
      'order_position.member_id',
      'placed_at',
      'points',
      'turnover_minor',
    ])
    .where('order_position.programme_id', '=', scope.programmeId)
    .where('campaign', '=', campaign)
    .where('points', '>', 0)
    .where('placed_at', '>=', span.start > at ? span.start : at)
    .where('placed_at', '<', span.end)
    .where((eb) =>
      eb.or([
        eb('placed_at', '>', at),
        eb('order_position.shop_id', '>', shopId),
        eb.and([eb('order_position.shop_id', '=', shopId), eb('order_position.order_id', '>', id)]),
      ]),
    )
    .$if(scope.shopId !== null, (all) => all.where('order_position.shop_id', '=', scope.shopId ?? ''))
    .orderBy('placed_at')
    .orderBy('order_position.shop_id')
    .orderBy('order_position.order_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    shopId: row.shop_id,
    orderId: row.order_id,
    memberId: row.member_id,
    placedAt: row.placed_at,
    points: row.points,
    turnoverMinor: row.turnover_minor,
  }));
}
