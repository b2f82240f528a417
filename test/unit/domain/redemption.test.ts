import fc from 'fast-check';
import { largestRedemption, quoteRedemption } from '../../../sidecar/src/domain/redemption';
import type { CurrencyTerms, RedemptionTerms } from '../../../sidecar/src/domain/programme';
import { programmeWith } from './examples';

const cart = { currency: 'EUR', goodsMinor: 10_000, availablePoints: 3_000 };

test('a redemption within all limits is worth its points', () => {
  expect(quoteRedemption(programmeWith(), { ...cart, requestedPoints: 250 })).toEqual({
    ok: true,
    value: { points: 250, valueMinor: 250 },
  });
});

test.each([
  [{ requestedPoints: 1.5 }, 'not_an_integer'],
  [{ requestedPoints: NaN }, 'not_an_integer'],
  [{ requestedPoints: 2 ** 53 }, 'not_an_integer'],
  [{ requestedPoints: 50 }, 'below_minimum'],
  [{ requestedPoints: 0 }, 'below_minimum'],
  [{ requestedPoints: -100 }, 'below_minimum'],
  [{ requestedPoints: 3_050 }, 'insufficient_points'],
  [{ requestedPoints: 120 }, 'not_a_step'],
  [{ requestedPoints: 5_050, availablePoints: 9_000 }, 'above_share'],
  [{ requestedPoints: 100, goodsMinor: 0 }, 'above_share'],
  [{ requestedPoints: 100, goodsMinor: -500 }, 'above_share'],
  [{ requestedPoints: 100, currency: 'USD' }, 'currency_not_redeemable'],
  [{ requestedPoints: 100, currency: 'GBP' }, 'currency_not_redeemable'],
  [{ requestedPoints: 100, currency: 'constructor' }, 'currency_not_redeemable'],
])('%p is refused as %s', (wish, code) => {
  expect(quoteRedemption(programmeWith(), { ...cart, ...wish })).toMatchObject({ ok: false, code });
});

test('a programme without redemption refuses', () => {
  const programme = programmeWith({ redemption: null });
  expect(quoteRedemption(programme, { ...cart, requestedPoints: 100 })).toMatchObject({ code: 'no_redemption' });
  expect(largestRedemption(programme, cart)).toEqual({ points: 0, valueMinor: 0 });
});

test('the refusal carries the figures a person needs', () => {
  const refusal = quoteRedemption(programmeWith(), { ...cart, requestedPoints: 5_050, availablePoints: 9_000 });
  expect(refusal).toMatchObject({ details: { valueMinor: 5_050, maximumMinor: 5_000, maximumShareBps: 5_000 } });
});

test.each([
  [{}, { points: 3_000, valueMinor: 3_000 }],
  [{ availablePoints: 3_049 }, { points: 3_000, valueMinor: 3_000 }],
  [{ availablePoints: 90_000 }, { points: 5_000, valueMinor: 5_000 }],
  [{ availablePoints: 99 }, { points: 0, valueMinor: 0 }],
  [{ goodsMinor: 199 }, { points: 0, valueMinor: 0 }],
  [{ goodsMinor: 0 }, { points: 0, valueMinor: 0 }],
  [{ currency: 'USD' }, { points: 0, valueMinor: 0 }],
])('largest redemption with %p is %p', (change, largest) => {
  expect(largestRedemption(programmeWith(), { ...cart, ...change })).toEqual(largest);
});

test('points that buy nothing more are left with the member', () => {
  const programme = rated(
    { valuePoints: 3, valueMinor: 1 },
    { minimumPoints: 1, stepPoints: 1, maximumShareBps: 10_000, holdMinutes: 5, refundsPoints: true },
  );
  expect(largestRedemption(programme, { ...cart, availablePoints: 100 })).toEqual({ points: 99, valueMinor: 33 });
  expect(quoteRedemption(programme, { ...cart, requestedPoints: 2 })).toMatchObject({ code: 'below_minimum' });
});

function rated(pointValue: CurrencyTerms['pointValue'], redemption: RedemptionTerms) {
  return programmeWith({
    redemption,
    currencies: { EUR: { earnPoints: 1, earnPerMinor: 100, turnoverFactorBps: 10_000, pointValue } },
  });
}

test('the largest redemption is accepted and no larger value is', () => {
  const small = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(small, small, small, small, fc.integer({ min: 1, max: 10_000 }), fc.nat(300), fc.nat(300), (...drawn) => {
      const [valuePoints, valueMinor, stepPoints, steps, maximumShareBps, goodsMinor, availablePoints] = drawn;
      const programme = rated(
        { valuePoints, valueMinor },
        { minimumPoints: stepPoints * steps, stepPoints, maximumShareBps, holdMinutes: 5, refundsPoints: true },
      );
      const wish = { currency: 'EUR', goodsMinor, availablePoints };
      let best = 0;
      for (let requestedPoints = 1; requestedPoints <= availablePoints; requestedPoints += 1) {
        const quote = quoteRedemption(programme, { ...wish, requestedPoints });
        if (quote.ok) {
          best = Math.max(best, quote.value.valueMinor);
          expect(quote.value.valueMinor).toBeLessThanOrEqual(goodsMinor);
        }
      }
      const largest = largestRedemption(programme, wish);
      expect(largest.valueMinor).toBe(best);
      if (best > 0) {
        expect(quoteRedemption(programme, { ...wish, requestedPoints: largest.points })).toEqual({ ok: true, value: largest });
      }
    }),
  );
});
