import { hasBudget, standingCampaigns, type Campaign, type CampaignGrant } from '../domain/campaign';
import { offersTo, type CampaignPoints, type PinnedTerms } from '../domain/entitlement';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { Programme } from '../domain/programme';
import { campaignCode, type SharedBudgets } from './shared-budgets';

/** What budgets have for the orders of one member: their own limit here, those of everybody from outside. */
export class CampaignRoom {
  private readonly limited: readonly Campaign[];
  private readonly orders = new Map<string, number>();

  constructor(
    { campaigns }: Programme,
    private readonly budgets: SharedBudgets,
  ) {
    this.limited = campaigns.filter(hasBudget);
  }

  get isEmpty(): boolean {
    return this.limited.length === 0;
  }

  /** As the books grant them to an order that is seen for the first time. */
  grants(terms: PinnedTerms, snapshot: OrderSnapshot): CampaignGrant[] {
    const { standing } = standingCampaigns(offersTo(terms, snapshot), (campaign) =>
      hasBudget(campaign) ? this.roomFor(campaign, snapshot) : null,
    );
    return standing.flatMap(({ campaign, points }) =>
      hasBudget(campaign) ? [{ campaign: campaign.code, points, held: 0 }] : [],
    );
  }

  /** What came of it in the end, without what refunds took back. */
  took(snapshot: OrderSnapshot, taken: readonly CampaignPoints[]): void {
    for (const campaign of this.limited) {
      const points = taken.find((one) => one.campaign === campaign.code)?.earnedPoints ?? 0;
      if (points === 0) continue;
      this.orders.set(campaign.code, (this.orders.get(campaign.code) ?? 0) + 1);
      this.budgets.take(campaignCode(campaign), { at: snapshot.placedAt, key: orderKey(snapshot), points });
    }
  }

  private roomFor(campaign: Campaign, snapshot: OrderSnapshot): number {
    const { perMember } = campaign.budget;
    if (perMember !== null && (this.orders.get(campaign.code) ?? 0) >= perMember) return 0;
    return this.budgets.room(campaignCode(campaign), orderKey(snapshot));
  }
}

function orderKey({ shopId, orderId }: OrderSnapshot): string {
  return `${shopId}:${orderId}`;
}
