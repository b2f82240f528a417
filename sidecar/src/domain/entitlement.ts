import { accruingLine, originalPoints, type AccruingLine } from './accrual';
import { channelOf } from './channel';
import { campaignOffers, grantedLimit, standingCampaigns, type CampaignGrant, type CampaignOffer } from './campaign';
import { currencyExponent, ofCurrency } from './currency';
import { addDays } from './instant';
import { allocate, mulDiv } from './money';
import { activeMultipliers } from './multiplier';
import type { OrderSnapshot } from './order-snapshot';
import type { CurrencyTerms, Programme } from './programme';
import { NO_TOTALS, type QualifyingTotals } from './qualifying';
import { reason, type Reason } from './reason';
import { keptOfUnits, remainingMilli } from './unit-split';

/** The terms an order was first seen under; they stay with it. */
export interface PinnedTerms {
  readonly programmeVersionId: string;
  readonly programme: Programme;
  readonly tier: string | null;
  readonly segments: readonly string[];
  /** The buyer had not accepted the terms of participation. */
  readonly isUnaccepted?: boolean;
  /** What budgets of campaigns granted the order. */
  readonly grants: readonly CampaignGrant[];
}

/** Points of one campaign, on a line or on the order. */
export interface CampaignPoints {
  readonly campaign: string;
  /** As placed, before refunds. */
  readonly originalPoints: number;
  readonly earnedPoints: number;
}

export interface LineEntitlement {
  readonly lineId: string;
  /** Value the line earns on, for all ordered units, minor units of the order's currency. */
  readonly basisMinor: number;
  /** Rounded for display; the arithmetic is exact. 0 when the line earns nothing. */
  readonly multiplierBps: number;
  /** As placed, before refunds; those of campaigns included. */
  readonly originalPoints: number;
  /** What is left of them in the order's present state. */
  readonly earnedPoints: number;
  /** Those of campaigns, by campaign; only where there are some. */
  readonly campaigns: readonly CampaignPoints[];
  /** Points spent on the units that are still with the buyer; on all of them where refunds give no points back. */
  readonly redeemedPoints: number;
  readonly reasons: Reason[];
}

/** The position an order should have in the books, in its present state. */
export interface Entitlement {
  readonly earnedPoints: number;
  readonly originalPoints: number;
  readonly redeemedPoints: number;
  readonly originalRedeemedPoints: number;
  /** When earned points become available and the order counts for tiers; null while unpaid. */
  readonly releaseAt: string | null;
  readonly qualifying: QualifyingTotals;
  /** What campaigns gave of the points. */
  readonly campaigns: readonly CampaignPoints[];
  readonly lines: readonly LineEntitlement[];
  readonly reasons: readonly Reason[];
}

/**
 * What an order is entitled to under its pinned terms. Depends on nothing but its arguments, so every path of events
 * that ends in the same snapshot ends in the same books.
 */
export function entitlement(terms: PinnedTerms, snapshot: OrderSnapshot): Entitlement {
  const { accrual } = terms.programme;
  const { multipliers, lines, currency, refusals, offers } = judged(terms, snapshot);
  const earned = currency === null || refusals.length > 0 ? null : originalPoints(accrual, currency, lines);
  const campaigns = standingCampaigns(offers.offers, (campaign) => grantedLimit(terms.grants, campaign));
  const redeemed = redeemedPerLine(snapshot, lines);
  const voids = voidReason(snapshot);
  const refundsPoints = isReturned(terms.programme, snapshot);
  const results = lines.map((line, index): LineEntitlement => {
    const points = { base: earned?.perLine[index] ?? 0, redeemed: redeemed[index] ?? 0 };
    const result = lineEntitlement(line, points, offersOfLine(campaigns.standing, index), voids);
    return refundsPoints ? result : { ...result, redeemedPoints: redeemed[index] ?? 0 };
  });
  const earnedPoints = sumOf(results, (line) => line.earnedPoints);
  const releaseAt = snapshot.paidAt === null ? null : addDays(snapshot.paidAt, accrual.lockDays);
  return {
    earnedPoints,
    originalPoints: sumOf(results, (line) => line.originalPoints),
    redeemedPoints: refundsPoints ? (voids ? 0 : keptRedeemed(snapshot, redeemed, results)) : spentPoints(snapshot),
    originalRedeemedPoints: spentPoints(snapshot),
    releaseAt,
    qualifying: voids ? NO_TOTALS : qualifying(terms.programme, snapshot.currency, currency, lines, earnedPoints),
    campaigns: campaigns.standing.map((offer) => campaignTotal(offer, results)),
    lines: inOrderOf(snapshot, results),
    reasons: [
      ...(voids ? [voids] : []),
      ...refusals,
      ...multipliers.reasons,
      ...(earned ? [earned.reason] : []),
      ...offers.reasons,
      ...campaigns.reasons,
      ...releaseReasons(snapshot, releaseAt, accrual.lockDays),
      ...(refundsPoints ? [] : [reason('points_not_refunded', true, { points: spentPoints(snapshot) })]),
      ...(snapshot.refundNeedsReview ? [reason('refund_needs_review', false)] : []),
    ],
  };
}

/** What campaigns would give the order as placed, whatever their budgets say. */
export function offersTo(terms: PinnedTerms, snapshot: OrderSnapshot): readonly CampaignOffer[] {
  return judged(terms, snapshot).offers.offers;
}

const NO_OFFERS: ReturnType<typeof campaignOffers> = { offers: [], reasons: [] };

/** Everything that rules say of an order before points are counted. */
function judged(terms: PinnedTerms, snapshot: OrderSnapshot) {
  const { accrual, campaigns, channels = [], currencies } = terms.programme;
  const channel = channelOf(channels, snapshot)?.code ?? null;
  const subject = { tier: terms.tier, segments: terms.segments, at: snapshot.placedAt, channel };
  const multipliers = activeMultipliers(accrual, subject);
  // By line id, not by position: a shop that lists the lines in another order must not move a point between them.
  const lines = [...snapshot.lines]
    .sort((a, b) => (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : 0))
    .map((line) => accruingLine(accrual, multipliers.rules, line));
  const currency = ofCurrency(currencies, snapshot.currency);
  const refusals = earningRefusals(terms, snapshot, lines);
  const { customerGroup, currency: code } = snapshot;
  const offers =
    currency === null || refusals.length > 0
      ? NO_OFFERS
      : campaignOffers(campaigns, {
          subject,
          customerGroup,
          currency: code,
          terms: currency,
          rounding: accrual.rounding,
          lines,
        });
  return { multipliers, lines, currency, refusals, offers };
}

function offersOfLine(standing: readonly CampaignOffer[], index: number): { campaign: string; points: number }[] {
  return standing.flatMap(({ campaign: { code }, perLine }) => {
    const points = perLine[index] ?? 0;
    return points > 0 ? [{ campaign: code, points }] : [];
  });
}

function campaignTotal({ campaign: { code }, points }: CampaignOffer, lines: readonly LineEntitlement[]): CampaignPoints {
  const earnedPoints = sumOf(lines, (line) => line.campaigns.find(({ campaign }) => campaign === code)?.earnedPoints ?? 0);
  return { campaign: code, originalPoints: points, earnedPoints };
}

/** Why the whole order counts for nothing; null for an order that stands. */
function voidReason(snapshot: OrderSnapshot): Reason | null {
  if (snapshot.orderState === 'cancelled') return reason('order_cancelled', true);
  const { paymentState } = snapshot;
  const isVoid = paymentState === 'refunded' || paymentState === 'failed' || paymentState === 'cancelled';
  return isVoid ? reason(`payment_${paymentState}`, true) : null;
}

/** Whether points follow the goods they paid for; those of an order that never came about always do. */
function isReturned({ redemption }: Programme, snapshot: OrderSnapshot): boolean {
  if (redemption?.refundsPoints !== false || spentPoints(snapshot) === 0) return true;
  const isRefund = snapshot.paymentState === 'refunded' || snapshot.paymentState === 'partially_refunded';
  return snapshot.orderState === 'cancelled' || (voidReason(snapshot) !== null && !isRefund);
}

/** Why the order as a whole earns nothing, although it stands. */
function earningRefusals(terms: PinnedTerms, snapshot: OrderSnapshot, lines: readonly AccruingLine[]): Reason[] {
  const { accrual, channels = [], currencies } = terms.programme;
  const refusals: Reason[] = [];
  if (terms.isUnaccepted) refusals.push(reason('terms_not_accepted', true));
  if (ofCurrency(currencies, snapshot.currency) === null) {
    refusals.push(reason('currency_not_in_programme', true, { currency: snapshot.currency }));
  }
  if (snapshot.customerGroup !== null && accrual.excludedGroups.includes(snapshot.customerGroup)) {
    refusals.push(reason('group_excluded', true, { group: snapshot.customerGroup }));
  }
  const channel = channelOf(channels, snapshot);
  if (channel?.takesPart === false) refusals.push(reason('channel_excluded', true, { channel: channel.code }));
  const segment = terms.segments.find((candidate) => accrual.excludedSegments.includes(candidate));
  if (segment !== undefined) refusals.push(reason('segment_excluded', true, { segment }));
  const minimumMinor = ofCurrency(accrual.minimumMinor, snapshot.currency) ?? 0;
  const basisMinor = sumOf(lines, (line) => line.basisMinor);
  if (basisMinor < minimumMinor) refusals.push(reason('below_minimum', true, { basisMinor, minimumMinor }));
  return refusals;
}

function lineEntitlement(
  accruing: AccruingLine,
  points: { readonly base: number; readonly redeemed: number },
  ofCampaigns: readonly { readonly campaign: string; readonly points: number }[],
  voids: Reason | null,
): LineEntitlement {
  const { line } = accruing;
  const kept = (total: number): number => (voids ? 0 : keptOfUnits(total, line.quantityMilli, line.refundedMilli));
  const reasons = [...accruing.reasons];
  if (line.refundedMilli > 0) {
    reasons.push(reason('units_refunded', true, { refundedMilli: line.refundedMilli, quantityMilli: line.quantityMilli }));
  }
  const campaigns = ofCampaigns.map(({ campaign, points: original }) => ({
    campaign,
    originalPoints: original,
    earnedPoints: kept(original),
  }));
  return {
    lineId: line.lineId,
    basisMinor: accruing.basisMinor,
    multiplierBps: accruing.multiplierBps,
    originalPoints: points.base + sumOf(campaigns, ({ originalPoints: one }) => one),
    earnedPoints: kept(points.base) + sumOf(campaigns, ({ earnedPoints: one }) => one),
    campaigns,
    redeemedPoints: kept(points.redeemed),
    reasons,
  };
}

function spentPoints(snapshot: OrderSnapshot): number {
  return Math.max(0, snapshot.redemption?.points ?? 0);
}

/** Redeemed points by line: where the shop took the discount, else by value; all 0 when no line can carry them. */
function redeemedPerLine(snapshot: OrderSnapshot, lines: readonly AccruingLine[]): number[] {
  const weigh = (value: (line: AccruingLine['line']) => number): number[] =>
    lines.map(({ line }) => (line.kind === 'product' && line.quantityMilli > 0 ? Math.max(0, value(line)) : 0));
  const candidates = [weigh((line) => line.pointsDiscountGrossMinor), weigh((line) => line.grossMinor)];
  const weights = candidates.find((some) => some.some((weight) => weight > 0));
  return weights ? allocate(spentPoints(snapshot), weights) : lines.map(() => 0);
}

/** Points no line could carry stay with the order until its last unit went back. */
function keptRedeemed(snapshot: OrderSnapshot, perLine: readonly number[], results: readonly LineEntitlement[]): number {
  if (perLine.some((points) => points > 0)) return sumOf(results, (line) => line.redeemedPoints);
  const goods = snapshot.lines.filter((line) => line.kind === 'product');
  const allBack = goods.length > 0 && goods.every((line) => remainingMilli(line.quantityMilli, line.refundedMilli) === 0);
  return allBack ? 0 : spentPoints(snapshot);
}

function qualifying(
  programme: Programme,
  orderCurrency: string,
  currency: CurrencyTerms | null,
  lines: readonly AccruingLine[],
  points: number,
): Entitlement['qualifying'] {
  const goods = lines.filter(({ line }) => line.kind === 'product');
  const keptMinor = sumOf(goods, ({ line, basisMinor }) => keptOfUnits(basisMinor, line.quantityMilli, line.refundedMilli));
  const keptMilli = sumOf(goods, ({ line }) => remainingMilli(line.quantityMilli, line.refundedMilli));
  // The factor is between major units; minor units may differ in size (1 JPY against 0.01 EUR).
  const toBase = (currency?.turnoverFactorBps ?? 0) * 10 ** currencyExponent(programme.baseCurrency);
  return {
    turnoverMinor: mulDiv(keptMinor, toBase, 10_000 * 10 ** currencyExponent(orderCurrency), 'nearest'),
    orders: keptMilli > 0 ? 1 : 0,
    items: Math.floor(keptMilli / 1000),
    points,
  };
}

function releaseReasons(snapshot: OrderSnapshot, releaseAt: string | null, lockDays: number): Reason[] {
  if (releaseAt === null) return [reason('not_paid', false, { paymentState: snapshot.paymentState })];
  return [reason('released_after_lock', true, { paidAt: snapshot.paidAt, lockDays, releaseAt })];
}

function inOrderOf(snapshot: OrderSnapshot, results: readonly LineEntitlement[]): LineEntitlement[] {
  const rank = new Map(snapshot.lines.map((line, index) => [line.lineId, index]));
  return [...results].sort((a, b) => (rank.get(a.lineId) ?? 0) - (rank.get(b.lineId) ?? 0));
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
