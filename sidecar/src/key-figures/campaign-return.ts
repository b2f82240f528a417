import { mulDiv } from '../domain/money';
import type { PointValue } from './figure';

export interface CampaignSums {
  readonly orders: number;
  readonly points: number;
  /** Of the orders that had the campaign. */
  readonly turnoverMinor: number;
}

export interface CampaignReturn extends CampaignSums {
  /** What its points are worth; null = points have no value in money. */
  readonly costMinor: number | null;
  /** (turnover - cost) / cost; null = it cost nothing. */
  readonly returnBps: number | null;
}

/** What a campaign brought for what it cost. All turnover of its orders counts: what would have been bought anyway, nobody knows. */
export function campaignReturn(sums: CampaignSums, pointValue: PointValue | null): CampaignReturn {
  const costMinor = costOf(sums.points, pointValue);
  const returnBps =
    costMinor === null || costMinor <= 0 ? null : mulDiv(sums.turnoverMinor - costMinor, 10_000, costMinor, 'nearest');
  return { ...sums, costMinor, returnBps };
}

function costOf(points: number, pointValue: PointValue | null): number | null {
  return pointValue && mulDiv(points, pointValue.valueMinor, pointValue.valuePoints, 'nearest');
}

/**
 * What each order of a list cost. The cost of a campaign is rounded once, so an order bears what the cost grows by with its
 * points: all together are what the campaign cost, to the cent.
 * @param pointsBefore of the orders before the first one
 */
export function costsAlong(
  points: readonly number[],
  pointsBefore: number,
  pointValue: PointValue | null,
): { readonly costs: readonly (number | null)[]; readonly pointsUntil: number } {
  let pointsUntil = pointsBefore;
  const costs = points.map((own) => {
    const [before, until] = [costOf(pointsUntil, pointValue), costOf(pointsUntil + own, pointValue)];
    pointsUntil += own;
    return before === null || until === null ? null : until - before;
  });
  return { costs, pointsUntil };
}
