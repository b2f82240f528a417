import fc from 'fast-check';
import { NO_TOTALS, windowKey, type MemberFacts, type QualifyingWindow } from '../../../sidecar/src/domain/qualifying';
import { nextTier, qualifyTier, shownThreshold, tierWindows } from '../../../sidecar/src/domain/tier';
import {
  conditionProgress,
  explainRequirement,
  meetsRequirement,
  type TierCondition,
  type TierRequirement,
} from '../../../sidecar/src/domain/tier-requirement';
import { levelWith, programmeWith } from './examples';

const QUARTER: QualifyingWindow = { period: 'quarter' };
const YEAR: QualifyingWindow = { period: 'year' };
const spend: TierCondition = { metric: 'turnover', atLeast: 50_000, window: YEAR };
const often: TierCondition = { metric: 'orders', atLeast: 3, window: QUARTER };
const loyal: TierCondition = { metric: 'membership', atLeast: 365, window: null };

const member = (turnoverMinor: number, orders: number, joinedAt = '2026-01-01T00:00:00.000Z'): MemberFacts => ({
  asOf: '2026-05-01T00:00:00.000Z',
  timeZone: 'UTC',
  joinedAt,
  totals: new Map([
    [windowKey(YEAR), { ...NO_TOTALS, turnoverMinor, orders: orders + 10 }],
    [windowKey(QUARTER), { ...NO_TOTALS, orders }],
  ]),
});

const LONG_AGO = '2025-05-01T00:00:00.000Z';

test.each<[string, TierRequirement, MemberFacts, boolean]>([
  ['all met', { combine: 'all', conditions: [spend, often] }, member(50_000, 3), true],
  ['one of all missed', { combine: 'all', conditions: [spend, often] }, member(50_000, 2), false],
  ['the other of all missed', { combine: 'all', conditions: [spend, often] }, member(49_999, 3), false],
  ['one of any met', { combine: 'any', conditions: [spend, often] }, member(0, 3), true],
  ['none of any met', { combine: 'any', conditions: [spend, often] }, member(49_999, 2), false],
  ['a member for a year to the day', { combine: 'all', conditions: [loyal] }, member(0, 0, LONG_AGO), true],
  ['a member for a moment less', { combine: 'all', conditions: [loyal] }, member(0, 0, '2025-05-01T00:00:00.001Z'), false],
  ['three of three', { combine: 'all', conditions: [spend, often, loyal] }, member(50_000, 3, LONG_AGO), true],
  ['no orders at all', { combine: 'all', conditions: [spend] }, { ...member(0, 0), totals: new Map() }, false],
])('%s', (_name, requirement, facts, isMet) => {
  expect(meetsRequirement(requirement, facts)).toBe(isMet);
});

test('each condition gives a reason with its figures, met or not', () => {
  expect(explainRequirement('gold', { combine: 'all', conditions: [spend, often, loyal] }, member(60_000, 2))).toEqual([
    {
      code: 'tier_condition_met',
      applied: true,
      figures: { level: 'gold', metric: 'turnover', value: 60_000, atLeast: 50_000, window: 'year', combine: 'all' },
    },
    {
      code: 'tier_condition_missed',
      applied: false,
      figures: { level: 'gold', metric: 'orders', value: 2, atLeast: 3, window: 'quarter', combine: 'all' },
    },
    {
      code: 'tier_condition_missed',
      applied: false,
      figures: { level: 'gold', metric: 'membership', value: 120, atLeast: 365, window: null, combine: 'all' },
    },
  ]);
});

test('`all` is met when nothing is missing, `any` when not everything is', () => {
  const conditions = fc.array(
    fc.oneof(
      fc.integer({ min: 0, max: 100_000 }).map((atLeast): TierCondition => ({ ...spend, atLeast })),
      fc.integer({ min: 0, max: 5 }).map((atLeast): TierCondition => ({ ...often, atLeast })),
      fc.integer({ min: 0, max: 400 }).map((atLeast): TierCondition => ({ ...loyal, atLeast })),
    ),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(conditions, fc.nat(100_000), fc.nat(5), (asked, turnoverMinor, orders) => {
      const facts = member(turnoverMinor, orders);
      const missing = asked.map((condition) => conditionProgress(condition, facts).missing);
      expect(meetsRequirement({ combine: 'all', conditions: asked }, facts)).toBe(missing.every((left) => left === 0));
      expect(meetsRequirement({ combine: 'any', conditions: asked }, facts)).toBe(missing.some((left) => left === 0));
      for (const condition of asked) {
        const { value, atLeast, missing: left } = conditionProgress(condition, facts);
        expect(left === 0 ? value >= atLeast : value + left === atLeast).toBe(true);
        expect(meetsRequirement({ combine: 'all', conditions: [condition] }, facts)).toBe(left === 0);
      }
    }),
  );
});

describe('levels by several conditions', () => {
  const tiers = {
    ...programmeWith().tiers,
    levels: [
      levelWith('silver', 20_000),
      levelWith('gold', { combine: 'all', conditions: [{ ...spend, window: { days: 365 } }, often] }),
      levelWith('vip', { combine: 'any', conditions: [loyal, { ...spend, atLeast: 90_000 }] }),
    ],
  };

  test('the highest that is met counts, also where one below is not', () => {
    expect(qualifyTier(tiers, member(0, 0))).toBeNull();
    expect(qualifyTier(tiers, member(0, 0, LONG_AGO))).toBe('vip');
  });

  test('every window is looked at once', () => {
    expect(tierWindows(tiers)).toEqual([{ days: 365 }, QUARTER, YEAR]);
  });

  test('the next level names all it asks for, and what is missing in the metric that pages show', () => {
    const ahead = nextTier(tiers, 'silver', member(0, 2));
    expect(ahead).toMatchObject({ code: 'gold', combine: 'all', missing: 50_000 });
    expect(ahead?.conditions.map(({ metric, value, missing }) => [metric, value, missing])).toEqual([
      ['turnover', 0, 50_000],
      ['orders', 2, 1],
    ]);
    expect(nextTier(tiers, 'gold', member(0, 0, LONG_AGO))).toMatchObject({ code: 'vip', missing: 0 });
    expect(nextTier({ ...tiers, metric: 'items' }, 'gold', member(0, 0))).toMatchObject({ code: 'vip', missing: null });
    expect(nextTier(tiers, 'vip', member(0, 0))).toBeNull();
  });

  test('what is met already is not shown as missing where something else is', () => {
    const facts: MemberFacts = { ...member(0, 2), totals: new Map([['365 days', { ...NO_TOTALS, turnoverMinor: 60_000 }]]) };
    expect(nextTier(tiers, 'silver', facts)).toMatchObject({ code: 'gold', missing: null });
  });

  test('pages that show one number get the programme’s metric', () => {
    expect(tiers.levels.map((level) => shownThreshold(tiers, level))).toEqual([20_000, 50_000, 90_000]);
    expect(tiers.levels.map((level) => shownThreshold({ ...tiers, metric: 'points' }, level))).toEqual([0, 0, 0]);
  });
});
