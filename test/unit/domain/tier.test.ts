import fc from 'fast-check';
import { addDays } from '../../../sidecar/src/domain/instant';
import { nextTier, qualifyTier, reviewTier, tierRank, type TierStanding } from '../../../sidecar/src/domain/tier';
import { factsWith, programmeWith } from './examples';

const { tiers } = programmeWith();
const AS_OF = '2026-05-01T00:00:00.000Z';

test.each([
  [0, null],
  [49_999, null],
  [50_000, 'silver'],
  [149_999, 'silver'],
  [150_000, 'gold'],
  [9_999_999, 'gold'],
])('%i qualifies for %p', (metricValue, tier) => {
  expect(qualifyTier(tiers, factsWith(metricValue))).toBe(tier);
});

test.each([
  [null, -1],
  ['unknown', -1],
  ['silver', 0],
  ['gold', 1],
])('%p has rank %i', (code, rank) => {
  expect(tierRank(tiers, code)).toBe(rank);
});

describe('review', () => {
  const met = (tier: string | null): TierStanding => ({ tier, since: tier && addDays(AS_OF, -400), missedSince: null });
  const missed = (tier: string | null, days: number): TierStanding => ({ ...met(tier), missedSince: addDays(AS_OF, -days) });
  const facts = (metricValue: number, asOf = AS_OF) => factsWith(metricValue, { asOf });
  test.each<[string, TierStanding, number, object]>([
    ['up at once', met(null), 50_000, { tier: 'silver', missedSince: null, change: 'up' }],
    ['up by two', met(null), 150_000, { tier: 'gold', missedSince: null, change: 'up' }],
    ['up ends grace', missed('silver', 3), 150_000, { tier: 'gold', missedSince: null, change: 'up' }],
    ['kept', met('silver'), 60_000, { tier: 'silver', missedSince: null, change: 'none' }],
    ['met again', missed('silver', 29), 50_000, { tier: 'silver', missedSince: null, change: 'none' }],
    ['no tier', met(null), 1, { tier: null, missedSince: null, change: 'none' }],
    ['first missed', met('gold'), 60_000, { tier: 'gold', missedSince: AS_OF, change: 'grace' }],
    ['in grace', missed('gold', 29), 60_000, { tier: 'gold', missedSince: addDays(AS_OF, -29), change: 'grace' }],
    ['grace over', missed('gold', 30), 60_000, { tier: 'silver', missedSince: null, change: 'down' }],
    ['grace over, nothing left', missed('gold', 31), 0, { tier: null, missedSince: null, change: 'down' }],
    ['removed tier', met('platinum'), 0, { tier: null, missedSince: null, change: 'down' }],
    ['removed tier, other one met', missed('platinum', 1), 60_000, { tier: 'silver', missedSince: null, change: 'up' }],
  ])('%s', (_name, standing, metricValue, expected) => {
    const review = reviewTier(tiers, standing, facts(metricValue));
    expect(review).toMatchObject(expected);
    expect(review.reasons[0]?.figures).toMatchObject({ from: standing.tier });
    for (const { code, applied, figures } of review.reasons.slice(1)) {
      expect(figures).toMatchObject({ metric: 'turnover', value: metricValue, window: '365 days' });
      expect({ code, applied }).toEqual(
        metricValue >= Number(figures['atLeast'])
          ? { code: 'tier_condition_met', applied: true }
          : { code: 'tier_condition_missed', applied: false },
      );
    }
  });

  test('without grace days the tier is lost at once', () => {
    const strict = { ...tiers, downgrade: { ...tiers.downgrade, graceDays: 0 } };
    expect(reviewTier(strict, met('gold'), facts(60_000))).toMatchObject({
      tier: 'silver',
      change: 'down',
    });
  });

  test('a programme without levels has no tiers', () => {
    const none = { ...tiers, levels: [] };
    expect(reviewTier(none, met(null), facts(60_000))).toMatchObject({ tier: null, change: 'none' });
  });

  test('nightly reviews never lower a tier sooner than the grace, and a second look the same night changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 49_999, 60_000, 200_000), { minLength: 1, maxLength: 120 }), (nights) => {
        let standing = met(null);
        let nightsMissed = 0;
        nights.forEach((metricValue, night) => {
          const asOf = addDays(AS_OF, night);
          const review = reviewTier(tiers, standing, facts(metricValue, asOf));
          const isMissed = tierRank(tiers, qualifyTier(tiers, facts(metricValue))) < tierRank(tiers, standing.tier);
          nightsMissed = isMissed ? nightsMissed + 1 : 0;
          expect(review.change === 'down').toBe(nightsMissed > 30);
          if (review.change === 'down') nightsMissed = 0;
          const since = review.tier === standing.tier ? standing.since : asOf;
          standing = { tier: review.tier, since, missedSince: review.missedSince };
          const again = reviewTier(tiers, standing, facts(metricValue, asOf));
          expect(again).toMatchObject({ tier: review.tier, missedSince: review.missedSince });
          expect(['none', 'grace']).toContain(again.change);
        });
      }),
    );
  });
});

test.each([
  [null, 0, { code: 'silver', missing: 50_000 }],
  [null, 60_000, { code: 'silver', missing: 0 }],
  ['silver', 60_000, { code: 'gold', missing: 90_000 }],
  ['gold', 60_000, null],
  ['unknown', 1, { code: 'silver', missing: 49_999 }],
])('above %p with %i comes %p', (current, metricValue, next) => {
  const found = nextTier(tiers, current, factsWith(metricValue));
  expect(found && { code: found.code, missing: found.missing }).toEqual(next);
});
