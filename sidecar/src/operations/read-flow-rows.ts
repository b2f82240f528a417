import { costsAlong } from '../key-figures/campaign-return';
import { spanOf, type Period } from '../key-figures/period';
import type { Db } from '../storage/transaction';
import { campaignOrders, flowMembers, type AskedFlow, type CampaignOrder, type FlowMember } from '../stores/flow-row-store';
import type { OperationContext } from './context';
import { pointValueAfter, type MeasuredProgramme } from './measured-programme';

export interface FlowMemberPage {
  readonly rows: readonly FlowMember[];
  /** The last member; null = there are no more. */
  readonly next: string | null;
}

/** A page of the members who are counted in a flow from tier to tier. */
export async function readFlowMembers(
  db: Db,
  { programmeId, timeZone }: MeasuredProgramme,
  asked: { readonly flow: AskedFlow; readonly period: Period; readonly after: string; readonly limit: number },
): Promise<FlowMemberPage> {
  const { flow, period, after, limit } = asked;
  const rows = await flowMembers(db, flow, { programmeId, period, span: spanOf(period, timeZone), after, limit });
  return { rows, next: rows[limit - 1]?.memberId ?? null };
}

export interface PricedCampaignOrder extends CampaignOrder {
  /** Its part of the campaign's cost; null = points have no value in money. */
  readonly costMinor: number | null;
}

export interface CampaignOrderPage {
  readonly rows: readonly PricedCampaignOrder[];
  /** The last order, and the points up to it; null = there are no more. */
  readonly next: CampaignOrderCursor | null;
}

export interface CampaignOrderCursor {
  readonly order: readonly string[];
  readonly points: number;
}

/** A page of the orders that a campaign's return is made of: turnover, points and cost of all pages sum to it. */
export async function readCampaignOrders(
  context: OperationContext,
  programme: MeasuredProgramme,
  asked: {
    readonly campaign: string;
    readonly period: Period;
    readonly shopId: string | null;
    readonly after: CampaignOrderCursor;
    readonly limit: number;
  },
): Promise<CampaignOrderPage> {
  const { campaign, period, shopId, after, limit } = asked;
  const { programmeId, timeZone } = programme;
  const span = spanOf(period, timeZone);
  const orders = await campaignOrders(context.db, {
    scope: { programmeId, shopId },
    campaign,
    span,
    after: after.order,
    limit,
  });
  const pointValue = await pointValueAfter(context, programme, period);
  const { costs, pointsUntil } = costsAlong(
    orders.map(({ points }) => points),
    after.points,
    pointValue,
  );
  const last = orders[limit - 1];
  return {
    rows: orders.map((order, place) => ({ ...order, costMinor: costs[place] ?? null })),
    next: last ? { order: [last.placedAt, last.shopId, last.orderId], points: pointsUntil } : null,
  };
}
