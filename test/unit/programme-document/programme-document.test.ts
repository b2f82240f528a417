import { dueGifts } from '../../../sidecar/src/domain/free-product';
import type { Programme } from '../../../sidecar/src/domain/programme';
import { decideTierPrices } from '../../../sidecar/src/domain/tier-price';
import { entitlement } from '../../../sidecar/src/domain/entitlement';
import { parseProgramme, programmeDocumentSchema } from '../../../sidecar/src/programme-document/programme-document';
import { messageTerms } from '../../../sidecar/src/programme-document/messages';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../support/source';
import { lineWith, orderWith } from '../domain/examples';
import { readProgramme, type ProgrammeFixture } from './read-programme';

function programmeOf(input: unknown): Programme {
  const parsed = parseProgramme(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.programme;
}

const asked = ({ tiers }: Programme) =>
  tiers.levels.flatMap(({ requirement }) => requirement.conditions.map(({ atLeast }) => atLeast));

test.each<ProgrammeFixture>(['simple', 'tiers', 'b2b', 'full'])('the example %s is a valid programme', (name) => {
  const parsed = parseProgramme(readProgramme(name));
  expect(parsed).toMatchObject({ ok: true, programme: { name: readProgramme(name).name } });
  // With defaults filled in it means the same.
  if (parsed.ok) expect(programmeOf(JSON.parse(JSON.stringify(parsed.document)))).toEqual(parsed.programme);
});

test('the first programme of the README is a valid one', () => {
  const text = readFileSync(join(projectRoot, 'docs/first-programme.yaml'), 'utf8');
  expect(programmeOf(parse(text))).toMatchObject({ name: 'Points club', redemption: { minimumPoints: 500 } });
});

test('the shortest document gets careful defaults', () => {
  expect(programmeOf({ name: 'P', baseCurrency: 'EUR', currencies: { EUR: { earn: { points: 1, per: 1 } } } })).toEqual({
    name: 'P',
    baseCurrency: 'EUR',
    timeZone: 'UTC',
    currencies: { EUR: { earnPoints: 1, earnPerMinor: 100, pointValue: null, turnoverFactorBps: 10_000 } },
    accrual: {
      basis: 'gross',
      pointsPaymentReducesBasis: true,
      minimumMinor: {},
      rounding: 'down',
      lockDays: 14,
      multipliers: [],
      stacking: 'best',
      excludedGroups: [],
      excludedProducts: [],
      excludedCategories: [],
      excludedSegments: [],
    },
    channels: [],
    campaigns: [],
    expireAfterDays: null,
    tiers: { metric: 'turnover', downgrade: { graceDays: 0, keep: null, maximumLevels: null }, levels: [] },
    tierPrices: [],
    volume: [],
    activities: [],
    approvals: { adjustmentsAbove: null, days: 7 },
    identity: { linkByVerifiedEmail: false },
    privacy: {
      eraseOnCustomerDeletion: false,
      retention: { leadsDays: 30, webhooksDays: null, noticesDays: 400, inactiveMembersMonths: null },
    },
    participation: null,
    leads: null,
    rewards: [],
    cashback: [],
    memberships: [],
    challenges: [],
    earlyAccess: [],
    freeProducts: [],
    referral: null,
    welcomePoints: 0,
    welcomeVoucher: null,
    nextPurchase: [],
    occasions: [],
    redemption: null,
    messages: messageTerms(null),
    segments: [],
  });
});

describe('the full example in the integers of the domain', () => {
  const programme = programmeOf(readProgramme('full'));

  test('currencies and accrual', () => {
    expect(programme.currencies.USD).toEqual({
      earnPoints: 1,
      earnPerMinor: 110,
      pointValue: { valuePoints: 100, valueMinor: 110 },
      turnoverFactorBps: 9_000,
    });
    expect(programme.accrual.minimumMinor).toEqual({ EUR: 1_000, USD: 1_100 });
    expect(programme.accrual.multipliers.map((rule) => rule.multiplierBps)).toEqual([12_500, 15_000, 20_000, 30_000]);
    expect(programme.accrual.multipliers[3]?.scope).toEqual({
      products: ['HAT-1'],
      categories: ['shoes'],
      from: '2026-05-31T22:00:00.000Z',
      until: '2026-06-30T22:00:00.000Z',
    });
  });

  test('segments', () => {
    expect(programme.segments.map(({ code, match, conditions }) => [code, match, conditions])).toEqual([
      [
        'birthday',
        'all',
        [
          { kind: 'turnover', days: 365, atLeast: 30_000 },
          { kind: 'daysSinceLastOrder', atMost: 90 },
        ],
      ],
      [
        'blocked',
        'any',
        [
          { kind: 'overdue', factorBps: 25_000 },
          { kind: 'customerGroup', groups: ['7'] },
        ],
      ],
      [
        'newsletter',
        'all',
        [
          { kind: 'tier', tiers: ['gold'] },
          { kind: 'balance', atLeast: 500 },
        ],
      ],
    ]);
  });

  test('tiers, prices, gifts', () => {
    expect(asked(programme)).toEqual([0, 50_000, 150_000]);
    expect(programme.tierPrices[0]?.steps[0]?.effect).toEqual({ kind: 'fixed', priceMinor: { EUR: 3_990, USD: 4_390 } });
    expect(programme.tierPrices[2]?.steps[1]?.effect).toEqual({ kind: 'percent', percentBps: 1_250 });
    expect(programme.freeProducts[1]).toEqual({
      code: 'gold-gift',
      products: ['MUG'],
      quantity: 2,
      minimumGoodsMinor: { EUR: 10_000 },
      tiers: ['gold'],
      segments: ['newsletter'],
      from: '2026-01-01T00:00:00.000Z',
      until: '2026-12-31T23:59:59.000Z',
      limitPerMember: 3,
      stock: 500,
    });
  });

  test('campaigns', () => {
    expect(programme.campaigns).toEqual([
      {
        code: 'black-week',
        name: 'Black week: double points',
        scope: {
          tiers: ['gold'],
          categories: ['shoes'],
          segments: ['newsletter'],
          from: '2026-11-22T23:00:00.000Z',
          until: '2026-11-30T00:00:00.000Z',
        },
        groups: ['7', '8'],
        minimumMinor: { EUR: 5_000 },
        effect: { kind: 'multiplier', multiplierBps: 20_000 },
        stacking: 'exclusive',
        priority: 10,
        budget: { points: 100_000, orders: 500, perMember: 2 },
      },
      expect.objectContaining({
        scope: {},
        groups: null,
        minimumMinor: {},
        effect: { kind: 'bonus', points: 50 },
        stacking: 'best',
      }),
      expect.objectContaining({
        effect: { kind: 'perUnit', points: 5 },
        stacking: 'all',
        budget: { points: null, orders: null, perMember: null },
      }),
    ]);
  });

  test('referral and redemption', () => {
    expect(programme.referral).toEqual({
      friendDiscount: { kind: 'percent', percentBps: 1_000 },
      friendMinimumMinor: { EUR: 3_000 },
      referrerReward: { kind: 'points', points: 500 },
      rewardSteps: [],
      friendReward: null,
      returnWindowDays: 14,
      maxRewardsPerReferrer: 20,
      rewardsPerPeriod: null,
      maxNewPerDay: null,
      fraud: null,
      codePrefix: 'FRIEND',
    });
    expect(programme.redemption).toEqual({
      minimumPoints: 100,
      stepPoints: 50,
      maximumShareBps: 5_000,
      holdMinutes: 60,
      refundsPoints: true,
    });
  });

  test('drives the whole domain', () => {
    const terms = { programmeVersionId: 'v1', programme, tier: 'gold', segments: ['birthday'], grants: [] };
    const order = orderWith({ placedAt: '2026-06-15T10:00:00.000Z', lines: [lineWith({ categoryIds: ['shoes'] })] });
    // 100.00 EUR x 1.5 (gold) x 2 (birthday) x 3 (shoes and hat), and 50 of a campaign
    expect(entitlement(terms, order).earnedPoints).toBe(950);
    const hat = { productNumber: 'HAT-1', categoryIds: ['shoes'], prices: { EUR: { grossMinor: 4_990, netMinor: 4_193 } } };
    expect(decideTierPrices(programme, hat).rows.map((row) => [row.tier, row.quantityFrom, row.grossMinor])).toEqual([
      ['silver', 1, 4_741],
      ['gold', 1, 3_990],
      ['gold', 10, 3_500],
    ]);
    const cart = { currency: 'EUR', goodsMinor: 10_000, tier: 'gold', segments: ['newsletter'], at: '2026-06-15T10:00:00.000Z' };
    expect(dueGifts(programme, cart, {}).due.map((gift) => gift.ruleCode)).toEqual(['sample-from-50', 'gold-gift']);
  });
});

test('a voucher and an amount off are read too', () => {
  const full = readProgramme('full');
  const referral = {
    friendDiscount: { amountOff: { EUR: 5 } },
    referrerReward: { voucher: { value: { EUR: 7.5 }, validDays: 90 } },
  };
  expect(programmeOf({ ...full, referral }).referral).toMatchObject({
    friendDiscount: { kind: 'fixed', priceMinor: { EUR: 500 } },
    referrerReward: { kind: 'voucher', valueMinor: { EUR: 750 }, validDays: 90 },
    codePrefix: '',
  });
});

test('thresholds of other metrics are plain numbers', () => {
  expect(asked(programmeOf(readProgramme('tiers')))).toEqual([3, 10]);
});

describe('levels and incentives', () => {
  const document = (tiers: object, rest: object = {}) => ({ ...readProgramme('simple'), tiers, ...rest });
  const level = (change: object) => ({ code: 'gold', name: 'Gold', ...change });

  test('conditions take the window of the programme where they have none of their own', () => {
    const all = [
      { metric: 'turnover', atLeast: 1500.5 },
      { metric: 'orders', atLeast: 5, windowDays: 90 },
      { metric: 'membership', atLeast: 180 },
    ];
    const { tiers, timeZone } = programmeOf(
      document({ period: 'year', levels: [level({ all })] }, { timeZone: 'Europe/Lisbon' }),
    );
    expect(timeZone).toBe('Europe/Lisbon');
    expect(tiers.levels[0]?.requirement).toEqual({
      combine: 'all',
      conditions: [
        { metric: 'turnover', atLeast: 150_050, window: { period: 'year' } },
        { metric: 'orders', atLeast: 5, window: { days: 90 } },
        { metric: 'membership', atLeast: 180, window: null },
      ],
    });
  });

  test.each([
    [{}, { keep: null, maximumLevels: null }],
    [
      { maximumLevels: 1, keepDays: 90 },
      { keep: { days: 90 }, maximumLevels: 1 },
    ],
    [{ keepUntilEndOf: 'year' }, { keep: { period: 'year', following: 0 }, maximumLevels: null }],
    [
      { keepUntilEndOf: 'quarter', followingPeriods: 2 },
      { keep: { period: 'quarter', following: 2 }, maximumLevels: null },
    ],
  ])('protection %j', (downgrade, parsed) => {
    expect(programmeOf(document({ graceDays: 5, downgrade })).tiers.downgrade).toEqual({ graceDays: 5, ...parsed });
  });

  test('perks that earn and pay are the multiplier and the tier price they stand for', () => {
    const perks = { multiplier: 1.5, discountPercent: 2.5, freeShipping: true, accountContact: 'Ring 123', texts: ['Previews'] };
    const programme = programmeOf(document({ levels: [level({ threshold: 500, perks })] }));
    expect(programme.accrual.multipliers.at(-1)).toEqual({
      code: 'tier:gold',
      multiplierBps: 15_000,
      scope: { tiers: ['gold'] },
    });
    expect(programme.tierPrices.at(-1)).toEqual({
      code: 'tier:gold',
      tier: 'gold',
      steps: [{ quantityFrom: 1, effect: { kind: 'percent', percentBps: 250 } }],
    });
    expect(programme.tiers.levels[0]?.perks).toEqual({
      freeShipping: true,
      fasterShipping: false,
      earlyAccess: false,
      accountContact: 'Ring 123',
      texts: ['Previews'],
    });
    const price = { EUR: { grossMinor: 1000, netMinor: 840 } };
    expect(decideTierPrices(programme, { productNumber: 'ANY', categoryIds: [], prices: price }).rows).toEqual([
      { tier: 'gold', quantityFrom: 1, currency: 'EUR', grossMinor: 975, netMinor: 819 },
    ]);
    const terms = { programmeVersionId: 'v1', programme, tier: 'gold', segments: [], grants: [] };
    expect(entitlement(terms, orderWith({ lines: [lineWith()] })).earnedPoints).toBe(150);
    expect(entitlement({ ...terms, tier: null }, orderWith({ lines: [lineWith()] })).earnedPoints).toBe(100);
  });

  test('bands are in the unit of their metric', () => {
    const volume = [
      { code: 'spend', name: 'Spend', period: 'year', bands: [{ from: 5000, points: 250 }] },
      { code: 'pieces', name: 'Pieces', metric: 'items', windowDays: 90, bands: [{ from: 1000, points: 500 }] },
    ];
    expect(programmeOf({ ...readProgramme('simple'), volume }).volume).toEqual([
      { code: 'spend', name: 'Spend', metric: 'turnover', window: { period: 'year' }, bands: [{ from: 500_000, points: 250 }] },
      { code: 'pieces', name: 'Pieces', metric: 'items', window: { days: 90 }, bands: [{ from: 1000, points: 500 }] },
    ]);
  });
});

test('currencies without a hundredth keep their own minor unit', () => {
  const programme = programmeOf(readProgramme('b2b'));
  expect(programme.currencies.JPY).toMatchObject({ earnPerMinor: 1_700, turnoverFactorBps: 59 });
});

test('the schema can be published as JSON Schema', () => {
  const schema = z.toJSONSchema(programmeDocumentSchema, { io: 'input' });
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false, required: ['name', 'baseCurrency', 'currencies'] });
});
