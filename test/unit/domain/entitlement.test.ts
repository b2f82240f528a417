import { entitlement } from '../../../sidecar/src/domain/entitlement';
import type { MultiplierRule } from '../../../sidecar/src/domain/programme';
import type { OrderLine, OrderSnapshot } from '../../../sidecar/src/domain/order-snapshot';
import { lineWith, orderWith, PLACED_AT, programmeWith, termsWith } from './examples';

const earned = (terms = termsWith(), order = orderWith()): number => entitlement(terms, order).earnedPoints;
const codesOf = (terms = termsWith(), order = orderWith()): string[] => {
  const result = entitlement(terms, order);
  return [...result.reasons, ...result.lines.flatMap((line) => line.reasons)].map((one) => one.code);
};

test('a plain order earns a point for every euro and explains itself', () => {
  expect(entitlement(termsWith(), orderWith())).toEqual({
    earnedPoints: 100,
    originalPoints: 100,
    redeemedPoints: 0,
    originalRedeemedPoints: 0,
    releaseAt: '2026-03-24T12:00:00.000Z',
    qualifying: { turnoverMinor: 10_000, orders: 1, items: 1, points: 100 },
    campaigns: [],
    lines: [
      {
        lineId: 'line-1',
        basisMinor: 10_000,
        multiplierBps: 10_000,
        originalPoints: 100,
        earnedPoints: 100,
        campaigns: [],
        redeemedPoints: 0,
        reasons: [],
      },
    ],
    reasons: [
      {
        code: 'points_rounded',
        applied: true,
        figures: { exactPoints: '100.0000', points: 100, rounding: 'down', earnPoints: 1, earnPerMinor: 100 },
      },
      {
        code: 'released_after_lock',
        applied: true,
        figures: { paidAt: '2026-03-10T12:00:00.000Z', lockDays: 14, releaseAt: '2026-03-24T12:00:00.000Z' },
      },
    ],
  });
});

describe('basis', () => {
  const paidWithPoints = { pointsDiscountGrossMinor: 3_000, pointsDiscountNetMinor: 2_521 };
  test.each<[string, Parameters<typeof termsWith>[0], Partial<OrderLine>, number]>([
    ['gross', {}, {}, 10_000],
    ['net', { basis: 'net' }, {}, 8_403],
    ['gross less points', {}, paidWithPoints, 7_000],
    ['net less points', { basis: 'net' }, paidWithPoints, 5_882],
    ['points payment ignored', { pointsPaymentReducesBasis: false }, paidWithPoints, 10_000],
    ['negative', {}, { grossMinor: -500 }, 0],
    ['more points than value', {}, { pointsDiscountGrossMinor: 20_000 }, 0],
    ['no units', {}, { quantityMilli: 0 }, 0],
    ['gift', {}, { kind: 'gift' }, 0],
    ['shipping', {}, { kind: 'other' }, 0],
    ['points line', {}, { kind: 'points', grossMinor: -500 }, 0],
    ['discount line', {}, { kind: 'discount', grossMinor: -500 }, 0],
  ])('%s', (_name, accrual, line, basisMinor) => {
    const result = entitlement(termsWith(accrual), orderWith({ lines: [lineWith(line)] }));
    expect(result.lines[0]?.basisMinor).toBe(basisMinor);
    expect(result.earnedPoints).toBe(Math.floor(basisMinor / 100));
    if (basisMinor === 0) expect(result.lines[0]?.reasons).not.toEqual([]);
  });
});

describe('what an order or a line does not earn on', () => {
  test.each<[string, Parameters<typeof termsWith>[0], Partial<OrderSnapshot>, string]>([
    ['group', { excludedGroups: ['staff'] }, { customerGroup: 'staff' }, 'group_excluded'],
    ['segment', { excludedSegments: ['blocked'] }, {}, 'segment_excluded'],
    ['currency', {}, { currency: 'GBP' }, 'currency_not_in_programme'],
    ['minimum', { minimumMinor: { EUR: 10_001 } }, {}, 'below_minimum'],
    ['product', { excludedProducts: ['HAT-1'] }, {}, 'product_excluded'],
    ['category', { excludedCategories: ['hats'] }, {}, 'category_excluded'],
  ])('%s', (_name, accrual, change, code) => {
    const terms = termsWith(accrual, { segments: ['blocked'] });
    const result = entitlement(terms, orderWith(change));
    expect(result).toMatchObject({ earnedPoints: 0, originalPoints: 0, qualifying: { orders: 1, items: 1, points: 0 } });
    expect(codesOf(terms, orderWith(change))).toContain(code);
    expect(result.releaseAt).not.toBeNull();
  });

  test.each<[string, Parameters<typeof termsWith>[0], Partial<OrderSnapshot>]>([
    ['other group', { excludedGroups: ['staff'] }, { customerGroup: 'retail' }],
    ['no group', { excludedGroups: ['staff'] }, { customerGroup: null }],
    ['minimum met', { minimumMinor: { EUR: 10_000 } }, {}],
    ['minimum of another currency', { minimumMinor: { USD: 99_999 } }, {}],
    ['other product', { excludedProducts: ['HAT-2'], excludedCategories: ['shoes'] }, {}],
  ])('but does on %s', (_name, accrual, change) => {
    expect(earned(termsWith(accrual), orderWith(change))).toBe(100);
  });

  test('an excluded line leaves the others and the turnover alone', () => {
    const lines = [lineWith(), lineWith({ lineId: 'line-2', productNumber: 'CARD', grossMinor: 5_000 })];
    const result = entitlement(termsWith({ excludedProducts: ['CARD'] }), orderWith({ lines }));
    expect(result.lines.map((line) => line.earnedPoints)).toEqual([100, 0]);
    expect(result.qualifying.turnoverMinor).toBe(15_000);
  });

  test('the minimum looks at the order as placed, not at what refunds left', () => {
    const line = lineWith({ quantityMilli: 4_000, refundedMilli: 3_000 });
    expect(earned(termsWith({ minimumMinor: { EUR: 10_000 } }), orderWith({ lines: [line] }))).toBe(25);
  });
});

describe('multipliers', () => {
  const rule = (code: string, multiplierBps: number, scope: MultiplierRule['scope'] = {}): MultiplierRule => ({
    code,
    multiplierBps,
    scope,
  });
  const gold = { tier: 'gold', segments: ['vip'] };

  test.each<[string, MultiplierRule['scope'], number, string]>([
    ['everything', {}, 200, 'multiplier_applied'],
    ['tier held', { tiers: ['gold'] }, 200, 'multiplier_applied'],
    ['tier missing', { tiers: ['silver'] }, 100, 'multiplier_other_tier'],
    ['segment held', { segments: ['vip'] }, 200, 'multiplier_applied'],
    ['segment missing', { segments: ['staff'] }, 100, 'multiplier_other_segment'],
    ['product', { products: ['HAT-1'] }, 200, 'multiplier_applied'],
    ['other product', { products: ['HAT-2'] }, 100, 'multiplier_other_goods'],
    ['category', { categories: ['hats'] }, 200, 'multiplier_applied'],
    ['product or category', { products: ['HAT-2'], categories: ['hats'] }, 200, 'multiplier_applied'],
    ['first moment', { from: PLACED_AT }, 200, 'multiplier_applied'],
    ['too early', { from: '2026-03-10T10:00:00.001Z' }, 100, 'multiplier_outside_dates'],
    ['first moment after', { until: PLACED_AT }, 100, 'multiplier_outside_dates'],
  ])('%s', (_name, scope, points, code) => {
    const terms = termsWith({ multipliers: [rule('double', 20_000, scope)] }, gold);
    expect(earned(terms)).toBe(points);
    expect(codesOf(terms)).toContain(code);
  });

  test('the window is that of placing, not of paying', () => {
    const scope = { until: '2026-03-10T11:00:00.000Z' };
    expect(earned(termsWith({ multipliers: [rule('double', 20_000, scope)] }))).toBe(200);
  });

  test('all that match multiply, or only the best counts', () => {
    const multipliers = [rule('a', 15_000), rule('b', 20_000), rule('c', 20_000), rule('d', 50_000, { tiers: ['gold'] })];
    expect(earned(termsWith({ multipliers, stacking: 'multiply' }))).toBe(600);
    const best = entitlement(termsWith({ multipliers, stacking: 'best' }), orderWith());
    expect(best.earnedPoints).toBe(200);
    expect(best.lines[0]?.multiplierBps).toBe(20_000);
    expect(best.lines[0]?.reasons.map((one) => `${one.code} ${String(one.figures.rule)}`)).toEqual([
      'multiplier_not_best a',
      'multiplier_applied b',
      'multiplier_not_best c',
    ]);
  });

  test('a factor below one lowers', () => {
    expect(earned(termsWith({ multipliers: [rule('half', 5_000)], stacking: 'best' }))).toBe(50);
  });

  test('many campaigns together stop at a hundredfold', () => {
    const multipliers = Array.from({ length: 40 }, (_, i) => rule(`x${i}`, 100_000));
    const terms = termsWith({ multipliers });
    expect(earned(terms)).toBe(10_000);
    expect(codesOf(terms)).toContain('multiplier_capped');
  });

  test('products of factors stay exact', () => {
    const multipliers = Array.from({ length: 6 }, (_, i) => rule(`x${i}`, 11_000));
    // 1.1^6 = 1.771561
    expect(earned(termsWith({ multipliers }), orderWith({ lines: [lineWith({ grossMinor: 100_000_000 })] }))).toBe(1_771_561);
  });
});

describe('rounding', () => {
  const lines = (...grossMinor: number[]): OrderLine[] =>
    grossMinor.map((gross, i) => lineWith({ lineId: `l${i}`, grossMinor: gross }));
  test.each<[string, 'down' | 'nearest', number[], number, number[]]>([
    ['once for the order, not per line', 'down', [99, 99, 99], 2, [1, 1, 0]],
    ['down', 'down', [199], 1, [1]],
    ['nearest', 'nearest', [150], 2, [2]],
    ['nearest, below the half', 'nearest', [149], 1, [1]],
    ['largest remainders first', 'down', [130, 190, 180], 5, [1, 2, 2]],
    ['nearest over lines', 'nearest', [40, 40, 80], 2, [1, 0, 1]],
    ['nothing to share', 'down', [0, 0], 0, [0, 0]],
  ])('%s', (_name, rounding, gross, total, perLine) => {
    const result = entitlement(termsWith({ rounding }), orderWith({ lines: lines(...gross) }));
    expect(result.originalPoints).toBe(total);
    expect(result.lines.map((line) => line.originalPoints)).toEqual(perLine);
  });

  test('a rate that is no whole number of cents a point', () => {
    expect(earned(termsWith(), orderWith({ currency: 'USD' }))).toBe(90);
  });
});

describe('refunds', () => {
  test('a unit takes its own points back, the last first', () => {
    const back = (refundedMilli: number): number =>
      earned(termsWith(), orderWith({ lines: [lineWith({ quantityMilli: 3_000, refundedMilli })] }));
    expect([0, 1_000, 2_000, 3_000].map(back)).toEqual([100, 67, 34, 0]);
  });

  test('turnover, items and redeemed points go back with the units', () => {
    const line = lineWith({ quantityMilli: 3_000, refundedMilli: 1_000 });
    const order = orderWith({ lines: [line], redemption: { points: 50, holdId: null } });
    expect(entitlement(termsWith(), order)).toMatchObject({
      redeemedPoints: 34,
      originalRedeemedPoints: 50,
      originalPoints: 100,
      qualifying: { turnoverMinor: 6_667, orders: 1, items: 2, points: 67 },
    });
  });

  test('an order whose goods all went back counts for nothing, though shipping stays', () => {
    const lines = [lineWith({ refundedMilli: 1_000 }), lineWith({ lineId: 'ship', kind: 'other', grossMinor: 500 })];
    const order = orderWith({ lines, redemption: { points: 50, holdId: null } });
    expect(entitlement(termsWith(), order)).toMatchObject({
      earnedPoints: 0,
      redeemedPoints: 0,
      qualifying: { turnoverMinor: 0, orders: 0, items: 0, points: 0 },
    });
  });

  test('broken quantities are whole items only when they are', () => {
    const lines = [lineWith({ quantityMilli: 2_500 }), lineWith({ lineId: 'line-2', quantityMilli: 700, refundedMilli: 300 })];
    expect(entitlement(termsWith(), orderWith({ lines })).qualifying.items).toBe(2);
  });

  test('a refund nobody could read is said, not guessed', () => {
    expect(codesOf(termsWith(), orderWith({ refundNeedsReview: true }))).toContain('refund_needs_review');
    expect(earned(termsWith(), orderWith({ refundNeedsReview: true }))).toBe(100);
  });
});

describe('redeemed points', () => {
  const redemption = { points: 101, holdId: 'hold' };
  const redeemed = (lines: OrderLine[]) => entitlement(termsWith(), orderWith({ lines, redemption }));

  test('belong to the lines that carried the discount', () => {
    const lines = [
      lineWith({ lineId: 'a', grossMinor: 100 }),
      lineWith({ lineId: 'b', grossMinor: 900, pointsDiscountGrossMinor: 60 }),
      lineWith({ lineId: 'c', grossMinor: 900, pointsDiscountGrossMinor: 41, refundedMilli: 1_000 }),
    ];
    const result = redeemed(lines);
    expect(result.lines.map((line) => line.redeemedPoints)).toEqual([0, 60, 0]);
    expect(result.redeemedPoints).toBe(60);
  });

  describe('where refunds give none back', () => {
    const programme = programmeWith();
    const noPoints = programme.redemption && { ...programme.redemption, refundsPoints: false };
    const terms = termsWith({}, { programme: { ...programme, redemption: noPoints } });
    const half = [lineWith({ quantityMilli: 2_000, refundedMilli: 1_000 })];
    const spent = (change: Partial<OrderSnapshot>): number =>
      entitlement(terms, orderWith({ redemption, ...change })).redeemedPoints;

    test('stay spent, by line and altogether, and the reason is said', () => {
      const result = entitlement(terms, orderWith({ redemption, lines: half, paymentState: 'partially_refunded' }));
      expect([result.redeemedPoints, result.lines.map((line) => line.redeemedPoints)]).toEqual([101, [101]]);
      expect(result.reasons.map(({ code }) => code)).toContain('points_not_refunded');
      expect(spent({ paymentState: 'refunded' })).toBe(101);
    });

    test('come back with an order that never came about', () => {
      const never: Partial<OrderSnapshot>[] = [
        { orderState: 'cancelled' },
        { orderState: 'cancelled', paymentState: 'refunded' },
        { paymentState: 'failed' },
        { paymentState: 'cancelled' },
      ];
      expect(never.map(spent)).toEqual([0, 0, 0, 0]);
    });

    test('are not spoken of in an order without any', () => {
      const reasons = entitlement(terms, orderWith({ lines: half })).reasons;
      expect(reasons.map(({ code }) => code)).not.toContain('points_not_refunded');
    });
  });

  test('else to the lines by value', () => {
    const lines = [lineWith({ lineId: 'a', grossMinor: 100 }), lineWith({ lineId: 'b', grossMinor: 300 })];
    expect(redeemed(lines).lines.map((line) => line.redeemedPoints)).toEqual([25, 76]);
  });

  test('else to the order, until the last unit went back', () => {
    const free = (refundedMilli: number): number =>
      redeemed([lineWith({ grossMinor: 0, quantityMilli: 2_000, refundedMilli })]).redeemedPoints;
    expect([0, 1_000, 2_000].map(free)).toEqual([101, 101, 0]);
    expect(redeemed([]).redeemedPoints).toBe(101);
  });

  test('count even where nothing is earned', () => {
    const order = orderWith({ currency: 'GBP', redemption });
    expect(entitlement(termsWith(), order)).toMatchObject({ earnedPoints: 0, redeemedPoints: 101 });
  });

  test('are never negative', () => {
    const order = orderWith({ redemption: { points: -5, holdId: null } });
    expect(entitlement(termsWith(), order)).toMatchObject({ redeemedPoints: 0, originalRedeemedPoints: 0 });
  });
});

test.each<[Partial<OrderSnapshot>, string]>([
  [{ orderState: 'cancelled' }, 'order_cancelled'],
  [{ paymentState: 'refunded' }, 'payment_refunded'],
  [{ paymentState: 'failed' }, 'payment_failed'],
  [{ paymentState: 'cancelled' }, 'payment_cancelled'],
])('%p counts for nothing', (change, code) => {
  const order = orderWith({ ...change, redemption: { points: 50, holdId: null } });
  const result = entitlement(termsWith(), order);
  expect(result).toMatchObject({
    earnedPoints: 0,
    originalPoints: 100,
    redeemedPoints: 0,
    originalRedeemedPoints: 50,
    qualifying: { turnoverMinor: 0, orders: 0, items: 0, points: 0 },
  });
  expect(result.lines[0]).toMatchObject({ earnedPoints: 0, redeemedPoints: 0, originalPoints: 100 });
  expect(result.reasons[0]).toMatchObject({ code, applied: true });
});

test.each(['open', 'paid', 'partially_paid', 'partially_refunded'] as const)('a payment that is %s stands', (paymentState) => {
  expect(earned(termsWith(), orderWith({ paymentState }))).toBe(100);
});

test('release is counted from payment', () => {
  expect(entitlement(termsWith({ lockDays: 0 }), orderWith()).releaseAt).toBe('2026-03-10T12:00:00.000Z');
  expect(entitlement(termsWith(), orderWith({ paidAt: null, paymentState: 'open' })).releaseAt).toBeNull();
  expect(codesOf(termsWith(), orderWith({ paidAt: null, paymentState: 'open' }))).toContain('not_paid');
});

describe('turnover in the base currency', () => {
  test.each([
    ['EUR', 10_000],
    ['USD', 9_000],
    // 10,000 JPY at 0.0061 are 61.00 EUR
    ['JPY', 6_100],
    ['GBP', 0],
  ])('%s', (currency, turnoverMinor) => {
    expect(entitlement(termsWith(), orderWith({ currency })).qualifying.turnoverMinor).toBe(turnoverMinor);
  });
});
