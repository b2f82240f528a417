import fc from 'fast-check';
import { standingCampaigns, type Campaign, type CampaignGrant, type CampaignOffer } from '../../../sidecar/src/domain/campaign';
import { entitlement } from '../../../sidecar/src/domain/entitlement';
import type { OrderSnapshot } from '../../../sidecar/src/domain/order-snapshot';
import type { AccrualTerms } from '../../../sidecar/src/domain/programme';
import { campaignWith, lineWith, orderWith, PLACED_AT, programmeWith, termsWith } from './examples';

interface Given {
  readonly tier?: string | null;
  readonly segments?: readonly string[];
  readonly accrual?: Partial<AccrualTerms>;
  readonly order?: Partial<OrderSnapshot>;
  readonly grants?: readonly CampaignGrant[];
}

const NO_BUDGET = { points: null, orders: null, perMember: null };
const hats = lineWith({ lineId: 'a', productNumber: 'HAT-1', categoryIds: ['hats'], quantityMilli: 2000, grossMinor: 10_000 });
const shoes = lineWith({ lineId: 'b', productNumber: 'SHOE-1', categoryIds: ['shoes'], quantityMilli: 1000, grossMinor: 5_050 });

function given(campaigns: readonly Partial<Campaign>[], { tier = null, segments = [], accrual, order, grants = [] }: Given = {}) {
  const programme = programmeWith({ campaigns: campaigns.map(campaignWith) }, accrual);
  return entitlement(
    { ...termsWith(accrual, { tier, segments, programme }), grants },
    orderWith({ lines: [hats, shoes], ...order }),
  );
}

const ofCampaigns = (result: ReturnType<typeof given>): unknown[] =>
  result.campaigns.map(({ campaign, earnedPoints }) => [campaign, earnedPoints]);

const missed = (result: ReturnType<typeof given>): string[] =>
  result.reasons.flatMap(({ code, applied }) => (code.startsWith('campaign_') && !applied ? [code] : []));

test('a multiplier adds what it gives on the base of the goods in scope, beside other multipliers', () => {
  const gold = { multipliers: [{ code: 'gold', multiplierBps: 15_000, scope: { tiers: ['gold'] } }] };
  const result = given([{ scope: { categories: ['hats'] } }], { tier: 'gold', accrual: gold });
  // 150.50 EUR x 1.5 = 225, and 100.00 EUR once more
  expect(result.earnedPoints).toBe(225 + 100);
  expect(result.lines.map(({ lineId, originalPoints }) => [lineId, originalPoints])).toEqual([
    ['a', 150 + 100],
    ['b', 75],
  ]);
  expect(result.campaigns).toEqual([{ campaign: 'double', originalPoints: 100, earnedPoints: 100 }]);
  expect(result.lines[0]?.campaigns).toEqual([{ campaign: 'double', originalPoints: 100, earnedPoints: 100 }]);
});

test('each campaign is rounded by itself, as the programme rounds', () => {
  const half = { effect: { kind: 'multiplier', multiplierBps: 12_500 } as const, scope: { products: ['SHOE-1'] } };
  // a quarter of 50.50
  expect(ofCampaigns(given([half]))).toEqual([['double', 12]]);
  expect(ofCampaigns(given([half], { accrual: { rounding: 'nearest' } }))).toEqual([['double', 13]]);
});

test('a bonus is given once an order, and shared by the goods in scope', () => {
  const result = given([{ effect: { kind: 'bonus', points: 100 } }]);
  expect(result.earnedPoints).toBe(150 + 100);
  expect(result.lines.map((line) => line.campaigns.map(({ originalPoints }) => originalPoints))).toEqual([[66], [34]]);
  expect(given([{ effect: { kind: 'bonus', points: 100 }, scope: { products: ['TIE'] } }]).earnedPoints).toBe(150);
});

test('points for each unit count whole units, and broken ones rounded down', () => {
  const perUnit = { effect: { kind: 'perUnit', points: 15 } as const, scope: { categories: ['hats'] } };
  expect(ofCampaigns(given([perUnit]))).toEqual([['double', 30]]);
  const cloth = lineWith({ quantityMilli: 2_700 });
  expect(ofCampaigns(given([perUnit], { order: { lines: [cloth] } }))).toEqual([['double', 40]]);
});

test.each<[string, Partial<Campaign>, Given]>([
  ['campaign_outside_dates', { scope: { from: '2026-03-10T10:00:00.001Z' } }, {}],
  ['campaign_outside_dates', { scope: { until: PLACED_AT } }, {}],
  ['campaign_other_tier', { scope: { tiers: ['gold'] } }, { tier: 'silver' }],
  ['campaign_other_segment', { scope: { segments: ['new'] } }, { segments: ['old'] }],
  ['campaign_other_group', { groups: ['b2b'] }, { order: { customerGroup: 'b2c' } }],
  ['campaign_other_group', { groups: ['b2b'] }, {}],
  ['campaign_below_minimum', { minimumMinor: { EUR: 15_051 } }, {}],
  ['campaign_other_currency', { minimumMinor: { USD: 1 } }, {}],
  ['campaign_no_points', { scope: { products: ['TIE'] } }, {}],
  ['campaign_no_points', { scope: { products: ['HAT-1'] } }, { accrual: { excludedProducts: ['HAT-1'] } }],
  ['campaign_not_granted', { budget: { ...NO_BUDGET, points: 1000 } }, {}],
])('says %s and gives nothing', (code, campaign, more) => {
  const result = given([campaign], more);
  expect(ofCampaigns(result)).toEqual([]);
  expect(missed(result)).toEqual([code]);
});

test.each<[string, Partial<Campaign>, Given]>([
  ['its first instant', { scope: { from: PLACED_AT } }, {}],
  ['its last millisecond', { scope: { until: '2026-03-10T10:00:00.001Z' } }, {}],
  ['a tier', { scope: { tiers: ['gold'] } }, { tier: 'gold' }],
  ['a segment', { scope: { segments: ['new'] } }, { segments: ['old', 'new'] }],
  ['a group', { groups: ['b2b'] }, { order: { customerGroup: 'b2b' } }],
  ['its minimum', { minimumMinor: { EUR: 15_050 } }, {}],
])('applies at %s', (_name, campaign, more) => {
  expect(ofCampaigns(given([campaign], more))).toEqual([['double', 150]]);
});

test('an order that earns nothing gets nothing of campaigns, and a cancelled one keeps nothing', () => {
  expect(given([{}], { accrual: { minimumMinor: { EUR: 20_000 } } }).earnedPoints).toBe(0);
  expect(given([{}], { order: { currency: 'CHF' } }).earnedPoints).toBe(0);
  const cancelled = given([{}], { order: { orderState: 'cancelled' } });
  expect(cancelled).toMatchObject({ originalPoints: 300, earnedPoints: 0 });
  expect(cancelled.campaigns).toEqual([{ campaign: 'double', originalPoints: 150, earnedPoints: 0 }]);
});

describe('several campaigns', () => {
  const offer = (code: string, points: number, stacking: Campaign['stacking'], priority = 0): CampaignOffer => ({
    campaign: campaignWith({ code, stacking, priority }),
    points,
    perLine: [points],
  });
  const stand = (offers: readonly CampaignOffer[], limits: Readonly<Record<string, number>> = {}): unknown[] =>
    standingCampaigns(offers, ({ code }) => limits[code] ?? null).standing.map(({ campaign, points }) => [campaign.code, points]);

  test('of the best only the best stands, those for all on top', () => {
    const offers = [offer('a', 10, 'best'), offer('b', 30, 'best'), offer('c', 5, 'all'), offer('d', 7, 'all')];
    expect(stand(offers)).toEqual([
      ['b', 30],
      ['c', 5],
      ['d', 7],
    ]);
  });

  test('an exclusive one stands alone, also where others would give more', () => {
    const offers = [offer('a', 90, 'best'), offer('b', 5, 'exclusive'), offer('c', 50, 'all')];
    expect(stand(offers)).toEqual([['b', 5]]);
  });

  test('of several exclusive ones priority decides, then points, then the code', () => {
    expect(stand([offer('a', 90, 'exclusive'), offer('b', 5, 'exclusive', 1)])).toEqual([['b', 5]]);
    expect(stand([offer('a', 5, 'exclusive'), offer('b', 90, 'exclusive')])).toEqual([['b', 90]]);
    expect(stand([offer('b', 5, 'exclusive'), offer('a', 5, 'exclusive')])).toEqual([['a', 5]]);
    expect(stand([offer('b', 5, 'best'), offer('a', 5, 'best', 1), offer('c', 5, 'best', 1)])).toEqual([['a', 5]]);
  });

  test('a budget that is used up leaves the place to the next, one that is nearly so counts with what it has', () => {
    const offers = [offer('a', 90, 'exclusive'), offer('b', 40, 'best'), offer('c', 30, 'best')];
    expect(stand(offers, { a: 0 })).toEqual([['b', 40]]);
    expect(stand(offers, { a: 0, b: 20 })).toEqual([['c', 30]]);
    expect(stand(offers, { a: 3 })).toEqual([['a', 3]]);
  });

  test('each says why it stands or not', () => {
    const offers = [offer('a', 10, 'best'), offer('b', 30, 'best'), offer('c', 5, 'all'), offer('d', 1, 'all')];
    const reasons = standingCampaigns(offers, ({ code }) => (code === 'd' ? 0 : null)).reasons;
    expect(reasons.map(({ code, figures }) => [figures['campaign'], code])).toEqual([
      ['a', 'campaign_not_best'],
      ['b', 'campaign_applied'],
      ['c', 'campaign_applied'],
      ['d', 'campaign_not_granted'],
    ]);
    const alone = standingCampaigns([...offers, offer('e', 1, 'exclusive')], () => null).reasons;
    expect(alone.map(({ code }) => code).filter((code) => code === 'campaign_beside_exclusive')).toHaveLength(4);
  });

  const offersArbitrary = fc.uniqueArray(
    fc.record({
      code: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      points: fc.integer({ min: 1, max: 100 }),
      stacking: fc.constantFrom('exclusive' as const, 'best' as const, 'all' as const),
      priority: fc.nat(2),
      limit: fc.option(fc.nat(100)),
    }),
    { selector: ({ code }) => code },
  );

  test('never more than one exclusive or one best stands, none beyond its limit, whatever the order of the document', () => {
    fc.assert(
      fc.property(offersArbitrary, fc.infiniteStream(fc.nat()), (made, shuffle) => {
        const limits = new Map<string, number | null>(made.map(({ code, limit }) => [code, limit]));
        const offers = made.map(({ code, points, stacking, priority }) => offer(code, points, stacking, priority));
        const limitOf = ({ code }: Campaign): number | null => limits.get(code) ?? null;
        const { standing, reasons } = standingCampaigns(offers, limitOf);
        const alone = standing.filter(({ campaign }) => campaign.stacking === 'exclusive');
        expect(alone.length === 0 || standing.length === 1).toBe(true);
        expect(standing.filter(({ campaign }) => campaign.stacking === 'best').length).toBeLessThanOrEqual(1);
        expect(reasons).toHaveLength(offers.length);
        for (const { campaign, points, perLine } of standing) {
          expect(points).toBeLessThanOrEqual(limitOf(campaign) ?? Infinity);
          expect(perLine.reduce((sum, one) => sum + one, 0)).toBe(points);
        }
        const mixed = [...offers].map((one) => [shuffle.next().value as number, one] as const).sort((x, y) => x[0] - y[0]);
        const again = standingCampaigns(
          mixed.map(([, one]) => one),
          limitOf,
        );
        const named = (some: readonly CampaignOffer[]) => some.map(({ campaign, points }) => `${campaign.code} ${points}`).sort();
        expect(named(again.standing)).toEqual(named(standing));
      }),
    );
  });
});

describe('a grant', () => {
  const budget = { ...NO_BUDGET, points: 1_000 };
  const bonus: Partial<Campaign> = { budget, effect: { kind: 'bonus', points: 100 } };
  const grant = (points: number | null): CampaignGrant => ({ campaign: 'double', points, held: 0 });

  test('is the most an order has, shared by its lines', () => {
    const result = given([bonus], { grants: [grant(10)] });
    expect(result.campaigns).toEqual([{ campaign: 'double', originalPoints: 10, earnedPoints: 10 }]);
    expect(result.lines.map((line) => line.campaigns[0]?.originalPoints)).toEqual([7, 3]);
    expect(ofCampaigns(given([bonus], { grants: [grant(400)] }))).toEqual([['double', 100]]);
    expect(ofCampaigns(given([bonus], { grants: [grant(null)] }))).toEqual([['double', 100]]);
    expect(ofCampaigns(given([bonus], { grants: [grant(0)] }))).toEqual([]);
  });

  test('goes back unit by unit, and all of it in the end', () => {
    const refunded = (milli: number) =>
      ofCampaigns(given([bonus], { grants: [grant(11)], order: { lines: [{ ...hats, refundedMilli: milli }] } }));
    expect([0, 1000, 2000].map(refunded)).toEqual([[['double', 11]], [['double', 6]], [['double', 0]]]);
  });
});
