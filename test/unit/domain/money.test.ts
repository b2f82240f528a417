import fc from 'fast-check';
import {
  allocate,
  currencyExponent,
  divide,
  formatMinor,
  mulDiv,
  toMajor,
  toMinor,
  type Rounding,
} from '../../../sidecar/src/domain/money';
import { isKnownCurrency, ofCurrency } from '../../../sidecar/src/domain/currency';

const safe = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

test.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['CLF', 4],
  ['???', 2],
])('%s has %i decimals', (currency, digits) => {
  expect(currencyExponent(currency)).toBe(digits);
});

describe('toMinor', () => {
  test.each<[number | string, string, number]>([
    [44.99, 'EUR', 4499],
    ['44.9900', 'EUR', 4499],
    [1.005, 'EUR', 101],
    ['1.004999', 'EUR', 100],
    [-1.005, 'EUR', -101],
    ['-0.001', 'EUR', 0],
    ['+3', 'EUR', 300],
    ['.5', 'EUR', 50],
    ['5.', 'EUR', 500],
    [' 7.10 ', 'EUR', 710],
    [0.1 + 0.2, 'EUR', 30],
    [1234.5, 'JPY', 1235],
    [1.2345, 'KWD', 1235],
    [1e-7, 'EUR', 0],
    ['1e3', 'EUR', 100_000],
    ['12.5e-1', 'EUR', 125],
    [90_071_992_547_409.9, 'EUR', 9_007_199_254_740_990],
  ])('%p %s is %i', (value, currency, minor) => {
    expect(toMinor(value, currency)).toBe(minor);
    expect(Object.is(toMinor(value, currency), -0)).toBe(false);
  });

  test.each([NaN, Infinity, '', '.', '-', '1,5', '1.2.3', 'abc', '0x10', '1e9999', 1e21, '90071992547409.93'])(
    'refuses %p',
    (value) => {
      expect(() => toMinor(value, 'EUR')).toThrow(RangeError);
    },
  );

  test.each(['EUR', 'JPY', 'KWD'])('is undone by toMajor in %s', (currency) => {
    fc.assert(fc.property(safe, (minor) => toMinor(toMajor(minor, currency), currency) === minor));
  });
});

test.each([
  [4499, 'EUR', '44.99 EUR'],
  [5, 'EUR', '0.05 EUR'],
  [-5, 'EUR', '-0.05 EUR'],
  [500, 'JPY', '500 JPY'],
  [1, 'KWD', '0.001 KWD'],
  [0, 'EUR', '0.00 EUR'],
])('%i %s is written %s', (minor, currency, written) => {
  expect(formatMinor(minor, currency)).toBe(written);
});

describe('mulDiv', () => {
  test.each<[number, number, number, Rounding, number]>([
    [7, 1, 2, 'down', 3],
    [7, 1, 2, 'nearest', 4],
    [5, 1, 4, 'nearest', 1],
    [5, 1, 4, 'up', 2],
    [-7, 1, 2, 'down', -3],
    [-7, 1, 2, 'nearest', -4],
    [-5, 1, 4, 'up', -2],
    [7, 1, -2, 'nearest', -4],
    [6, 1, 2, 'up', 3],
    [0, 5, 3, 'up', 0],
    [9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991, 'down', 9_007_199_254_740_991],
  ])('%i * %i / %i %s is %i', (a, b, divisor, rounding, result) => {
    expect(mulDiv(a, b, divisor, rounding)).toBe(result);
  });

  test('refuses what it cannot hold', () => {
    expect(() => mulDiv(1, 1, 0, 'down')).toThrow(RangeError);
    expect(() => mulDiv(0.5, 1, 1, 'down')).toThrow(RangeError);
    expect(() => mulDiv(2 ** 52, 4, 1, 'down')).toThrow(RangeError);
  });

  test('down and up enclose the quotient, nearest is one of them', () => {
    fc.assert(
      fc.property(
        safe,
        safe,
        safe.filter((divisor) => divisor !== 0),
        (a, b, divisor) => {
          const [down, nearest, up] = (['down', 'nearest', 'up'] as const).map((rounding) =>
            divide(BigInt(a) * BigInt(b), BigInt(divisor), rounding),
          ) as [bigint, bigint, bigint];
          const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
          expect(magnitude(up) - magnitude(down)).toBe((BigInt(a) * BigInt(b)) % BigInt(divisor) === 0n ? 0n : 1n);
          expect([down, up]).toContain(nearest);
        },
      ),
    );
  });
});

describe('allocate', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [10, [0, 0, 0, 0], [3, 3, 2, 2]],
    [10, [3, 0, 1], [8, 0, 2]],
    [10, [2, 0, 3], [4, 0, 6]],
    [0, [5, 5], [0, 0]],
    [7, [], []],
    [1, [1, 2, 2], [0, 1, 0]],
  ])('%i by %p is %p', (total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts);
  });

  test('refuses weights it cannot weigh', () => {
    expect(() => allocate(1, [-1, 2])).toThrow(RangeError);
    expect(() => allocate(1, [0.5, 2])).toThrow(RangeError);
    expect(() => allocate(0.5, [1])).toThrow(RangeError);
  });

  test('sums to the total, is within one of the exact share, and gives nothing to weight 0', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(safe, weights, (total, shares) => {
        const parts = allocate(total, shares);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        const sum = shares.reduce((left, right) => left + BigInt(right), 0n);
        if (sum === 0n) return;
        parts.forEach((part, index) => {
          const share = shares[index] ?? 0;
          const error = BigInt(part) * sum - BigInt(total) * BigInt(share);
          expect(error < sum && error > -sum).toBe(true);
          if (share === 0) expect(part).toBe(0);
        });
      }),
    );
  });
});

test('tables by currency are not fooled by inherited names', () => {
  expect(ofCurrency({ EUR: 5 }, 'EUR')).toBe(5);
  expect(ofCurrency({ EUR: 5 }, 'constructor')).toBeNull();
  expect(isKnownCurrency('EUR')).toBe(true);
  expect(isKnownCurrency('EURO')).toBe(false);
});
