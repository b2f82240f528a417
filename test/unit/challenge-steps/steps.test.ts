import fc from 'fast-check';
import { needsGoods, stepKindOf, stepKinds } from '../../../sidecar/src/challenge-steps/registry';
import { longestRun } from '../../../sidecar/src/challenge-steps/streak';
import type { ChallengeFacts, ChallengeOrder } from '../../../sidecar/src/domain/challenge';

const order = (localDay: string, change: Partial<ChallengeOrder> = {}): ChallengeOrder => ({
  localDay,
  turnoverMinor: 5000,
  items: 3,
  goods: [
    { productNumber: 'LAMP', categoryIds: ['7'], units: 2 },
    { productNumber: null, categoryIds: [], units: 1 },
  ],
  ...change,
});
const facts = (change: Partial<ChallengeFacts> = {}): ChallengeFacts => ({
  baseCurrency: 'EUR',
  orders: [order('2026-03-01'), order('2026-04-01', { turnoverMinor: 999, goods: [], items: 1 })],
  activities: [
    { activity: 'review', localDay: '2026-03-01' },
    { activity: 'review', localDay: '2026-03-02' },
    { activity: 'quiz', localDay: '2026-03-03' },
  ],
  referrals: ['2026-03-05'],
  ...change,
});

/** Through the kind's schema, as a programme would come. */
function progress(code: string, settings: object, about = facts()): [number, number] {
  const kind = stepKindOf(code);
  const { value, target } = kind.progress(kind.settings.parse(settings), about);
  return [value, target];
}

describe('steps of challenges', () => {
  it.each<[string, object, [number, number]]>([
    ['orders', { count: 3 }, [2, 3]],
    ['orders', { count: 1, minimum: 10 }, [1, 1]],
    ['orders', { count: 1, minimum: 9.99 }, [2, 1]],
    ['orders', { count: 1, products: ['LAMP'] }, [1, 1]],
    ['orders', { count: 1, products: ['DESK'] }, [0, 1]],
    ['orders', { count: 1, categories: ['7'], minimum: 50 }, [1, 1]],
    ['items', { count: 10 }, [4, 10]],
    ['items', { count: 2, products: ['LAMP', 'DESK'] }, [2, 2]],
    ['items', { count: 2, products: ['LAMP'], categories: ['7'] }, [2, 2]],
    ['turnover', { atLeast: 59.99 }, [5999, 5999]],
    ['activity', { activity: 'review' }, [2, 1]],
    ['activity', { activity: 'survey', times: 2 }, [0, 2]],
    ['referrals', { count: 2 }, [1, 2]],
    ['streak', { every: 'month', times: 2 }, [2, 2]],
    ['streak', { every: 'day', times: 3, activity: 'review' }, [2, 3]],
  ])('%s with %j', (code, settings, expected) => {
    expect(progress(code, settings)).toEqual(expected);
  });

  it('count nothing where nothing was done', () => {
    const nothing = facts({ orders: [], activities: [], referrals: [] });
    const settings: Record<string, object> = {
      orders: { count: 1 },
      items: { count: 1 },
      turnover: { atLeast: 1 },
      activity: { activity: 'review' },
      referrals: { count: 1 },
      streak: { every: 'day', times: 2 },
    };
    expect(stepKinds.map(({ code }) => progress(code, settings[code] ?? {}, nothing)[0])).toEqual(stepKinds.map(() => 0));
  });

  it('look at goods only where some are named', () => {
    const rule = (settings: object) => ({
      code: 'c',
      name: 'C',
      scope: {},
      repeat: null,
      needed: 1,
      points: 1,
      badge: null,
      steps: [{ code: 's', name: 'S', kind: 'items', settings }],
    });
    expect([needsGoods([rule({ count: 1 })]), needsGoods([rule({ count: 1, products: ['A'] })])]).toEqual([false, true]);
  });

  it('are not made up', () => {
    expect(() => stepKindOf('wishing')).toThrow('there is no kind of step wishing');
  });
});

describe('streaks', () => {
  it.each<[string[], 'day' | 'week' | 'month', number]>([
    [['2028-02-28', '2028-02-29', '2028-03-01'], 'day', 3],
    [['2026-02-28', '2026-03-01'], 'day', 2],
    [['2026-03-01', '2026-03-02'], 'week', 2],
    [['2026-03-02', '2026-03-08'], 'week', 1],
    [['2025-12-31', '2026-01-01'], 'month', 2],
    [['2025-12-31', '2026-02-01'], 'month', 1],
    [['2026-01-05', '2026-01-05', '2026-01-07', '2026-01-08'], 'day', 2],
    [[], 'day', 0],
  ])('%j by %s', (days, every, run) => {
    expect(longestRun(days, every)).toBe(run);
  });

  it('do not depend on order or repetition, and are never longer than the periods there are', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        fc.array(day, { maxLength: 40 }),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const),
        (days, every) => {
          const run = longestRun(days, every);
          expect(longestRun([...days].reverse().concat(days), every)).toBe(run);
          expect(run).toBeLessThanOrEqual(new Set(days).size);
          expect(run > 0).toBe(days.length > 0);
        },
      ),
    );
  });
});
