import { ManualClock } from '../../sidecar/src/clock';
import { ShopApiError } from '../../sidecar/src/errors';
import type { DesiredResource, MemberMirror } from '../../sidecar/src/domain/mirror';
import { systemIds } from '../../sidecar/src/ids';
import { createShopHttp } from '../../sidecar/src/platform/http-client';
import { createMagentoPlatform } from '../../sidecar/src/platform/magento/magento-platform';
import type { ConnectedShop } from '../../sidecar/src/platform/platform';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';

const START = Date.parse('2026-03-01T10:00:00.000Z');
const options = { idempotencyKey: 'k' };

function mirror(change: Partial<MemberMirror> = {}): MemberMirror {
  return {
    customerId: '1',
    availablePoints: 120,
    pendingPoints: 5,
    debtPoints: 0,
    heldPoints: 0,
    spentIntent: null,
    tier: null,
    nextTier: { code: 'gold', missing: 100, combine: 'all', conditions: [] },
    volume: [],
    nextExpiry: null,
    referralCode: 'REF',
    rewardedReferrals: 0,
    vouchers: [],
    referralFigures: null,
    company: null,
    redeemLimit: null,
    givenGifts: null,
    segments: null,
    version: 1,
    ...change,
  };
}

describe('the Magento platform against the sandbox', () => {
  let clock: ManualClock;
  let sandbox: ReturnType<typeof createSandboxMagento>;
  let shop: ConnectedShop;
  let customerId: string;

  beforeEach(async () => {
    clock = new ManualClock(START);
    sandbox = createSandboxMagento({ clock, random: () => 0.5 });
    await sandbox.start();
    sandbox.books.shopId = 'm';
    shop = {
      shopId: 's',
      platform: 'magento',
      externalShopId: 'm',
      programmeId: 'p',
      url: sandbox.url,
      credentials: {
        consumerKey: 'sandboxconsumerkey0123456789abcd',
        consumerSecret: 'sandboxconsumersecret0123456789a',
        accessToken: 'sandboxaccesstoken0123456789abcd',
        accessTokenSecret: 'sandboxaccesstokensecret01234567',
      },
      settings: { websiteIds: [1] },
    };
    sandbox.addProduct({ productNumber: 'A', grossMinor: 11_900, taxRate: 19, categoryIds: ['3'] });
    sandbox.addProduct({ productNumber: 'B', grossMinor: 1070, taxRate: 7, categoryIds: ['4'] });
    customerId = sandbox.registerCustomer({ email: 'shopper@example.com' });
  });

  afterEach(() => sandbox.stop());

  const platform = () =>
    createMagentoPlatform({
      clock,
      ids: systemIds,
      hashEmail: (email) => `hash(${email})`,
      http: createShopHttp({ clock, random: () => 0, sleep: () => Promise.resolve() }),
    });

  it('reads nothing of other shops of the same installation, and writes nothing into them', async () => {
    const lines = [{ productNumber: 'A', quantity: 1 }];
    const since = '2026-01-01T00:00:00.000Z';
    const own = sandbox.placeOrder({ customerId, lines });
    sandbox.books.shopId = 'other';
    sandbox.placeOrder({ customerId: sandbox.registerCustomer({ email: 'other@example.com' }), lines });
    expect((await platform().changedOrders(shop, since, null)).items.map(({ orderId }) => orderId)).toEqual([own]);
    expect((await platform().changedCustomers(shop, since, null)).items.map((found) => found.customerId)).toEqual([customerId]);
    const member: DesiredResource = { type: 'member', id: customerId, state: mirror({ customerId }) };
    expect(await platform().push(shop, [member], options)).toMatchObject([{ ok: false, retryable: false }]);
    expect(sandbox.api.members.size).toBe(0);
  });

  it('reads an order through its life, two partial credit memos like the full one', async () => {
    const id = sandbox.placeOrder({
      customerId,
      lines: [
        { productNumber: 'A', quantity: 2 },
        { productNumber: 'B', quantity: 1 },
      ],
      redeem: { points: 1000, valueMinor: 1000, holdId: 'h' },
    });
    const placed = await platform().readOrder(shop, id);
    expect(placed).toMatchObject({ customerId, paymentState: 'open', redemption: { points: 1000, holdId: 'h' } });
    expect(placed?.lines.map((line) => line.grossMinor)).toEqual([23_800, 1070]);
    expect(placed?.lines.reduce((sum, line) => sum + line.pointsDiscountGrossMinor, 0)).toBe(1000);
    clock.advance(60_000);
    sandbox.payOrder(id);
    expect(await platform().readOrder(shop, id)).toMatchObject({ paymentState: 'paid', paidAt: '2026-03-01T10:01:00.000Z' });
    sandbox.completeOrder(id);
    expect(await platform().readOrder(shop, id)).toMatchObject({
      orderState: 'completed',
      completedAt: '2026-03-01T10:01:00.000Z',
    });
    sandbox.refundLines(id, [{ productNumber: 'A', quantity: 1 }]);
    expect((await platform().readOrder(shop, id))?.lines.map((line) => line.refundedMilli)).toEqual([1000, 0]);
    sandbox.refundLines(id, [
      { productNumber: 'A', quantity: 1 },
      { productNumber: 'B', quantity: 1 },
    ]);
    expect(await platform().readOrder(shop, id)).toMatchObject({ paymentState: 'refunded' });
    expect(await platform().readOrder(shop, '999')).toBeNull();
  });

  it('pages what changed, and only that', async () => {
    const first = sandbox.placeOrder({ customerId, lines: [{ productNumber: 'A', quantity: 1 }] });
    clock.advance(3_600_000);
    const later = clock.now();
    for (let count = 0; count < 120; count += 1) sandbox.placeOrder({ customerId, lines: [{ productNumber: 'B', quantity: 1 }] });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await platform().changedOrders(shop, later, cursor);
      seen.push(...page.items.map((order) => order.orderId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(120);
    expect(seen).not.toContain(first);
    expect((await platform().changedCustomers(shop, '2026-01-01T00:00:00.000Z', null)).items).toMatchObject([
      { customerId, emailHash: 'hash(shopper@example.com)' },
    ]);
    expect((await platform().products(shop, null)).items).toMatchObject([
      { productNumber: 'A', categoryIds: ['3'], prices: { EUR: { grossMinor: 11_900 } } },
      { productNumber: 'B' },
    ]);
  });

  const gold: DesiredResource = { type: 'tier', id: 'gold', state: { code: 'gold', name: 'Gold', rank: 1, freeShipping: false } };
  const price = (productId: string, productNumber: string, quantityFrom: number, grossMinor: number): DesiredResource => ({
    type: 'tier-price',
    id: productId,
    state: {
      productId,
      productNumber,
      rows: [{ tier: 'gold', quantityFrom, currency: 'EUR', grossMinor, netMinor: grossMinor }],
    },
  });
  const groupOf = (): unknown => sandbox.books.customers.get(Number(customerId))?.['group_id'];

  it('keeps the prices of tiers in the module\u2019s table, and makes no group', async () => {
    expect(await platform().push(shop, [gold], options)).toEqual([{ ok: true }]);
    expect(await platform().push(shop, [price('1', 'A', 5, 9050)], options)).toEqual([{ ok: true }]);
    expect(sandbox.api.modulePrices.get(1)).toEqual([{ tier: 'gold', quantity: 5, price: 90.5 }]);
    expect(await platform().push(shop, [{ type: 'tier-price', id: '1', state: null }], options)).toEqual([{ ok: true }]);
    expect(sandbox.tierPriceCount()).toBe(0);
    const member: DesiredResource = { type: 'member', id: customerId, state: mirror({ customerId, tier: 'gold' }) };
    expect(await platform().push(shop, [member], options)).toEqual([{ ok: true }]);
    expect(groupOf()).toBe(1);
    expect(sandbox.api.groups).toHaveLength(3);
  });

  it('keeps prices by contract in the module\u2019s table, also where tiers are groups, in calls of a bounded size', async () => {
    const groups = { ...shop, settings: { ...shop.settings, useCustomerGroups: true } };
    await platform().push(groups, [gold], options);
    const steps = Array.from({ length: 3000 }, (_, index) => index + 1);
    const contract = (id: string, productNumber: string): DesiredResource => ({
      type: 'tier-price',
      id,
      state: {
        productId: id,
        productNumber,
        rows: [{ tier: 'gold', quantityFrom: 1, currency: 'EUR', grossMinor: 9000, netMinor: 9000 }],
        lists: steps.map((quantityFrom) => ({ list: 'a', quantityFrom, currency: 'EUR', grossMinor: 8000, netMinor: 8000 })),
      },
    });
    const sent = (): number => sandbox.requests().filter(({ path }) => path.endsWith('/loyalty/tier-prices')).length;
    const before = sent();
    expect(await platform().push(groups, [contract('1', 'A'), contract('2', 'B')], options)).toEqual([
      { ok: true },
      { ok: true },
    ]);
    expect(sent() - before).toBe(2);
    expect(sandbox.api.modulePrices.get(1)?.[0]).toEqual({ tier: 'list:a', quantity: 1, price: 80 });
    expect(sandbox.api.modulePrices.get(2)).toHaveLength(3000);
    expect(new Set([...sandbox.api.tierPrices.values()].map((row) => row['customer_group']))).toEqual(
      new Set(['Loyalty gold', 'Loyalty gold /2']),
    );
    const state = mirror({ customerId, tier: 'gold', priceLists: ['b', 'a'] });
    expect(await platform().push(groups, [{ type: 'member', id: customerId, state }], options)).toEqual([{ ok: true }]);
    expect(sandbox.member(customerId)['details']).toMatchObject({ price_keys: ['list:b', 'list:a'] });
  });

  it('takes customers back to the groups they came from when tiers are groups no longer', async () => {
    const groups = { ...shop, settings: { ...shop.settings, useCustomerGroups: true } };
    Object.assign(sandbox.books.customers.get(Number(customerId)) ?? {}, { group_id: 2 });
    await platform().push(groups, [gold], options);
    const member: DesiredResource = { type: 'member', id: customerId, state: mirror({ customerId, tier: 'gold' }) };
    await platform().push(groups, [member], options);
    await platform().push(groups, [price('1', 'A', 1, 9900)], options);
    expect([groupOf(), sandbox.tierPriceCount()]).toEqual([4, 2]);
    const without = { ...shop, settings: { ...shop.settings, useCustomerGroups: false } };
    expect(await platform().push(without, [member], options)).toEqual([{ ok: true }]);
    expect(await platform().push(without, [price('1', 'A', 1, 9900)], options)).toEqual([{ ok: true }]);
    expect(groupOf()).toBe(2);
    expect([sandbox.api.tierPrices.size, sandbox.api.modulePrices.size]).toEqual([0, 1]);
  });

  it('leaves the group of a member who leaves the programme as the merchant chose it', async () => {
    shop = { ...shop, settings: { ...shop.settings, useCustomerGroups: true } };
    Object.assign(sandbox.books.customers.get(Number(customerId)) ?? {}, { group_id: 2 });
    await platform().push(shop, [gold], options);
    await platform().push(shop, [{ type: 'member', id: customerId, state: mirror({ customerId, tier: 'gold' }) }], options);
    expect(groupOf()).toBe(4);
    expect(await platform().push(shop, [{ type: 'member', id: customerId, state: null }], options)).toEqual([{ ok: true }]);
    expect(groupOf()).toBe(2);
  });

  it('writes members, tiers and groups, and repeats without harm', async () => {
    shop = { ...shop, settings: { ...shop.settings, useCustomerGroups: true } };
    expect(await platform().push(shop, [gold], options)).toEqual([{ ok: true }]);
    expect(await platform().push(shop, [gold], options)).toEqual([{ ok: true }]);
    expect(sandbox.api.groups.slice(3).map((group) => group['code'])).toEqual(['Loyalty gold', 'Loyalty gold /2']);
    const member = (change: Partial<MemberMirror>): DesiredResource => ({
      type: 'member',
      id: customerId,
      state: mirror({ customerId, ...change }),
    });
    expect(await platform().push(shop, [member({ tier: 'gold', version: 2 })], options)).toEqual([{ ok: true }]);
    expect(sandbox.member(customerId)).toMatchObject({ available_points: 120, tier: 'gold', version: 2 });
    expect(sandbox.books.customers.get(Number(customerId))?.['group_id']).toBe(3);
    expect(await platform().push(shop, [member({ tier: 'gold', version: 1, availablePoints: 1 })], options)).toEqual([
      { ok: true },
    ]);
    expect(sandbox.member(customerId)).toMatchObject({ available_points: 120 });
    expect(await platform().push(shop, [member({ tier: null, version: 3 })], options)).toEqual([{ ok: true }]);
    expect(sandbox.books.customers.get(Number(customerId))?.['group_id']).toBe(1);
    const outcomes = await platform().push(
      shop,
      [{ type: 'member', id: '99', state: mirror({ customerId: '99' }) }, member({ version: 4 })],
      options,
    );
    expect(outcomes).toMatchObject([{ ok: false, retryable: false }, { ok: true }]);
  });

  it('writes tier prices, replaces and removes its own, and maps faults that come as 200', async () => {
    shop = { ...shop, settings: { ...shop.settings, useCustomerGroups: true } };
    await platform().push(shop, [gold], options);
    sandbox.api.tierPrices.set('merchant', {
      price: 1,
      price_type: 'fixed',
      website_id: 0,
      sku: 'A',
      customer_group: 'Wholesale',
      quantity: 1,
    });
    expect(await platform().push(shop, [price('1', 'A', 1, 9900), price('9', 'GONE', 1, 100)], options)).toMatchObject([
      { ok: true },
      { ok: false, retryable: false },
    ]);
    expect(sandbox.tierPriceCount()).toBe(3);
    expect(await platform().push(shop, [price('1', 'A', 5, 9000)], options)).toEqual([{ ok: true }]);
    const rows = [...sandbox.api.tierPrices.values()].filter((row) => row['customer_group'] === 'Loyalty gold');
    expect(rows).toMatchObject([{ quantity: 5, price: 90 }]);
    expect(sandbox.tierPriceCount()).toBe(3);
    expect(sandbox.api.tierPrices.has('merchant')).toBe(true);
  });

  it('makes a voucher once, even when the first answer was lost, and takes it back', async () => {
    const voucher: DesiredResource = {
      type: 'voucher',
      id: 'LOY-1',
      state: { code: 'LOY-1', valueMinor: 500, currency: 'EUR', customerId, expiresAt: '2026-12-31T00:00:00.000Z' },
    };
    expect(await platform().push(shop, [voucher], options)).toEqual([{ ok: true }]);
    expect(await platform().push(shop, [voucher], options)).toEqual([{ ok: true }]);
    expect(sandbox.api.coupons).toMatchObject([
      { code: 'LOY-1', usage_limit: 1, usage_per_customer: 0, expiration_date: '2026-12-31' },
    ]);
    expect(sandbox.api.rules).toHaveLength(1);
    expect(await platform().push(shop, [{ type: 'voucher', id: 'LOY-1', state: null }], options)).toEqual([{ ok: true }]);
    expect(sandbox.api.coupons).toEqual([]);
    const code: DesiredResource = {
      type: 'friend-code',
      id: 'FRIEND',
      state: {
        code: 'FRIEND',
        discount: { kind: 'percent', percentBps: 1000 },
        minimumMinor: {},
        referrerCustomerId: customerId,
      },
    };
    expect(await platform().push(shop, [code], options)).toEqual([{ ok: true }]);
    expect(sandbox.api.coupons).toMatchObject([{ code: 'FRIEND', usage_limit: 0, usage_per_customer: 1 }]);
  });

  it('survives faults: 500 and 429 are tried again, a dead shop stays retryable, a wrong key does not', async () => {
    const id = sandbox.placeOrder({ customerId, lines: [{ productNumber: 'A', quantity: 1 }] });
    sandbox.faults.failNext.push(500, 429);
    expect(await platform().readOrder(shop, id)).toMatchObject({ orderId: id });
    sandbox.faults.down = true;
    await expect(platform().readOrder(shop, id)).rejects.toMatchObject({ retryable: true });
    const terms: DesiredResource = { type: 'terms', id: 'programme', state: null };
    expect(await platform().push(shop, [terms], options)).toMatchObject([{ ok: false, retryable: true }]);
    sandbox.faults.down = false;
    const stranger = { ...shop, credentials: { ...shop.credentials, accessTokenSecret: 'wrong' } };
    await expect(platform().readOrder(stranger, id)).rejects.toBeInstanceOf(ShopApiError);
    await expect(platform().readOrder(stranger, id)).rejects.toMatchObject({ retryable: false, status: 401 });
  });
});
