import { ManualClock } from '../../../../sidecar/src/clock';
import type { DesiredResource, MemberMirror, TierPriceRow } from '../../../../sidecar/src/domain/mirror';
import { ShopApiError } from '../../../../sidecar/src/errors';
import type { PushOutcome, ShopPlatform } from '../../../../sidecar/src/platform/platform';
import type { SyncOperation } from '../../../../sidecar/src/platform/shopware/client';
import type { Fields } from '../../../../sidecar/src/platform/shopware/fields';
import { ownId } from '../../../../sidecar/src/platform/shopware/names';
import { tierRuleId } from '../../../../sidecar/src/platform/shopware/write-tier';
import { createShopwarePlatform } from '../../../../sidecar/src/platform/shopware/shopware-platform';
import { connectedShop, RecordingHttp, refused, rows, type Answerer } from '../../../fixtures/shopware/recording-http';

const EUR = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';
const SYNC = '/api/_action/sync';
const OK = { ok: true };
const shop = connectedShop({ url: 'https://shop.example' });

/** A customer's, product's or row's id. */
const id = (number: number): string => number.toString(16).padStart(32, '0');
const silverTag = ownId('shop-1', 'tag', 'silver');
const goldTag = ownId('shop-1', 'tag', 'gold');

describe('pushing to Shopware', () => {
  let http: RecordingHttp;
  let platform: ShopPlatform;

  beforeEach(() => {
    http = new RecordingHttp();
    platform = createShopwarePlatform({
      http,
      clock: new ManualClock(0),
      hashEmail: (email) => email,
      appName: 'LoyaltySidecar',
    });
  });

  const push = (...resources: DesiredResource[]): Promise<readonly PushOutcome[]> =>
    platform.push(shop, resources, { idempotencyKey: 'key' });

  /** Every search answers the rows of its entity that have one of the wanted ids. */
  const shopWith = (
    tables: Readonly<Record<string, readonly Fields[]>>,
    sync: (operations: readonly SyncOperation[]) => ReturnType<Answerer> = () => undefined,
  ): void => {
    http.answer = (path, json) => {
      if (path === SYNC) return sync(json as SyncOperation[]);
      const table = tables[path.replace('/api/search/', '')];
      const { ids } = (json ?? {}) as { ids?: readonly string[] };
      return table && rows(table.filter((row) => !ids || ids.includes(String(row['id']))));
    };
  };

  const member = (number: number, change: Partial<MemberMirror> = {}): DesiredResource => ({
    type: 'member',
    id: id(number),
    state: {
      customerId: id(number),
      availablePoints: 500,
      pendingPoints: 20,
      debtPoints: 0,
      heldPoints: 0,
      spentIntent: null,
      tier: null,
      nextTier: null,
      volume: [],
      nextExpiry: null,
      referralCode: null,
      rewardedReferrals: 0,
      vouchers: [],
      referralFigures: null,
      company: null,
      redeemLimit: null,
      givenGifts: null,
      segments: null,
      version: 4,
      ...change,
    },
  });
  const customer = (number: number, change: Fields = {}): Fields => ({ id: id(number), customFields: [], tags: [], ...change });
  const customers = (count: number): Fields[] => Array.from({ length: count }, (_, number) => customer(number));
  /** Ids of the customers in one sync call. */
  const written = (operations: readonly SyncOperation[]): string[] =>
    operations.filter((operation) => operation.entity === 'customer').flatMap((o) => o.payload.map((row) => String(row['id'])));

  it('asks for as much at once as a shop bears', () => {
    const types = ['member', 'tier', 'tier-price', 'friend-code', 'voucher', 'terms'] as const;
    expect(types.map((type) => platform.maxBatch(type))).toEqual([100, 20, 50, 20, 50, 1]);
  });

  describe('members', () => {
    it('get custom fields and the tag of their tier; tags of others stay', async () => {
      shopWith({ customer: [customer(1, { tags: [{ id: silverTag }, { id: id(99) }] })] });
      const nextTier = { code: 'platinum', missing: 7, combine: 'all' as const, conditions: [] };
      expect(await push(member(1, { tier: 'gold', nextTier, referralCode: 'A-1' }))).toEqual([OK]);
      const link = (tagId: string) => ({ customerId: id(1), tagId });
      expect(http.syncs()).toEqual([
        [
          {
            entity: 'customer',
            action: 'upsert',
            payload: [
              {
                id: id(1),
                customFields: {
                  loyalty_points: 500,
                  loyalty_pending: 20,
                  loyalty_debt: 0,
                  loyalty_held: 0,
                  loyalty_company: null,
                  loyalty_terms: null,
                  loyalty_activities: null,
                  loyalty_price_rules: { [tierRuleId(shop.shopId, 'gold')]: 'tier' },
                  loyalty_redeem_limit: null,
                  loyalty_spent_intent: null,
                  loyalty_tier: 'gold',
                  loyalty_next_tier: 'platinum',
                  loyalty_next_tier_missing: 7,
                  loyalty_next_tier_conditions: [],
                  loyalty_volume: [],
                  loyalty_expiring_points: null,
                  loyalty_expiring_at: null,
                  loyalty_referral_code: 'A-1',
                  loyalty_referrals: 0,
                  loyalty_referral_figures: null,
                  loyalty_given_gifts: null,
                  loyalty_segments: null,
                  loyalty_vouchers: [],
                  loyalty_history: null,
                  loyalty_challenges: null,
                  loyalty_cashback: null,
                  loyalty_memberships: null,
                  loyalty_ended_memberships: null,
                  loyalty_wish_answers: null,
                  loyalty_rewards: null,
                  loyalty_badges: null,
                  loyalty_version: 4,
                },
              },
            ],
          },
          { entity: 'customer_tag', action: 'delete', payload: [link(silverTag)] },
          { entity: 'customer_tag', action: 'upsert', payload: [link(goldTag)] },
        ],
      ]);
    });

    it('that are gone lose fields and our tags', async () => {
      shopWith({ customer: [customer(1, { tags: [{ id: goldTag }] })] });
      expect(await push({ type: 'member', id: id(1), state: null }, { type: 'member', id: id(2), state: null })).toEqual([
        OK,
        OK,
      ]);
      const [operations = []] = http.syncs();
      const fields = Object.values(operations[0]?.payload[0]?.['customFields'] as Fields);
      expect([fields.length > 10, new Set(fields)]).toEqual([true, new Set([null])]);
      expect(operations.slice(1)).toEqual([
        { entity: 'customer_tag', action: 'delete', payload: [{ customerId: id(1), tagId: goldTag }] },
      ]);
    });

    it('the shop does not know stop no other', async () => {
      shopWith({ customer: [customer(1)] });
      const [unknown, known] = await push(member(2), member(1));
      expect([unknown, known]).toEqual([{ ok: false, retryable: false, error: `the shop has no customer ${id(2)}` }, OK]);
      expect(http.syncs().map(written)).toEqual([[id(1)]]);
    });

    it('do not fall back to an older version', async () => {
      shopWith({ customer: [customer(1, { customFields: { loyalty_version: 5 } })] });
      expect(await push(member(1))).toEqual([OK]);
      expect(http.syncs()).toEqual([]);
    });
  });

  describe('a batch that is refused', () => {
    const all = (count: number): DesiredResource[] => Array.from({ length: count }, (_, number) => member(number));
    const bad =
      (answer: ReturnType<Answerer>, ...numbers: number[]) =>
      (operations: readonly SyncOperation[]) =>
        written(operations).some((one) => numbers.map(id).includes(one)) ? answer : undefined;
    const fault = (status: number | null, retryable: boolean, retryAfterMs: number | null = null) =>
      new ShopApiError(`answered ${status}`, retryable, status, retryAfterMs);

    it.each([
      ['400', refused(400, 'VIOLATION'), false],
      ['404', refused(404, 'NOT_FOUND'), false],
      ['409', fault(409, false), false],
      ['413', fault(413, false), false],
      ['500 for one resource', fault(500, true), true],
    ])('with %s is halved until the bad one stands alone', async (_what, answer, retryable) => {
      shopWith({ customer: customers(100) }, bad(answer, 37));
      const outcomes = await push(...all(100));
      expect(outcomes.filter((outcome) => !outcome.ok)).toHaveLength(1);
      expect(outcomes[37]).toMatchObject({ ok: false, retryable });
      // The whole, and both halves on each of seven steps down.
      expect(http.syncs().length).toBeLessThanOrEqual(15);
      expect(http.syncs().filter((operations) => written(operations).length === 1).length).toBeGreaterThan(0);
    });

    it('tells several bad ones from the good ones beside them', async () => {
      shopWith({ customer: customers(100) }, bad(fault(500, true), 0, 1, 64));
      const outcomes = await push(...all(100));
      expect(outcomes.flatMap((outcome, index) => (outcome.ok ? [] : [index]))).toEqual([0, 1, 64]);
    });

    it.each([
      ['503', fault(503, true, 2000), { retryable: true, retryAfterMs: 2000 }],
      ['429', fault(429, true), { retryable: true }],
      ['no answer', fault(null, true), { retryable: true }],
      ['keys that are refused', fault(401, false), { retryable: true }],
      ['a missing right', refused(403, 'FRAMEWORK__MISSING_PRIVILEGE_ERROR'), { retryable: false }],
    ])('because of %s is not halved', async (_what, answer, expected) => {
      shopWith({ customer: customers(8) }, () => answer);
      const outcomes = await push(...all(8));
      expect(outcomes).toHaveLength(8);
      for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, ...expected });
      expect(http.syncs()).toHaveLength(1);
    });

    it('by a shop that is out of order is given up after a few calls, to be tried again', async () => {
      shopWith({ customer: customers(100) }, () => fault(500, true));
      const outcomes = await push(...all(100));
      expect(outcomes.every((outcome) => !outcome.ok && outcome.retryable)).toBe(true);
      expect(http.syncs()).toHaveLength(16);
    });

    it('entirely is narrowed within a bound; the rest is tried again', async () => {
      shopWith({ customer: customers(100) }, () => refused(400, 'VIOLATION'));
      const outcomes = await push(...all(100));
      expect(http.syncs()).toHaveLength(40);
      expect(outcomes[0]).toMatchObject({ ok: false, retryable: false });
      expect(outcomes[99]).toMatchObject({ ok: false, retryable: true });
    });

    it('before anything was written fails as a whole', async () => {
      http.answer = (path) => (path === '/api/search/customer' ? fault(502, true) : undefined);
      expect(await push(member(1), member(2))).toEqual(Array(2).fill({ ok: false, retryable: true, error: 'answered 502' }));
    });

    it('is no cover for a fault of ours', async () => {
      http.answer = () => {
        throw new TypeError('ours');
      };
      await expect(push(member(1))).rejects.toThrow('ours');
    });
  });

  describe('tiers', () => {
    it('are a tag and a rule for those who carry it', async () => {
      const tier = (rank: number): DesiredResource => ({
        type: 'tier',
        id: 'gold',
        state: { code: 'gold', name: 'Gold', rank, freeShipping: false },
      });
      expect(await push(tier(1))).toEqual([OK]);
      expect(await push(tier(1))).toEqual([OK]);
      const [first, second] = http.syncs();
      expect(second).toEqual(first);
      expect(first).toMatchObject([
        { entity: 'tag', action: 'upsert', payload: [{ id: goldTag, name: 'Loyalty tier Gold' }] },
        {
          entity: 'rule',
          action: 'upsert',
          payload: [
            {
              id: ownId('shop-1', 'rule', 'tier', 'gold'),
              priority: 101,
              conditions: [
                {
                  type: 'orContainer',
                  children: [
                    {
                      type: 'andContainer',
                      children: [{ type: 'customerTag', value: { operator: '=', identifiers: [goldTag] } }],
                    },
                  ],
                },
              ],
            },
          ],
        },
        { entity: 'promotion', action: 'delete', payload: [{ id: ownId('shop-1', 'shipping-promotion', 'gold') }] },
      ]);
    });

    it('have the priority the merchant chose, and another tag in another shop', async () => {
      const gold: DesiredResource = {
        type: 'tier',
        id: 'gold',
        state: { code: 'gold', name: 'Gold', rank: 2, freeShipping: false },
      };
      const other = connectedShop({ shopId: 'shop-2', url: shop.url, settings: { rulePriority: 7 } });
      await platform.push(other, [gold], { idempotencyKey: 'key' });
      const [operations = []] = http.syncs();
      expect(operations[1]?.payload[0]).toMatchObject({ priority: 9 });
      expect(operations[0]?.payload[0]?.['id']).not.toBe(goldTag);
    });

    it('that are gone take rule and tag with them, after the promotion that stands on the rule', async () => {
      await push({ type: 'tier', id: 'gold', state: null });
      const promotion = {
        entity: 'promotion',
        action: 'delete',
        payload: [{ id: ownId('shop-1', 'shipping-promotion', 'gold') }],
      };
      expect(http.syncs()[0]).toEqual([promotion]);
      expect(http.syncs()[1]).toEqual([
        { entity: 'rule', action: 'delete', payload: [{ id: ownId('shop-1', 'rule', 'tier', 'gold') }] },
        { entity: 'tag', action: 'delete', payload: [{ id: goldTag }] },
      ]);
    });
  });

  describe('tier prices', () => {
    const row = (tier: string, quantityFrom: number, grossMinor: number, currency = 'EUR'): TierPriceRow => ({
      tier,
      quantityFrom,
      currency,
      grossMinor,
      netMinor: grossMinor - 100,
    });
    const prices = (...list: TierPriceRow[]): DesiredResource => ({
      type: 'tier-price',
      id: id(1),
      state: { productId: id(1), productNumber: 'TEE', rows: list },
    });
    const currencies = [
      { id: EUR, isoCode: 'EUR' },
      { id: id(978), isoCode: 'JPY' },
    ];
    const rule = ['gold', 'silver'].map((tier) => ({ id: ownId('shop-1', 'rule', 'tier', tier) }));
    const priceId = (tier: string, from: number): string => ownId('shop-1', 'price', id(1), tier, from);

    it('are one row for each tier and quantity, each up to the next', async () => {
      shopWith({ currency: currencies, rule, product: [{ id: id(1), prices: [] }] });
      expect(
        await push(prices(row('gold', 5, 1800), row('gold', 1, 1900), row('gold', 1, 3000, 'JPY'), row('silver', 1, 1950))),
      ).toEqual([OK]);
      const ruleId = ownId('shop-1', 'rule', 'tier', 'gold');
      const eur = (gross: number, net: number) => ({ currencyId: EUR, gross, net, linked: false });
      expect(http.syncs()[0]).toEqual([
        {
          entity: 'product_price',
          action: 'upsert',
          payload: [
            {
              id: priceId('gold', 1),
              productId: id(1),
              ruleId,
              quantityStart: 1,
              quantityEnd: 4,
              price: [eur(19, 18), { currencyId: id(978), gross: 3000, net: 2900, linked: false }],
            },
            { id: priceId('gold', 5), productId: id(1), ruleId, quantityStart: 5, quantityEnd: null, price: [eur(18, 17)] },
            {
              id: priceId('silver', 1),
              productId: id(1),
              ruleId: ownId('shop-1', 'rule', 'tier', 'silver'),
              quantityStart: 1,
              quantityEnd: null,
              price: [eur(19.5, 18.5)],
            },
          ],
        },
      ]);
    });

    it('take away our rows that are no longer wanted, and no other', async () => {
      const present = [priceId('gold', 1), priceId('gold', 5), id(77)].map((one) => ({ id: one, productId: id(1) }));
      const inherited = { id: priceId('silver', 1), productId: id(2) };
      shopWith({ currency: currencies, rule, product: [{ id: id(1), prices: [...present, inherited] }] });
      await push(prices(row('gold', 1, 1900)));
      expect(http.syncs()[0]?.[0]).toEqual({
        entity: 'product_price',
        action: 'delete',
        payload: [{ id: priceId('gold', 5) }],
      });
    });

    it('say what has to be written again when staff deleted the rule of a tier', async () => {
      shopWith({ currency: currencies, rule: rule.slice(1), product: [{ id: id(1), prices: [] }] });
      const lost = ['tier', 'price-list', 'tier-price'];
      expect(await push(prices(row('gold', 1, 1900)))).toMatchObject([{ ok: false, retryable: true, lost }]);
      expect(http.syncs()).toEqual([]);
    });

    it('need the product and a price in the default currency', async () => {
      shopWith({ currency: currencies, product: [{ id: id(1), prices: [] }] });
      const elsewhere = { ...prices(row('gold', 1, 1900)), id: id(3) } as DesiredResource;
      expect(await push(prices(row('gold', 1, 3000, 'JPY')), elsewhere)).toMatchObject([
        { ok: false, retryable: false },
        { ok: false, retryable: false, error: `the shop has no product ${id(3)}` },
      ]);
      expect(http.syncs()).toEqual([]);
    });
  });

  describe('promotions', () => {
    const tables = { currency: [{ id: EUR, isoCode: 'EUR' }], 'sales-channel': [{ id: id(8) }, { id: id(9) }] };
    const friend = (code: string, minimum: Record<string, number> = {}): DesiredResource => ({
      type: 'friend-code',
      id: code,
      state: { code, discount: { kind: 'percent', percentBps: 750 }, minimumMinor: minimum, referrerCustomerId: id(1) },
    });
    const payloadOf = (entity: string, action = 'upsert', call = 0): readonly Fields[] =>
      http.syncs()[call]?.find((operation) => operation.entity === entity && operation.action === action)?.payload ?? [];

    it('of a friend are for the first order of a customer, once, alone, in all sales channels', async () => {
      shopWith(tables);
      expect(await push(friend('ANNA-1'))).toEqual([OK]);
      expect(payloadOf('promotion')).toMatchObject([
        {
          id: ownId('shop-1', 'friend-promotion', 'ANNA-1'),
          active: true,
          useCodes: true,
          useIndividualCodes: false,
          code: 'ANNA-1',
          maxRedemptionsPerCustomer: 1,
          preventCombination: true,
          salesChannels: [{ salesChannelId: id(8) }, { salesChannelId: id(9) }],
          discounts: [{ scope: 'cart', type: 'percentage', value: 7.5, considerAdvancedRules: false }],
          personaRules: [{ id: ownId('shop-1', 'rule', 'first-order') }],
        },
      ]);
      const firstOrder = payloadOf('rule').find((rule) => rule['id'] === ownId('shop-1', 'rule', 'first-order'));
      expect(JSON.stringify(firstOrder)).toContain('"type":"customerOrderCount","value":{"operator":"=","count":0}');
      expect(JSON.stringify(firstOrder)).toContain('"type":"customerIsGuest","value":{"isGuest":false}');
    });

    it('of friends share their rules, which a batch writes once', async () => {
      shopWith(tables);
      await push(friend('ANNA-1', { EUR: 2000 }), friend('BEN-2', { EUR: 2000 }));
      expect(payloadOf('promotion').map((promotion) => promotion['code'])).toEqual(['ANNA-1', 'BEN-2']);
      expect(payloadOf('rule')).toHaveLength(2);
      expect(JSON.stringify(payloadOf('rule'))).toContain('"type":"cartGoodsPrice","value":{"operator":">=","amount":20}');
    });

    it('drop conditions of an earlier minimum', async () => {
      const minimumRule = ownId('shop-1', 'rule', 'friend-minimum', 'percent');
      const conditions = [
        { id: id(50), parentId: null },
        { id: id(51), parentId: id(50) },
      ];
      shopWith({ ...tables, rule: [{ id: minimumRule, conditions }] });
      await push(friend('ANNA-1', { EUR: 2000 }));
      expect(payloadOf('rule_condition', 'delete')).toEqual([{ id: id(50) }]);
    });

    it('of vouchers are shared by vouchers of the same value and last day', async () => {
      shopWith(tables);
      const voucher = (code: string, valueMinor: number): DesiredResource => ({
        type: 'voucher',
        id: code,
        state: { code, valueMinor, currency: 'EUR', customerId: id(1), expiresAt: '2026-09-01T08:00:00.000Z' },
      });
      expect(await push(voucher('V-1', 500), voucher('V-2', 500), voucher('V-3', 1000))).toEqual([OK, OK, OK]);
      const promotions = payloadOf('promotion');
      expect(promotions).toMatchObject([
        { useCodes: true, useIndividualCodes: true, discounts: [{ type: 'absolute', value: 5 }] },
        { useCodes: true, useIndividualCodes: true, discounts: [{ type: 'absolute', value: 10 }] },
      ]);
      const [five, ten] = promotions.map((promotion) => promotion['id']);
      expect(payloadOf('promotion_individual_code').map((row) => [row['code'], row['promotionId']])).toEqual([
        ['V-1', five],
        ['V-2', five],
        ['V-3', ten],
      ]);
    });

    it('that are gone need nothing of the shop', async () => {
      await push({ type: 'voucher', id: 'V-1', state: null });
      await push({ type: 'friend-code', id: 'ANNA-1', state: null });
      expect(http.syncs()).toEqual([
        [{ entity: 'promotion_individual_code', action: 'delete', payload: [{ id: ownId('shop-1', 'voucher-code', 'V-1') }] }],
        [{ entity: 'promotion', action: 'delete', payload: [{ id: ownId('shop-1', 'friend-promotion', 'ANNA-1') }] }],
      ]);
      expect(http.calls.filter((call) => call.path.startsWith('/api/search/'))).toEqual([]);
    });

    it('cannot be in a currency the shop does not have', async () => {
      shopWith(tables);
      const state = { code: 'V-1', valueMinor: 500, currency: 'CHF', customerId: id(1), expiresAt: null };
      expect(await push({ type: 'voucher', id: 'V-1', state })).toEqual([
        { ok: false, retryable: false, error: 'the shop has no currency CHF' },
      ]);
    });
  });

  it('puts the terms into the app’s configuration', async () => {
    const state = {
      programmeVersionId: 'v1',
      baseCurrency: 'EUR',
      tierMetric: 'turnover' as const,
      redemption: null,
      minorUnits: {},
      accrual: {},
      freeProducts: [],
      campaigns: [],
      tiers: [],
      volume: [],
    };
    expect(await push({ type: 'terms', id: 'programme', state })).toEqual([OK]);
    expect(await push({ type: 'terms', id: 'programme', state: null })).toEqual([OK]);
    expect(http.to('/api/_action/system-config').map((call) => call.json)).toEqual([
      { 'LoyaltySidecar.config.programme': state },
      { 'LoyaltySidecar.config.programme': null },
    ]);
  });

  it('of nothing asks for nothing', async () => {
    expect(await push()).toEqual([]);
    expect(http.calls).toEqual([]);
  });
});
