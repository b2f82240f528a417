import fc from 'fast-check';
import { addDays } from '../../../sidecar/src/domain/instant';
import { reviewTier, tierRank, type TierStanding } from '../../../sidecar/src/domain/tier';
import { tierProtection, type DowngradeTerms } from '../../../sidecar/src/domain/tier-protection';
import { factsWith, levelWith, programmeWith } from './examples';

const NONE: DowngradeTerms = { graceDays: 0, keep: null, maximumLevels: null };
const SINCE = '2026-05-10T12:00:00.000Z';
const MISSED = '2027-01-01T00:00:00.000Z';

test.each<[string, Partial<DowngradeTerms>, string, string | null]>([
  ['nothing protects', {}, MISSED, null],
  ['grace', { graceDays: 30 }, '2027-01-30T23:59:59.999Z', 'tier_missed_in_grace'],
  ['grace is over', { graceDays: 30 }, '2027-01-31T00:00:00.000Z', null],
  ['days since it was reached', { keep: { days: 365 } }, '2027-05-10T11:59:59.999Z', 'tier_missed_but_kept'],
  ['those days are over', { keep: { days: 365 } }, '2027-05-10T12:00:00.000Z', null],
  ['the year in which it was last met', { keep: { period: 'year', following: 0 } }, MISSED, null],
  ['a year more', { keep: { period: 'year', following: 1 } }, '2027-12-31T23:59:59.999Z', 'tier_missed_but_kept'],
  ['that year is over', { keep: { period: 'year', following: 1 } }, '2028-01-01T00:00:00.000Z', null],
  ['a quarter more', { keep: { period: 'quarter', following: 1 } }, '2027-03-31T00:00:00.000Z', 'tier_missed_but_kept'],
  ['the later of both', { graceDays: 400, keep: { days: 1 } }, '2028-02-04T00:00:00.000Z', 'tier_missed_in_grace'],
])('%s', (_name, change, asOf, code) => {
  const found = tierProtection({ ...NONE, ...change }, { since: SINCE, missedSince: MISSED }, asOf, 'UTC');
  expect(found?.code ?? null).toBe(code);
  expect(found?.applied ?? false).toBe(false);
});

test('a tier kept to the end of the year is kept to its end in the programme’s time zone', () => {
  const terms: DowngradeTerms = { ...NONE, keep: { period: 'year', following: 0 } };
  const missed = { since: null, missedSince: '2026-08-01T00:00:00.000Z' };
  expect(tierProtection(terms, missed, '2026-12-31T23:30:00.000Z', 'UTC')).not.toBeNull();
  expect(tierProtection(terms, missed, '2026-12-31T23:30:00.000Z', 'Europe/Berlin')).toBeNull();
});

test.each([
  ['Europe/Berlin', '2027-01-01T00:00:00.000Z', '2027-12-31T22:59:59.999Z', '2027-12-31T23:00:00.000Z'],
  ['America/New_York', '2027-01-02T00:00:00.000Z', '2028-01-01T04:59:59.999Z', '2028-01-01T05:00:00.000Z'],
])('in %s the first review of a year blames the year before', (timeZone, missedSince, kept, lost) => {
  const terms: DowngradeTerms = { ...NONE, keep: { period: 'year', following: 1 } };
  expect(tierProtection(terms, { since: SINCE, missedSince }, kept, timeZone)).not.toBeNull();
  expect(tierProtection(terms, { since: SINCE, missedSince }, lost, timeZone)).toBeNull();
});

describe('steps', () => {
  const levels = [levelWith('bronze', 100), levelWith('silver', 200), levelWith('gold', 300), levelWith('platinum', 400)];
  const tiers = { ...programmeWith().tiers, levels, downgrade: { ...NONE, maximumLevels: 1 } };
  const review = (standing: TierStanding, metricValue: number, asOf: string) =>
    reviewTier(tiers, standing, factsWith(metricValue, { asOf }));

  test('one level a review, and not twice in the same one', () => {
    const first = review({ tier: 'platinum', since: SINCE, missedSince: null }, 150, MISSED);
    expect(first).toMatchObject({ tier: 'gold', change: 'down', missedSince: MISSED });
    expect(first.reasons[0]).toMatchObject({ code: 'tier_missed_by_steps', figures: { qualified: 'bronze', maximumLevels: 1 } });
    const again = review({ tier: 'gold', since: MISSED, missedSince: MISSED }, 150, MISSED);
    expect(again).toMatchObject({ tier: 'gold', change: 'none', missedSince: MISSED });
    expect(again.reasons[0]?.code).toBe('tier_just_reached');
    const next = review({ tier: 'gold', since: MISSED, missedSince: MISSED }, 150, addDays(MISSED, 1));
    expect(next).toMatchObject({ tier: 'silver', change: 'down' });
    expect(review({ tier: 'silver', since: MISSED, missedSince: MISSED }, 150, addDays(MISSED, 2))).toMatchObject({
      tier: 'bronze',
      missedSince: null,
    });
  });

  test('a tier reached after the instant looked at stays', () => {
    const standing = { tier: 'gold', since: addDays(MISSED, 1), missedSince: null };
    expect(review(standing, 0, MISSED)).toMatchObject({ tier: 'gold', missedSince: null, change: 'none' });
  });

  test('reviews never take more than the steps, and come to what is qualified for in the end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('bronze', 'silver', 'gold', 'platinum'),
        fc.nat(500),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(20),
        (tier, metricValue, maximumLevels, graceDays) => {
          const stepping = { ...tiers, downgrade: { ...NONE, maximumLevels, graceDays } };
          let standing: TierStanding = { tier, since: SINCE, missedSince: null };
          for (let night = 0; night < 120; night += 1) {
            const facts = factsWith(metricValue, { asOf: addDays(MISSED, night) });
            const seen = reviewTier(stepping, standing, facts);
            expect(tierRank(tiers, standing.tier) - tierRank(tiers, seen.tier)).toBeLessThanOrEqual(maximumLevels);
            const since = seen.tier === standing.tier ? standing.since : facts.asOf;
            standing = { tier: seen.tier, since, missedSince: seen.missedSince };
            const again = reviewTier(stepping, standing, facts);
            expect([again.tier, again.missedSince]).toEqual([standing.tier, standing.missedSince]);
          }
          expect(standing.tier).toBe(
            levels.findLast((level) => metricValue >= (level.requirement.conditions[0]?.atLeast ?? 0))?.code ?? null,
          );
          expect(standing.missedSince).toBeNull();
        },
      ),
    );
  });
});
