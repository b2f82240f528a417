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
  const costMinor = pointValue && mulDiv(sums.points, pointValue.valueMinor, pointValue.valuePoints, 'nearest');
  const returnBps =
    costMinor === null || costMinor <= 0 ? null : mulDiv(sums.turnoverMinor - costMinor, 10_000, costMinor, 'nearest');
  return { ...sums, costMinor, returnBps };
}
