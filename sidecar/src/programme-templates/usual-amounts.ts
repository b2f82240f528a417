import type { CurrencyTerms } from './template';

/**
 * About how many units of a currency buy what one euro buys, as a power of ten: so that a first threshold is 200 EUR and
 * 20,000 JPY. Nobody is bound by it; what is not listed counts as one.
 */
const UNITS_A_EURO: ReadonlyMap<string, number> = new Map(
  Object.entries({
    10: 'BOB CNY CZK DKK EGP GTQ HKD MAD MDL MOP MXN NOK SEK TRY UAH ZAR',
    100: 'ALL AMD ARS CRC DOP DZD HUF INR ISK JPY KES KZT LKR MKD PHP PKR RSD RUB THB TWD UYU',
    1000: 'CLP COP IQD KRW NGN XAF XOF',
    10_000: 'IDR LAK LBP PYG UZS VND',
  }).flatMap(([units, codes]) => codes.split(' ').map((code) => [code, Number(units)] as const)),
);

/** What an amount in euros is about in the currency. */
export function usualAmount(euros: number, currency: string): number {
  return euros * (UNITS_A_EURO.get(currency) ?? 1);
}

/** As many as a programme may promise. */
const MOST_POINTS = 1_000_000_000;

/** Points worth at least so many major units: whole tens, since nobody promises 493 points. */
export function pointsWorth(amount: number, { pointValue }: CurrencyTerms): number {
  const points = Math.min(MOST_POINTS, (amount * pointValue.points) / pointValue.value);
  if (points <= 10) return Math.max(1, Math.ceil(points));
  return Math.ceil(points / 10) * 10;
}
