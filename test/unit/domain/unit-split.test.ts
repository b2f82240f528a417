import fc from 'fast-check';
import { keptOfUnits, remainingMilli } from '../../../sidecar/src/domain/unit-split';

test.each([
  // total, quantity, refunded, kept
  [10, 3000, 0, 10],
  [10, 3000, 1000, 7],
  [10, 3000, 2000, 4],
  [10, 3000, 3000, 0],
  [2, 5000, 3000, 2],
  [2, 5000, 4000, 1],
  [10, 3000, 500, 8],
  [10, 1500, 500, 6],
  [10, 1500, 1500, 0],
  [7, 2500, 2499, 0],
  [10, 0, 0, 0],
  [10, 3000, 9000, 0],
  [10, 3000, -1000, 10],
  [0, 3000, 0, 0],
])('of %i on %i thousandths with %i back, %i is kept', (total, quantity, refunded, kept) => {
  expect(keptOfUnits(total, quantity, refunded)).toBe(kept);
});

test('needs no time for a million units', () => {
  expect(keptOfUnits(1_000_001, 1_000_000_000, 1000)).toBe(1_000_000);
});

test('never negative, all at the start, nothing at the end, never more after a further refund', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 1, max: 20_000 }),
      fc.boolean(),
      fc.array(fc.nat(20_000), { maxLength: 10 }),
      (total, size, isWhole, steps) => {
        const quantity = isWhole ? size * 1000 : size;
        let refunded = 0;
        let before = keptOfUnits(total, quantity, 0);
        expect(before).toBe(total);
        for (const step of steps) {
          refunded = Math.min(quantity, refunded + step);
          const kept = keptOfUnits(total, quantity, refunded);
          expect(kept).toBeLessThanOrEqual(before);
          expect(kept).toBeGreaterThanOrEqual(0);
          before = kept;
        }
        expect(keptOfUnits(total, quantity, quantity)).toBe(0);
      },
    ),
  );
});

test('whole units differ by at most one point', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 50 }), (total, units) => {
      const perUnit = Array.from(
        { length: units },
        (_, back) => keptOfUnits(total, units * 1000, back * 1000) - keptOfUnits(total, units * 1000, (back + 1) * 1000),
      );
      expect(Math.max(...perUnit) - Math.min(...perUnit)).toBeLessThanOrEqual(1);
    }),
  );
});

test('what is left of a quantity', () => {
  expect(remainingMilli(3000, 1000)).toBe(2000);
  expect(remainingMilli(3000, 4000)).toBe(0);
  expect(remainingMilli(-1000, 0)).toBe(0);
});
