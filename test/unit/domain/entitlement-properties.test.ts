import fc from 'fast-check';
import type { Campaign } from '../../../sidecar/src/domain/campaign';
import { entitlement, type PinnedTerms } from '../../../sidecar/src/domain/entitlement';
import type { OrderLine } from '../../../sidecar/src/domain/order-snapshot';
import type { MultiplierRule } from '../../../sidecar/src/domain/programme';
import { campaignWith, lineWith, orderWith, programmeWith, termsWith } from './examples';

const lineArbitrary = (index: number): fc.Arbitrary<OrderLine> =>
  fc
    .record({
      kind: fc.constantFrom<OrderLine['kind']>('product', 'product', 'product', 'gift', 'points', 'discount', 'other'),
      productNumber: fc.constantFrom('A', 'B', 'C', null),
      categoryIds: fc.subarray(['x', 'y', 'z']),
      quantityMilli: fc.oneof(
        fc.integer({ min: 1, max: 12 }).map((units) => units * 1000),
        fc.integer({ min: 0, max: 9_999 }),
      ),
      grossMinor: fc.integer({ min: -2_000, max: 200_000 }),
      share: fc.integer({ min: 0, max: 100 }),
    })
    .map(({ share, ...line }) => ({
      ...line,
      lineId: `line-${index}`,
      refundedMilli: 0,
      netMinor: Math.trunc(line.grossMinor / 1.19),
      pointsDiscountGrossMinor: Math.max(0, Math.trunc((line.grossMinor * share) / 400)),
      pointsDiscountNetMinor: Math.max(0, Math.trunc((line.grossMinor * share) / 476)),
    }));

const linesArbitrary = fc
  .integer({ min: 1, max: 7 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => lineArbitrary(index))));

const multiplierArbitrary: fc.Arbitrary<MultiplierRule> = fc.record({
  code: fc.constantFrom('m1', 'm2', 'm3'),
  multiplierBps: fc.integer({ min: 1, max: 50_000 }),
  scope: fc.constantFrom<MultiplierRule['scope']>(
    {},
    { products: ['A'] },
    { categories: ['x', 'y'] },
    { tiers: ['gold'] },
    { until: '2026-01-01T00:00:00.000Z' },
  ),
});

const campaignArbitrary = (code: string): fc.Arbitrary<Campaign> =>
  fc
    .record({
      scope: fc.constantFrom<Campaign['scope']>({}, { products: ['A'] }, { categories: ['x'] }, { tiers: ['gold'] }),
      effect: fc.oneof(
        fc.integer({ min: 10_001, max: 50_000 }).map((multiplierBps) => ({ kind: 'multiplier' as const, multiplierBps })),
        fc.integer({ min: 1, max: 700 }).map((points) => ({ kind: 'bonus' as const, points })),
        fc.integer({ min: 1, max: 50 }).map((points) => ({ kind: 'perUnit' as const, points })),
      ),
      stacking: fc.constantFrom('exclusive' as const, 'best' as const, 'all' as const),
      priority: fc.nat(2),
      minimumMinor: fc.constantFrom({}, { EUR: 20_000 }, { USD: 1 }),
      budgetPoints: fc.option(fc.integer({ min: 1, max: 900 })),
    })
    .map(({ budgetPoints: points, ...change }) =>
      campaignWith({ ...change, code, budget: { points, orders: null, perMember: null } }),
    );

const campaignsArbitrary = fc.subarray(['k1', 'k2', 'k3', 'k4']).chain((codes) => fc.tuple(...codes.map(campaignArbitrary)));

const termsArbitrary: fc.Arbitrary<PinnedTerms> = fc
  .record({
    basis: fc.constantFrom('net' as const, 'gross' as const),
    rounding: fc.constantFrom('down' as const, 'nearest' as const),
    stacking: fc.constantFrom('multiply' as const, 'best' as const),
    pointsPaymentReducesBasis: fc.boolean(),
    multipliers: fc.array(multiplierArbitrary, { maxLength: 4 }),
    excludedProducts: fc.subarray(['B', 'C']),
    minimumMinor: fc.constantFrom({}, { EUR: 20_000 }),
  })
  .chain((accrual) =>
    fc
      .tuple(fc.constantFrom('gold', null), campaignsArbitrary, fc.integer({ min: 0, max: 900 }))
      .map(([tier, campaigns, points]) =>
        termsWith(accrual, {
          tier,
          programme: programmeWith({ campaigns }, accrual),
          grants: campaigns.map(({ code }, i) => ({ campaign: code, points: i === 0 ? points : null, held: 0 })),
        }),
      ),
  );

const redemptionArbitrary = fc.option(fc.record({ points: fc.nat(5_000), holdId: fc.constant(null) }));
const totals = (terms: PinnedTerms, lines: readonly OrderLine[], points = 0) =>
  entitlement(terms, orderWith({ lines, redemption: points > 0 ? { points, holdId: null } : null }));
const refund = (lines: readonly OrderLine[], shares: readonly number[]): OrderLine[] =>
  lines.map((line, i) => ({ ...line, refundedMilli: Math.floor((line.quantityMilli * (shares[i] ?? 0)) / 12) }));
const sharesArbitrary = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 7, maxLength: 7 });

test('parts sum to the whole, nothing is negative, nothing exceeds what was placed', () => {
  fc.assert(
    fc.property(termsArbitrary, linesArbitrary, sharesArbitrary, redemptionArbitrary, (terms, lines, shares, redemption) => {
      const result = entitlement(terms, orderWith({ lines: refund(lines, shares), redemption }));
      const sum = (value: (line: (typeof result.lines)[number]) => number): number =>
        result.lines.reduce((total, line) => total + value(line), 0);
      expect(sum((line) => line.originalPoints)).toBe(result.originalPoints);
      expect(sum((line) => line.earnedPoints)).toBe(result.earnedPoints);
      expect(result.qualifying.points).toBe(result.earnedPoints);
      for (const { campaign, originalPoints, earnedPoints } of result.campaigns) {
        const ofCampaign = result.lines.flatMap((line) => line.campaigns.filter((one) => one.campaign === campaign));
        expect(ofCampaign.reduce((total, one) => total + one.originalPoints, 0)).toBe(originalPoints);
        expect(ofCampaign.reduce((total, one) => total + one.earnedPoints, 0)).toBe(earnedPoints);
        expect(earnedPoints).toBeLessThanOrEqual(originalPoints);
      }
      expect(result.redeemedPoints).toBeLessThanOrEqual(result.originalRedeemedPoints);
      for (const line of result.lines) {
        expect(line.earnedPoints).toBeGreaterThanOrEqual(0);
        expect(line.redeemedPoints).toBeGreaterThanOrEqual(0);
        expect(line.earnedPoints).toBeLessThanOrEqual(line.originalPoints);
        expect(Number.isSafeInteger(line.originalPoints)).toBe(true);
      }
      const { turnoverMinor, orders, items } = result.qualifying;
      expect(Math.min(turnoverMinor, orders, items, result.redeemedPoints)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 400 },
  );
});

test('N partial refunds give back exactly what one full refund does, to the point', () => {
  const path = fc.array(fc.record({ line: fc.nat(6), milli: fc.integer({ min: 1, max: 6_000 }) }), { maxLength: 20 });
  fc.assert(
    fc.property(termsArbitrary, linesArbitrary, path, fc.nat(5_000), (terms, placed, steps, points) => {
      const start = totals(terms, placed, points);
      let lines: OrderLine[] = [...placed];
      let before = start;
      let earnedBack = 0;
      let redeemedBack = 0;
      const apply = (next: OrderLine[]): void => {
        const after = totals(terms, next, points);
        // Refunding more never earns more, redeems more, or counts for more.
        expect(after.earnedPoints).toBeLessThanOrEqual(before.earnedPoints);
        expect(after.redeemedPoints).toBeLessThanOrEqual(before.redeemedPoints);
        expect(after.qualifying.turnoverMinor).toBeLessThanOrEqual(before.qualifying.turnoverMinor);
        expect(after.originalPoints).toBe(start.originalPoints);
        earnedBack += before.earnedPoints - after.earnedPoints;
        redeemedBack += before.redeemedPoints - after.redeemedPoints;
        before = after;
        lines = next;
      };
      for (const step of steps) {
        apply(
          lines.map((line, i) =>
            i === step.line ? { ...line, refundedMilli: Math.min(line.quantityMilli, line.refundedMilli + step.milli) } : line,
          ),
        );
      }
      for (let i = 0; i < lines.length; i += 1) {
        apply(lines.map((line, j) => (i === j ? { ...line, refundedMilli: line.quantityMilli } : line)));
      }
      expect(before.earnedPoints).toBe(0);
      expect(earnedBack).toBe(start.originalPoints);
      const hasGoods = placed.some((line) => line.kind === 'product' && line.quantityMilli > 0);
      expect(redeemedBack).toBe(hasGoods ? points : 0);
      expect(before.qualifying).toEqual({ turnoverMinor: 0, orders: 0, items: 0, points: 0 });
    }),
    { numRuns: 300 },
  );
});

test('the order in which the shop lists the lines moves no point, not even between lines', () => {
  fc.assert(
    fc.property(
      termsArbitrary,
      linesArbitrary.chain((lines) =>
        fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length })),
      ),
      sharesArbitrary,
      fc.nat(5_000),
      (terms, [lines, shuffled], shares, points) => {
        const refunded = new Map(refund(lines, shares).map((line) => [line.lineId, line]));
        const listed = totals(terms, [...refunded.values()], points);
        const mixed = totals(
          terms,
          shuffled.map((line) => refunded.get(line.lineId) ?? line),
          points,
        );
        expect({ ...mixed, lines: [] }).toEqual({ ...listed, lines: [] });
        expect(mixed.lines.map((line) => line.lineId)).toEqual(shuffled.map((line) => line.lineId));
        expect(new Map(mixed.lines.map((line) => [line.lineId, line]))).toEqual(
          new Map(listed.lines.map((line) => [line.lineId, line])),
        );
      },
    ),
  );
});

test('the arguments are all it depends on, and it leaves them as they were', () => {
  fc.assert(
    fc.property(termsArbitrary, linesArbitrary, redemptionArbitrary, (terms, lines, redemption) => {
      const order = orderWith({ lines, redemption });
      const copy = structuredClone({ terms, order });
      const first = entitlement(terms, order);
      expect(entitlement(copy.terms, copy.order)).toEqual(first);
      expect({ terms, order }).toEqual(copy);
    }),
  );
});

test('total points are the exact sum rounded once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }), (values) => {
      const lines = values.map((grossMinor, i) => lineWith({ lineId: `line-${i}`, grossMinor }));
      const sum = values.reduce((total, value) => total + value, 0);
      expect(totals(termsWith(), lines).originalPoints).toBe(Math.floor(sum / 100));
    }),
  );
});
