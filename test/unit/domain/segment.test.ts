import fc from 'fast-check';
import {
  judgeSegment,
  windowsOf,
  type OrderSums,
  type SegmentCondition,
  type SegmentFacts,
} from '../../../sidecar/src/domain/segment';

const SUMS: OrderSums = { turnover: 50_000, orders: 5, items: 12, points: 500, redeemed: 100 };

function factsWith(change: Partial<SegmentFacts> = {}): SegmentFacts {
  return {
    asOf: '2026-03-01T00:00:00.000Z',
    joinedAt: '2025-03-01T00:00:00.000Z',
    tier: 'gold',
    customerGroups: ['2'],
    balance: 300,
    memberships: ['club'],
    rewardedReferrals: 1,
    firstOrderAt: '2025-09-02T10:00:00.000Z',
    lastOrderAt: '2025-12-01T10:00:00.000Z',
    orderCount: 4,
    sums: (days) => (days === null ? SUMS : { ...SUMS, turnover: 10_000, orders: 1 }),
    ...change,
  };
}

const holds = (condition: SegmentCondition, facts = factsWith()): boolean =>
  judgeSegment({ code: 's', name: 'S', match: 'all', conditions: [condition] }, facts).belongs;

describe('a condition of a segment', () => {
  test.each<[string, SegmentCondition, boolean]>([
    ['enough turnover ever', { kind: 'turnover', days: null, atLeast: 50_000 }, true],
    ['a cent too little', { kind: 'turnover', days: null, atLeast: 50_001 }, false],
    ['turnover of a window', { kind: 'turnover', days: 30, atLeast: 10_001 }, false],
    ['few orders', { kind: 'orders', days: 30, atMost: 1 }, true],
    ['between two bounds', { kind: 'items', days: null, atLeast: 12, atMost: 12 }, true],
    ['points earned', { kind: 'points', days: null, atLeast: 501 }, false],
    ['points redeemed', { kind: 'redeemed', days: null, atLeast: 100 }, true],
    ['the average order, rounded down', { kind: 'averageOrder', days: null, atLeast: 10_000, atMost: 10_000 }, true],
    ['points to spend', { kind: 'balance', atLeast: 301 }, false],
    ['friends', { kind: 'rewardedReferrals', atLeast: 1 }, true],
    ['a year as a member', { kind: 'memberDays', atLeast: 365 }, true],
    ['a day more', { kind: 'memberDays', atLeast: 366 }, false],
    ['days since the last order', { kind: 'daysSinceLastOrder', atLeast: 89, atMost: 89 }, true],
    ['thrice the usual 30 days are not over', { kind: 'overdue', factorBps: 30_000 }, false],
    ['two and a half times are', { kind: 'overdue', factorBps: 25_000 }, true],
    ['a tier', { kind: 'tier', tiers: ['gold'] }, true],
    ['another tier', { kind: 'tier', tiers: ['silver'] }, false],
    ['a customer group in one of the shops', { kind: 'customerGroup', groups: ['9', '2'] }, true],
    ['none of the groups', { kind: 'customerGroup', groups: ['9'] }, false],
  ])('%s', (_name, condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  test('never holds for what a member does not have', () => {
    const nobody = factsWith({ tier: null, customerGroups: [], firstOrderAt: null, lastOrderAt: null, orderCount: 0 });
    const once = factsWith({ firstOrderAt: '2025-01-01T00:00:00.000Z', lastOrderAt: '2025-01-01T00:00:00.000Z', orderCount: 1 });
    expect(holds({ kind: 'tier', tiers: ['gold'] }, nobody)).toBe(false);
    expect(holds({ kind: 'daysSinceLastOrder', atLeast: 0 }, nobody)).toBe(false);
    expect(holds({ kind: 'overdue', factorBps: 10_000 }, nobody)).toBe(false);
    expect(holds({ kind: 'overdue', factorBps: 10_000 }, once)).toBe(false);
    expect(
      holds({ kind: 'averageOrder', days: null, atMost: 0 }, { ...nobody, sums: () => ({ ...SUMS, orders: 0, turnover: 0 }) }),
    ).toBe(true);
  });

  test('counts no days for what lies in the future', () => {
    expect(holds({ kind: 'memberDays', atMost: 0 }, factsWith({ joinedAt: '2026-04-01T00:00:00.000Z' }))).toBe(true);
  });
});

describe('a segment', () => {
  const yes: SegmentCondition = { kind: 'balance', atLeast: 1 };
  const no: SegmentCondition = { kind: 'balance', atLeast: 1_000_000 };
  const belongs = (match: 'all' | 'any', conditions: SegmentCondition[]): boolean =>
    judgeSegment({ code: 's', name: 'S', match, conditions }, factsWith()).belongs;

  test('wants all of its conditions, or any', () => {
    expect([belongs('all', [yes, yes]), belongs('all', [yes, no]), belongs('any', [no, yes]), belongs('any', [no])]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test('says what each condition found', () => {
    const { reasons } = judgeSegment({ code: 'vip', name: 'VIP', match: 'any', conditions: [yes, no] }, factsWith());
    expect(reasons).toEqual([
      { code: 'segment_balance', applied: true, figures: { segment: 'vip', value: 300, atLeast: 1, atMost: null } },
      { code: 'segment_balance', applied: false, figures: { segment: 'vip', value: 300, atLeast: 1_000_000, atMost: null } },
    ]);
  });

  test('with any belongs whoever belongs with all', () => {
    const bound = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined });
    const condition = fc.record(
      { kind: fc.constant('balance' as const), atLeast: bound, atMost: bound },
      { requiredKeys: ['kind'] },
    );
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 1000 }),
        (conditions, balance) => {
          const judged = (match: 'all' | 'any') =>
            judgeSegment({ code: 's', name: 'S', match, conditions: conditions as SegmentCondition[] }, factsWith({ balance }))
              .belongs;
          expect(!judged('all') || judged('any')).toBe(true);
        },
      ),
    );
  });

  test('has each window read once', () => {
    const conditions: SegmentCondition[] = [
      { kind: 'orders', days: 30, atLeast: 1 },
      { kind: 'items', days: 30, atLeast: 1 },
      { kind: 'turnover', days: null, atLeast: 1 },
      yes,
    ];
    expect(windowsOf([{ code: 'a', name: 'A', match: 'all', conditions }])).toEqual([30, null]);
  });
});
