import { campaignReturn, type CampaignReturn } from '../key-figures/campaign-return';
import { campaignOfMeasure, campaignMeasure } from '../key-figures/measure';
import type { Period } from '../key-figures/period';
import { sumsOf } from '../stores/measure-store';
import type { OperationContext } from './context';
import { pointValueAfter, type MeasuredProgramme } from './measured-programme';

export interface ShownCampaignReturn extends CampaignReturn {
  readonly campaign: string;
  /** By the version in effect; null = it is not in it any more. */
  readonly name: string | null;
}

/** What each campaign brought with orders placed in a period, those of the version in effect first, in its order. */
export async function readCampaignReturns(
  context: OperationContext,
  programme: MeasuredProgramme,
  { period, shopId }: { readonly period: Period; readonly shopId: string | null },
): Promise<ShownCampaignReturn[]> {
  const { db, clock, programmes } = context;
  const { programmeId } = programme;
  const { period: sums } = await sumsOf(db, { programmeId, shopId }, period);
  const pointValue = await pointValueAfter(context, programme, period);
  const present = (await programmes.effectiveAt(db, programmeId, clock.now()))?.programme.campaigns ?? [];
  const names = new Map(present.map(({ code, name }) => [code, name]));
  const seen = [...sums.keys()].flatMap((measure) => campaignOfMeasure(measure) ?? []).sort();
  return [...new Set([...names.keys(), ...seen])].map((campaign) => {
    const sum = (what: Parameters<typeof campaignMeasure>[0]): number => sums.get(campaignMeasure(what, campaign)) ?? 0;
    const brought = { orders: sum('orders'), points: sum('points'), turnoverMinor: sum('turnover') };
    return { campaign, name: names.get(campaign) ?? null, ...campaignReturn(brought, pointValue) };
  });
}
