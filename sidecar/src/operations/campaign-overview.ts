import { isBefore } from '../domain/instant';
import type { Campaign, CampaignBudget } from '../domain/campaign';
import { campaignSpending } from '../stores/campaign-store';
import type { OperationContext } from './context';

export interface CampaignStanding {
  readonly code: string;
  readonly name: string;
  readonly state: 'upcoming' | 'running' | 'over';
  readonly from: string | null;
  readonly until: string | null;
  readonly stacking: Campaign['stacking'];
  readonly priority: number;
  readonly budget: CampaignBudget;
  /** Points that orders have of it, and how many orders. */
  readonly spent: { readonly points: number; readonly orders: number };
  /** Null = without limit. */
  readonly left: { readonly points: number | null; readonly orders: number | null };
}

/** The campaigns of the version in effect, in its order, with what they gave; null when none was published. */
export async function campaignOverview(
  { db, clock, programmes }: OperationContext,
  programmeId: string,
): Promise<CampaignStanding[] | null> {
  const now = clock.now();
  const published = await programmes.effectiveAt(db, programmeId, now);
  if (!published) return null;
  const spending = await campaignSpending(db, programmeId);
  return published.programme.campaigns.map(({ code, name, scope, stacking, priority, budget }) => {
    const spent = spending.get(code) ?? { points: 0, orders: 0 };
    const left = (limit: number | null, used: number): number | null => (limit === null ? null : Math.max(0, limit - used));
    return {
      code,
      name,
      state: stateAt(scope, now),
      from: scope.from ?? null,
      until: scope.until ?? null,
      stacking,
      priority,
      budget,
      spent,
      left: { points: left(budget.points, spent.points), orders: left(budget.orders, spent.orders) },
    };
  });
}

function stateAt({ from, until }: Campaign['scope'], now: string): CampaignStanding['state'] {
  if (from !== undefined && isBefore(now, from)) return 'upcoming';
  return until !== undefined && !isBefore(now, until) ? 'over' : 'running';
}
