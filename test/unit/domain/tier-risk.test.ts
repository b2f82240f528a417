import type { DowngradeTerms } from '../../../sidecar/src/domain/tier-protection';
import { riskInstants, tierAtRisk } from '../../../sidecar/src/domain/tier-risk';
import { factsWith, levelWith } from './examples';

const NOW = '2026-03-01T00:00:00.000Z';
const SINCE = '2025-06-01T00:00:00.000Z';

const tiersWith = (change: Partial<DowngradeTerms> = {}) => ({
  metric: 'turnover' as const,
  downgrade: { graceDays: 0, keep: null, maximumLevels: null, ...change },
  levels: [levelWith('silver', 50_000), levelWith('gold', 150_000)],
});

/** What is counted at both instants, and what would be lost. */
function risk(change: Partial<DowngradeTerms>, turnover: readonly [number, number], missedSince: string | null = null) {
  const tiers = tiersWith(change);
  const { missedBy, lostBy } = riskInstants(tiers, NOW, 30);
  return tierAtRisk(
    tiers,
    { tier: 'gold', since: SINCE, missedSince },
    { missedBy: factsWith(turnover[0], { asOf: missedBy }), lostBy: factsWith(turnover[1], { asOf: lostBy }) },
  );
}

describe('the instants a risk is looked at', () => {
  it.each([
    [0, '2026-03-31T00:00:00.000Z'],
    [10, '2026-03-21T00:00:00.000Z'],
    [30, NOW],
    [90, NOW],
  ])('with %s days of grace', (graceDays, missedBy) => {
    expect(riskInstants(tiersWith({ graceDays }), NOW, 30)).toEqual({ missedBy, lostBy: '2026-03-31T00:00:00.000Z' });
  });
});

describe('a tier', () => {
  it.each<[string, Partial<DowngradeTerms>, readonly [number, number], string | null, string | null | undefined]>([
    ['is kept while what counts stays', {}, [150_000, 150_000], null, undefined],
    ['is at risk when what counts runs out', {}, [60_000, 60_000], null, 'silver'],
    ['may fall below all', {}, [0, 0], null, null],
    ['falls by the levels the programme takes at once', { maximumLevels: 1 }, [0, 0], null, 'silver'],
    ['is at risk when missed early enough for its grace to end', { graceDays: 10 }, [60_000, 60_000], null, 'silver'],
    ['is kept when it is met until its grace lasts longer', { graceDays: 10 }, [150_000, 60_000], null, undefined],
    ['is kept by a grace that has just begun', { graceDays: 60 }, [60_000, 60_000], NOW, undefined],
    ['is at risk at the end of its grace', { graceDays: 60 }, [60_000, 60_000], '2026-01-10T00:00:00.000Z', 'silver'],
    ['is kept by days it was given for', { keep: { days: 365 } }, [0, 0], null, undefined],
  ])('%s', (_name, change, turnover, missedSince, expected) => {
    expect(risk(change, turnover, missedSince)).toBe(expected);
  });

  it('that nobody has, or the programme no longer has, is not at risk', () => {
    const tiers = tiersWith();
    const facts = { missedBy: factsWith(0, { asOf: NOW }), lostBy: factsWith(0, { asOf: NOW }) };
    for (const tier of [null, 'platinum']) {
      expect(tierAtRisk(tiers, { tier, since: SINCE, missedSince: null }, facts)).toBeUndefined();
    }
  });
});
