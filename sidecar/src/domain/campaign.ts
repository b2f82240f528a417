/**
 * Campaigns: points on top of what an order earns anyway, for a time. Each is computed on the goods by itself and rounded by
 * itself, so that every point belongs to one campaign and to its budget.
 */
import type { AccruingLine } from './accrual';
import { ofCurrency } from './currency';
import { allocate, divide, mulDiv, roundToTotal, toSafe } from './money';
import type { CurrencyTerms, MinorByCurrency, Scope } from './programme';
import { reason, type Reason } from './reason';
import { coversGoods, subjectMiss, type ScopeSubject } from './scope';

export type CampaignEffect =
  /** The goods in scope earn their base points so many times over; above 10_000. */
  | { readonly kind: 'multiplier'; readonly multiplierBps: number }
  /** Once an order. */
  | { readonly kind: 'bonus'; readonly points: number }
  /** For each unit of the goods in scope. */
  | { readonly kind: 'perUnit'; readonly points: number };

/** Null = without limit. */
export interface CampaignBudget {
  /** Points altogether. */
  readonly points: number | null;
  /** Orders altogether. */
  readonly orders: number | null;
  /** Orders of one member. */
  readonly perMember: number | null;
}

export interface Campaign {
  readonly code: string;
  readonly name: string;
  readonly scope: Scope;
  /** Customer groups as the shop names them; null = any. */
  readonly groups: readonly string[] | null;
  /** Value of the order; without an entry any order, with some only orders in their currencies. */
  readonly minimumMinor: MinorByCurrency;
  readonly effect: CampaignEffect;
  /** `exclusive`: stands alone; `best`: only the best of its like; `all`: always. */
  readonly stacking: 'exclusive' | 'best' | 'all';
  /** The higher one stands where two are equal otherwise. */
  readonly priority: number;
  readonly budget: CampaignBudget;
}

/** What an order was granted of a campaign; stays with the order. */
export interface CampaignGrant {
  readonly campaign: string;
  /** The most it may have; null = no limit. */
  readonly points: number | null;
  /** What it has of the budget now. */
  readonly held: number;
}

/** What an order is to its campaigns. */
export interface CampaignOrder {
  readonly subject: ScopeSubject;
  readonly customerGroup: string | null;
  readonly currency: string;
  readonly terms: CurrencyTerms;
  readonly rounding: 'down' | 'nearest';
  readonly lines: readonly AccruingLine[];
}

/** What a campaign would give an order as placed, if no other campaign and no budget were in the way. */
export interface CampaignOffer {
  readonly campaign: Campaign;
  readonly points: number;
  /** In the order of the lines. */
  readonly perLine: readonly number[];
}

export function hasBudget({ budget }: Campaign): boolean {
  return budget.points !== null || budget.orders !== null || budget.perMember !== null;
}

/** The offers of all campaigns; those that give nothing leave a reason. */
export function campaignOffers(
  campaigns: readonly Campaign[],
  order: CampaignOrder,
): { readonly offers: readonly CampaignOffer[]; readonly reasons: readonly Reason[] } {
  const offers: CampaignOffer[] = [];
  const reasons: Reason[] = [];
  for (const campaign of campaigns) {
    const miss = orderMiss(campaign, order);
    if (miss !== null) {
      reasons.push(miss);
      continue;
    }
    const perLine = pointsPerLine(campaign, order);
    const points = perLine.reduce((sum, one) => sum + one, 0);
    if (points > 0) offers.push({ campaign, points, perLine });
    else reasons.push(reason('campaign_no_points', false, { campaign: campaign.code }));
  }
  return { offers, reasons };
}

/** The first condition that the order as a whole does not meet. */
function orderMiss(campaign: Campaign, order: CampaignOrder): Reason | null {
  const { code, scope, groups, minimumMinor } = campaign;
  const { subject, customerGroup, currency, lines } = order;
  const miss = subjectMiss(scope, subject);
  if (miss !== null) return reason(`campaign_${miss}`, false, { campaign: code, tier: subject.tier, at: subject.at });
  if (groups && (customerGroup === null || !groups.includes(customerGroup))) {
    return reason('campaign_other_group', false, { campaign: code, group: customerGroup });
  }
  if (Object.keys(minimumMinor).length === 0) return null;
  const minimum = ofCurrency(minimumMinor, currency);
  if (minimum === null) return reason('campaign_other_currency', false, { campaign: code, currency });
  const basisMinor = lines.reduce((sum, line) => sum + line.basisMinor, 0);
  if (basisMinor >= minimum) return null;
  return reason('campaign_below_minimum', false, { campaign: code, basisMinor, minimumMinor: minimum });
}

/** Goods that earn nothing, or that nothing was paid for, bring no points of a campaign either. */
function pointsPerLine({ scope, effect }: Campaign, { lines, terms, rounding }: CampaignOrder): readonly number[] {
  const basis = lines.map(({ line, factor, basisMinor }) => (factor !== null && coversGoods(scope, line) ? basisMinor : 0));
  switch (effect.kind) {
    case 'multiplier': {
      const extra = BigInt(terms.earnPoints) * BigInt(effect.multiplierBps - 10_000);
      const denominator = BigInt(terms.earnPerMinor) * 10_000n;
      const exact = basis.map((minor) => BigInt(minor) * extra);
      const sum = exact.reduce((left, right) => left + right, 0n);
      return roundToTotal(divide(sum, denominator, rounding), exact, denominator).map(toSafe);
    }
    case 'bonus':
      return basis.some((minor) => minor > 0) ? allocate(effect.points, basis) : basis;
    case 'perUnit':
      return lines.map(({ line }, i) => (basis[i] ? mulDiv(effect.points, line.quantityMilli, 1000, 'down') : 0));
  }
}

/** The offers that stand, within what their budgets allow; all others leave a reason. */
export function standingCampaigns(
  offers: readonly CampaignOffer[],
  limitOf: (campaign: Campaign) => number | null,
): { readonly standing: readonly CampaignOffer[]; readonly reasons: readonly Reason[] } {
  const allowed = offers.map((offer) => withinLimit(offer, limitOf(offer.campaign))).filter(({ points }) => points > 0);
  const marked = (stacking: Campaign['stacking']): CampaignOffer[] =>
    allowed.filter(({ campaign }) => campaign.stacking === stacking);
  const [alone] = marked('exclusive').sort((a, b) => byPriority(a, b) || byPoints(a, b) || byCode(a, b));
  const [best] = marked('best').sort((a, b) => byPoints(a, b) || byPriority(a, b) || byCode(a, b));
  const standing = alone ? [alone] : allowed.filter((offer) => offer === best || offer.campaign.stacking === 'all');
  const reasons = offers.map(({ campaign, points: offered }) => {
    const { code } = campaign;
    const chosen = standing.find((offer) => offer.campaign === campaign);
    if (chosen) return reason('campaign_applied', true, { campaign: code, points: chosen.points, offered });
    if (!allowed.some((offer) => offer.campaign === campaign)) return reason('campaign_not_granted', false, { campaign: code });
    const other = alone ?? best;
    return reason(alone ? 'campaign_beside_exclusive' : 'campaign_not_best', false, {
      campaign: code,
      offered,
      other: other?.campaign.code ?? null,
    });
  });
  return { standing, reasons };
}

/** Less than the offer goes to the lines in proportion. */
function withinLimit(offer: CampaignOffer, limit: number | null): CampaignOffer {
  if (limit === null || limit >= offer.points) return offer;
  return { ...offer, points: limit, perLine: allocate(limit, offer.perLine) };
}

/** What pinned grants leave an order of a campaign; a budget that granted it nothing gives it nothing later. */
export function grantedLimit(grants: readonly CampaignGrant[], campaign: Campaign): number | null {
  if (!hasBudget(campaign)) return null;
  const grant = grants.find((one) => one.campaign === campaign.code);
  return grant ? grant.points : 0;
}

type Compare = (a: CampaignOffer, b: CampaignOffer) => number;
const byPriority: Compare = (a, b) => b.campaign.priority - a.campaign.priority;
const byPoints: Compare = (a, b) => b.points - a.points;
const byCode: Compare = (a, b) => (a.campaign.code < b.campaign.code ? -1 : 1);
