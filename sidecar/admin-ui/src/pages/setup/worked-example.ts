import type { CurrencyTerms, Rounding } from './terms';

export interface Example {
  readonly points: number;
  /** Major units. */
  readonly worth: number;
  /** Hundredths of a percent that come back. */
  readonly backBps: number;
}

/** What an order of so many major units gives; the books compute with whole minor units, to the same result. */
export function workedExample(amount: number, { earn, pointValue }: CurrencyTerms, rounding: Rounding): Example {
  const exact = (amount * earn.points) / earn.per;
  // 0.1 + 0.2 must not lose a point.
  const steady = Math.round(exact * 1e6) / 1e6;
  const points = rounding === 'down' ? Math.floor(steady) : Math.round(steady);
  const worth = (points * pointValue.value) / pointValue.points;
  return { points, worth, backBps: amount === 0 ? 0 : Math.round((worth / amount) * 10_000) };
}

/** Amounts that show the rule and the rounding: a hundred times what earns a point, and a little less than half of it. */
export function exampleAmounts({ earn }: CurrencyTerms): { readonly round: number; readonly odd: number } {
  const unit = 10 ** Math.round(Math.log10(earn.per > 0 ? earn.per : 1));
  return { round: 100 * unit, odd: 44.99 * unit };
}
