/** Exact arithmetic on money and points: integers in and out, BigInt in between, every rounding named. */
import { currencyExponent } from './currency';

export { currencyExponent } from './currency';

/** `down` towards zero, `up` away from zero, `nearest` with halves away from zero. */
export type Rounding = 'down' | 'nearest' | 'up';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Major units as a shop writes them ("44.99", 44.99) to minor units, halves away from zero, exact on the decimal text.
 * @throws RangeError when the value is not a finite decimal or its minor units exceed 2^53
 */
export function toMinor(value: number | string, currency: string): number {
  const text = typeof value === 'number' ? String(value) : value.trim();
  const match = DECIMAL.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (!match || whole + fraction === '') throw new RangeError(`not a decimal amount: ${text}`);
  const shift = currencyExponent(currency) + Number(exponent) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`);
  const minor = shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift), 'nearest');
  return toSafe(sign === '-' ? -minor : minor);
}

/** Minor units to a number of major units, for displays and shops' APIs; never compute with it. */
export function toMajor(minor: number, currency: string): number {
  return minor / 10 ** currencyExponent(currency);
}

/** "44.99 EUR", independent of any locale. */
export function formatMinor(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const amount = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return `${minor < 0 ? '-' : ''}${amount} ${currency}`;
}

/**
 * Splits an integer total in proportion to the weights by largest remainder; ties go to the lower index and the parts
 * always sum to the total. Weights that are all zero share equally; no weights at all give no parts.
 * @throws RangeError for a weight that is negative or not an integer, or a total that is not a safe integer
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const size = exact(total);
  if (weights.some((weight) => weight < 0)) throw new RangeError('weights must not be negative');
  if (weights.length === 0) return [];
  const shares = weights.every((weight) => weight === 0) ? weights.map(() => 1n) : weights.map(exact);
  const magnitude = size < 0n ? -size : size;
  const sum = shares.reduce((left, right) => left + right, 0n);
  const quotas = shares.map((share) => share * magnitude);
  return roundToTotal(magnitude, quotas, sum).map((part) => toSafe(size < 0n ? -part : part));
}

/**
 * Rounds the exact quotas `numerators[i] / denominator` to integers that sum to `total`: each is rounded down, what is
 * left goes to the largest remainders, ties to the lower index. `total` lies between the sum of the quotas rounded down
 * and the same rounded up.
 */
export function roundToTotal(total: bigint, numerators: readonly bigint[], denominator: bigint): bigint[] {
  const parts = numerators.map((numerator) => numerator / denominator);
  const left = Number(total - parts.reduce((sum, part) => sum + part, 0n));
  const ranked = numerators
    .map((numerator, index) => ({ index, remainder: numerator % denominator }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of ranked.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/**
 * `a * b / divisor` without losing a digit in between.
 * @throws RangeError for a divisor of zero, arguments that are not safe integers, or a result beyond 2^53
 */
export function mulDiv(a: number, b: number, divisor: number, rounding: Rounding): number {
  if (divisor === 0) throw new RangeError('division by zero');
  return toSafe(divide(exact(a) * exact(b), exact(divisor), rounding));
}

/** BigInt quotient under a named rounding. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const offset = { down: 0n, nearest: bottom, up: 2n * bottom - 2n }[rounding];
  const magnitude = (2n * top + offset) / (2n * bottom);
  return negative ? -magnitude : magnitude;
}

/** @throws RangeError beyond 2^53, where a number would silently be another one */
export function toSafe(value: bigint): number {
  const result = Number(value);
  if (!Number.isSafeInteger(result)) throw new RangeError(`beyond the safe integers: ${value}`);
  return result;
}

function exact(value: number): bigint {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return BigInt(value);
}
