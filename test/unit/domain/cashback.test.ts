import fc from 'fast-check';
import {
  cashbackUnit,
  judgeCashback,
  PAYOUT_STATES,
  payoutMayBecome,
  type CashbackRule,
} from '../../../sidecar/src/domain/cashback';
import { programmeWith } from './examples';

const RULE: CashbackRule = {
  code: 'cash',
  name: 'Cash',
  minimumPoints: 1,
  stepPoints: 1,
  payout: 'credit',
  validDays: null,
  every: null,
};

function worth(valuePoints: number, valueMinor: number, change: Partial<CashbackRule> = {}) {
  const EUR = { earnPoints: 1, earnPerMinor: 100, pointValue: { valuePoints, valueMinor }, turnoverFactorBps: 10_000 };
  return { programme: programmeWith({ currencies: { EUR } }), rule: { ...RULE, ...change } };
}

describe('cashback', () => {
  // points, worth minor units, step, unit
  test.each([
    [100, 100, 1, 1, 1],
    [3, 1, 1, 3, 1],
    [100, 150, 1, 2, 3],
    [1000, 500, 250, 250, 125],
    [1000, 300, 250, 250, 75],
    [7, 5, 3, 21, 15],
  ])('%i points worth %i in steps of %i go in units of %i', (valuePoints, valueMinor, stepPoints, points, minor) => {
    const { programme, rule } = worth(valuePoints, valueMinor, { stepPoints });
    expect(cashbackUnit(programme, rule)).toEqual({ points, valueMinor: minor });
  });

  test.each([
    ['everything whole', 250, null, {}, { points: 249, valueMinor: 83, currency: 'EUR' }],
    ['as asked', 250, 30, {}, { points: 30, valueMinor: 10, currency: 'EUR' }],
    ['too few', 2, null, {}, 'cashback_below_minimum'],
    ['below the minimum', 250, 30, { minimumPoints: 60 }, 'cashback_below_minimum'],
    ['a part of a cent', 250, 31, {}, 'cashback_not_a_step'],
    ['no step', 250, 30, { stepPoints: 20 }, 'cashback_not_a_step'],
    ['more than there is', 29, 30, {}, 'cashback_points_missing'],
  ])('pays %s', (_name, available, wanted, change, expected) => {
    const { programme, rule } = worth(3, 1, change);
    const verdict = judgeCashback(programme, rule, available, wanted);
    expect(verdict.isPaid ? verdict.quote : verdict.reasons[0]?.code).toEqual(expected);
  });

  it('pays nothing where points have no value', () => {
    const EUR = { earnPoints: 1, earnPerMinor: 100, pointValue: null, turnoverFactorBps: 10_000 };
    const verdict = judgeCashback(programmeWith({ currencies: { EUR } }), RULE, 1000, null);
    expect(verdict).toMatchObject({ isPaid: false, reasons: [{ code: 'cashback_no_value' }] });
  });

  it('is exact to the point and leaves less than a unit, whatever the value', () => {
    const cases = fc.record({
      valuePoints: fc.integer({ min: 1, max: 5000 }),
      valueMinor: fc.integer({ min: 1, max: 5000 }),
      stepPoints: fc.integer({ min: 1, max: 500 }),
      available: fc.integer({ min: 0, max: 1_000_000_000 }),
    });
    fc.assert(
      fc.property(cases, ({ valuePoints, valueMinor, stepPoints, available }) => {
        const { programme, rule } = worth(valuePoints, valueMinor, { stepPoints });
        const verdict = judgeCashback(programme, rule, available, null);
        const unit = cashbackUnit(programme, rule)?.points ?? 0;
        if (!verdict.isPaid) {
          expect(available).toBeLessThan(unit);
          return;
        }
        const { points, valueMinor: paid } = verdict.quote;
        expect(BigInt(paid) * BigInt(valuePoints)).toBe(BigInt(points) * BigInt(valueMinor));
        expect(points % stepPoints).toBe(0);
        expect(available - points).toBeLessThan(unit);
      }),
    );
  });

  it('that failed stays so; what was paid may still come back', () => {
    const moves = PAYOUT_STATES.flatMap((from) => PAYOUT_STATES.map((to) => (payoutMayBecome(from, to) ? `${from} ${to}` : '')));
    expect(moves.filter((move) => move !== '')).toEqual(['requested paid', 'requested failed', 'paid failed']);
  });
});
