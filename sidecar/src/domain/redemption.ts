import { ofCurrency } from './currency';
import { mulDiv } from './money';
import type { Programme, RedemptionTerms } from './programme';
import { refuse, success, type Result } from './result';

export type RedemptionRefusal =
  | 'no_redemption'
  | 'currency_not_redeemable'
  | 'not_an_integer'
  | 'below_minimum'
  | 'insufficient_points'
  | 'not_a_step'
  | 'above_share';

export interface RedemptionQuote {
  readonly points: number;
  readonly valueMinor: number;
}

interface Cart {
  readonly currency: string;
  /** Value of the goods in the cart, minor units. */
  readonly goodsMinor: number;
  readonly availablePoints: number;
}

interface Rate {
  readonly terms: RedemptionTerms;
  readonly valuePoints: number;
  readonly valueMinor: number;
}

/** What a wish to pay with points is worth, or the first rule that forbids it with its figures. */
export function quoteRedemption(
  programme: Programme,
  wish: Cart & { readonly requestedPoints: number },
): Result<RedemptionQuote, RedemptionRefusal> {
  const rate = rateFor(programme, wish.currency);
  if (!rate.ok) return rate;
  const { terms } = rate.value;
  const { requestedPoints, availablePoints } = wish;
  if (!Number.isSafeInteger(requestedPoints)) return refuse('not_an_integer', { requestedPoints });
  const valueMinor = valueOf(rate.value, Math.max(0, requestedPoints));
  if (requestedPoints < terms.minimumPoints || valueMinor === 0) {
    return refuse('below_minimum', { requestedPoints, minimumPoints: terms.minimumPoints, valueMinor });
  }
  if (requestedPoints > availablePoints) return refuse('insufficient_points', { requestedPoints, availablePoints });
  if (requestedPoints % terms.stepPoints !== 0) return refuse('not_a_step', { requestedPoints, stepPoints: terms.stepPoints });
  const maximumMinor = shareOf(terms, wish.goodsMinor);
  if (valueMinor > maximumMinor) {
    return refuse('above_share', { valueMinor, maximumMinor, maximumShareBps: terms.maximumShareBps });
  }
  return success({ points: requestedPoints, valueMinor });
}

/** The most a cart can be paid with, at the fewest points that are worth it; zeros when nothing is possible. */
export function largestRedemption(programme: Programme, cart: Cart): RedemptionQuote {
  const nothing = { points: 0, valueMinor: 0 };
  const rate = rateFor(programme, cart.currency);
  if (!rate.ok) return nothing;
  const { terms, valuePoints, valueMinor } = rate.value;
  const maximumMinor = shareOf(terms, cart.goodsMinor);
  const worthMaximum = mulDiv(maximumMinor + 1, valuePoints, valueMinor, 'up') - 1;
  const affordable = Math.max(0, Math.min(cart.availablePoints, worthMaximum));
  const highest = affordable - (affordable % terms.stepPoints);
  const value = valueOf(rate.value, highest);
  if (highest < terms.minimumPoints || value === 0) return nothing;
  const fewest = mulDiv(mulDiv(value, valuePoints, valueMinor, 'up'), 1, terms.stepPoints, 'up') * terms.stepPoints;
  return { points: Math.max(fewest, terms.minimumPoints), valueMinor: value };
}

/** What points nobody has spent yet are worth in the programme's base currency; null when it redeems none there. */
export function liabilityOf(programme: Programme, points: number): { minor: number; currency: string } | null {
  const currency = programme.baseCurrency;
  const rate = ofCurrency(programme.currencies, currency)?.pointValue ?? null;
  return rate && { minor: mulDiv(points, rate.valueMinor, rate.valuePoints, 'down'), currency };
}

function rateFor(programme: Programme, currency: string): Result<Rate, 'no_redemption' | 'currency_not_redeemable'> {
  if (programme.redemption === null) return refuse('no_redemption');
  const pointValue = ofCurrency(programme.currencies, currency)?.pointValue ?? null;
  if (pointValue === null) return refuse('currency_not_redeemable', { currency });
  return success({ terms: programme.redemption, ...pointValue });
}

function valueOf(rate: Rate, points: number): number {
  return mulDiv(points, rate.valueMinor, rate.valuePoints, 'down');
}

function shareOf(terms: RedemptionTerms, goodsMinor: number): number {
  return Math.max(0, Math.min(goodsMinor, mulDiv(goodsMinor, terms.maximumShareBps, 10_000, 'down')));
}
