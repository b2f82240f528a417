import fc from 'fast-check';
import { addDays } from '../../../sidecar/src/domain/instant';
import { nextTier, qualifyTier, reviewTier, tierRank, type TierStanding } from '../../../sidecar/src/domain/tier';
import { programmeWith } from './examples';

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
  expect(qualifyTier(tiers, metricValue)).toBe(tier);
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
  const missed = (tier: string | null, days: number): TierStanding => ({ tier, missedSince: addDays(AS_OF, -days) });
  test.each<[string, TierStanding, number, object]>([
    ['up at once', { tier: null, missedSince: null }, 50_000, { tier: 'silver', missedSince: null, change: 'up' }],
    ['up by two', { tier: null, missedSince: null }, 150_000, { tier: 'gold', missedSince: null, change: 'up' }],
    ['up ends grace', missed('silver', 3), 150_000, { tier: 'gold', missedSince: null, change: 'up' }],
    ['kept', { tier: 'silver', missedSince: null }, 60_000, { tier: 'silver', missedSince: null, change: 'none' }],
    ['met again', missed('silver', 29), 50_000, { tier: 'silver', missedSince: null, change: 'none' }],
    ['no tier', { tier: null, missedSince: null }, 1, { tier: null, missedSince: null, change: 'none' }],
    ['first missed', { tier: 'gold', missedSince: null }, 60_000, { tier: 'gold', missedSince: AS_OF, change: 'grace' }],
    ['in grace', missed('gold', 29), 60_000, { tier: 'gold', missedSince: addDays(AS_OF, -29), change: 'grace' }],
    ['grace over', missed('gold', 30), 60_000, { tier: 'silver', missedSince: null, change: 'down' }],
    ['grace over, nothing left', missed('gold', 31), 0, { tier: null, missedSince: null, change: 'down' }],
    ['removed tier', { tier: 'platinum', missedSince: null }, 0, { tier: null, missedSince: null, change: 'down' }],
    ['removed tier, other one met', missed('platinum', 1), 60_000, { tier: 'silver', missedSince: null, change: 'up' }],
  ])('%s', (_name, standing, metricValue, expected) => {
    const review = reviewTier(tiers, standing, metricValue, AS_OF);
    expect(review).toMatchObject(expected);
    expect(review.reasons).toHaveLength(1);
    expect(review.reasons[0]?.figures).toMatchObject({ metricValue, from: standing.tier });
  });

  test('without grace days the tier is lost at once', () => {
    const strict = { ...tiers, graceDays: 0 };
    expect(reviewTier(strict, { tier: 'gold', missedSince: null }, 60_000, AS_OF)).toMatchObject({
      tier: 'silver',
      change: 'down',
    });
  });

  test('a programme without levels has no tiers', () => {
    const none = { ...tiers, levels: [] };
    expect(reviewTier(none, { tier: null, missedSince: null }, 60_000, AS_OF)).toMatchObject({ tier: null, change: 'none' });
  });

  test('nightly reviews never lower a tier sooner than the grace, and a second look the same night changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 49_999, 60_000, 200_000), { minLength: 1, maxLength: 120 }), (nights) => {
        let standing: TierStanding = { tier: null, missedSince: null };
        let nightsMissed = 0;
        nights.forEach((metricValue, night) => {
          const asOf = addDays(AS_OF, night);
          const review = reviewTier(tiers, standing, metricValue, asOf);
          const isMissed = tierRank(tiers, qualifyTier(tiers, metricValue)) < tierRank(tiers, standing.tier);
          nightsMissed = isMissed ? nightsMissed + 1 : 0;
          expect(review.change === 'down').toBe(nightsMissed > 30);
          if (review.change === 'down') nightsMissed = 0;
          standing = { tier: review.tier, missedSince: review.missedSince };
          const again = reviewTier(tiers, standing, metricValue, asOf);
          expect(again).toMatchObject(standing);
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
  expect(nextTier(tiers, current, metricValue)).toEqual(next);
});
