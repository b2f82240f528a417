import { ManualClock } from '../../../../sidecar/src/clock';
import { ShopApiError } from '../../../../sidecar/src/errors';
import type { ShopPlatform } from '../../../../sidecar/src/platform/platform';
import type { Criteria } from '../../../../sidecar/src/platform/shopware/client';
import type { Fields } from '../../../../sidecar/src/platform/shopware/fields';
import { createShopwarePlatform } from '../../../../sidecar/src/platform/shopware/shopware-platform';
import { apiOrder, ORDER_ID, state, TRANSACTION_ID, transaction } from '../../../fixtures/shopware/api-order';
import { connectedShop, RecordingHttp, refused, rows } from '../../../fixtures/shopware/recording-http';

const ORDER = '/api/search/order';
const HISTORY = '/api/search/state-machine-history';
const SINCE = '2026-11-23T03:00:00.000Z';
const PAID_AT = '2026-11-23T03:14:56.250Z';
const shop = connectedShop({ url: 'https://shop.example' });

describe('reading a Shopware shop', () => {
  let http: RecordingHttp;
  let clock: ManualClock;
  let platform: ShopPlatform;

  beforeEach(() => {
    http = new RecordingHttp();
    clock = new ManualClock(0);
    platform = createShopwarePlatform({ http, clock, hashEmail: (email) => `hash of ${email}`, appName: 'App' });
  });

  const criteria = (path: string): Criteria[] => http.to(path).map((call) => call.json as Criteria);
  const wantsRefunds = (asked: unknown): boolean => JSON.stringify((asked as Criteria).associations).includes('"captures"');
  const paidOrder = apiOrder({ transactions: [transaction('paid')] });
  const entered = (technicalName: string, at: string): Fields => ({
    referencedId: TRANSACTION_ID,
    toStateMachineState: state(technicalName),
    createdAt: at,
  });

  describe('an order', () => {
    it('comes with what the payload of a webhook lacks, and no names', async () => {
      http.answer = (path) =>
        path === ORDER ? rows([paidOrder]) : path === HISTORY ? rows([entered('paid', PAID_AT)]) : undefined;
      expect(await platform.readOrder(shop, ORDER_ID)).toMatchObject({
        orderId: ORDER_ID,
        paymentState: 'paid',
        paidAt: PAID_AT,
      });
      const [asked] = criteria(ORDER);
      expect(asked).toMatchObject({
        ids: [ORDER_ID],
        associations: {
          currency: {},
          stateMachineState: {},
          orderCustomer: { associations: { customer: {} } },
          lineItems: {},
          transactions: {
            associations: {
              stateMachineState: {},
              captures: { associations: { refunds: { associations: { stateMachineState: {}, positions: {} } } } },
            },
          },
        },
      });
      expect(asked?.includes?.['order_customer']).toEqual(['customerId', 'email', 'remoteAddress', 'customer']);
      expect(criteria(HISTORY)[0]?.filter).toEqual([{ type: 'equalsAny', field: 'referencedId', value: [TRANSACTION_ID] }]);
    });

    it('is null when the shop has none', async () => {
      expect(await platform.readOrder(shop, ORDER_ID)).toBeNull();
      expect(http.to(HISTORY)).toEqual([]);
    });

    it('is read without refunds where the app may not read them, and not asked again at once', async () => {
      http.answer = (path, json) => {
        if (path !== ORDER) return undefined;
        return wantsRefunds(json) ? refused(403, 'FRAMEWORK__MISSING_PRIVILEGE_ERROR') : rows([paidOrder]);
      };
      for (let round = 0; round < 2; round += 1) expect(await platform.readOrder(shop, ORDER_ID)).not.toBeNull();
      expect(criteria(ORDER).map(wantsRefunds)).toEqual([true, false, false]);
      clock.advance(600_001);
      await platform.readOrder(shop, ORDER_ID);
      expect(criteria(ORDER).map(wantsRefunds)).toEqual([true, false, false, true, false]);
    });

    it('is read without addresses where an older app may not read them, with refunds all the same', async () => {
      const wantsAddresses = (asked: unknown): boolean =>
        JSON.stringify((asked as Criteria).associations).includes('"deliveries"');
      http.answer = (path, json) => {
        if (path !== ORDER) return undefined;
        return wantsAddresses(json) ? refused(403, 'FRAMEWORK__MISSING_PRIVILEGE_ERROR') : rows([paidOrder]);
      };
      for (let round = 0; round < 2; round += 1) expect(await platform.readOrder(shop, ORDER_ID)).not.toBeNull();
      const asked = criteria(ORDER).map((one) => [wantsAddresses(one), wantsRefunds(one)]);
      expect(asked).toEqual([
        [true, true],
        [true, false],
        [false, true],
        [false, true],
      ]);
    });

    it.each([403, 400])('has the time of the last touch as payment time when the history is refused with %i', async (status) => {
      http.answer = (path) => (path === ORDER ? rows([paidOrder]) : path === HISTORY ? refused(status, 'X') : undefined);
      expect(await platform.readOrder(shop, ORDER_ID)).toMatchObject({ paidAt: '2026-11-23T03:14:56.265Z' });
    });

    it('is an error and not a missing order when the shop fails', async () => {
      http.answer = (path) => (path === ORDER ? refused(400, 'X') : undefined);
      await expect(platform.readOrder(shop, ORDER_ID)).rejects.toMatchObject({ status: 400, retryable: false });
      const down = new ShopApiError('down', true, 503);
      http.answer = (path) => (path === HISTORY ? down : path === ORDER ? rows([paidOrder]) : undefined);
      await expect(platform.readOrder(shop, ORDER_ID)).rejects.toBe(down);
    });
  });

  describe('what changed', () => {
    it('is filtered by order, payment and delivery, and paged by number from the last row on', async () => {
      const page = Array.from({ length: 100 }, (_, index) => apiOrder({ autoIncrement: index + 41 }));
      http.answer = (path) => (path === ORDER ? rows(http.to(ORDER).length === 1 ? page : page.slice(0, 3)) : undefined);
      const first = await platform.changedOrders(shop, SINCE, null);
      expect([first.items.length, first.nextCursor]).toEqual([100, '140']);
      const second = await platform.changedOrders(shop, SINCE, first.nextCursor);
      expect([second.items.length, second.nextCursor]).toEqual([3, null]);
      const [, asked] = criteria(ORDER);
      expect(asked).toMatchObject({ limit: 100, sort: [{ field: 'autoIncrement', order: 'ASC' }] });
      const [changed, from] = asked?.filter ?? [];
      expect(from).toEqual({ type: 'range', field: 'autoIncrement', parameters: { gt: 140 } });
      expect(changed).toMatchObject({ type: 'multi', operator: 'or' });
      const fields = (changed?.['queries'] as Fields[]).map((query) => query['field']);
      for (const path of ['', 'transactions.', 'deliveries.']) {
        expect(fields).toEqual(expect.arrayContaining([`${path}createdAt`, `${path}updatedAt`]));
      }
      expect((changed?.['queries'] as Fields[])[0]).toMatchObject({ parameters: { gte: '2026-11-23 03:00:00.000' } });
    });

    it('names orders that cannot be understood and passes the others on', async () => {
      const odd = { ...apiOrder({ autoIncrement: 8 }), id: 'f'.repeat(32), currency: null };
      http.answer = (path) => (path === ORDER ? rows([odd, apiOrder({ autoIncrement: 9 })]) : undefined);
      const page = await platform.changedOrders(shop, SINCE, null);
      expect(page.items.map(({ orderId }) => orderId)).toEqual([ORDER_ID]);
      expect(page.unreadable).toEqual([odd.id]);
    });

    it('of customers is filtered the same way', async () => {
      const row = { id: 'c1', autoIncrement: 7, email: ' A@Example.com', guest: false, groupId: 'g', createdAt: SINCE };
      http.answer = (path) => (path === '/api/search/customer' ? rows([row]) : undefined);
      expect(await platform.changedCustomers(shop, SINCE, '6')).toEqual({
        items: [
          {
            shopId: 'shop-1',
            customerId: 'c1',
            emailHash: 'hash of a@example.com',
            customerGroup: 'g',
            birthday: null,
            company: null,
            isGuest: false,
            registeredAt: SINCE,
            referralCode: null,
            language: null,
            mirrorMissing: true,
            emailState: 'unverified',
          },
        ],
        unreadable: [],
        nextCursor: null,
      });
      expect(criteria('/api/search/customer')[0]?.filter?.[1]).toMatchObject({ parameters: { gt: 6 } });
    });
  });

  it('reads products with inherited values and prices in currencies it knows, which it asks for once', async () => {
    const price = [
      { currencyId: 'eur-id', gross: 11.9, net: 10 },
      { currencyId: 'unknown', gross: 1, net: 1 },
      { currencyId: 'jpy-id', gross: 1200, net: 1091 },
    ];
    const currencies = [
      { id: 'eur-id', isoCode: 'EUR' },
      { id: 'jpy-id', isoCode: 'JPY' },
    ];
    const product = { id: 'p1', autoIncrement: 1, productNumber: 'TEE', categoryTree: ['root', 'shirts'], price };
    const bare = { id: 'p2', autoIncrement: 2, productNumber: 'BARE', categoryTree: null, price: null };
    http.answer = (path) =>
      path === '/api/search/currency' ? rows(currencies) : path === '/api/search/product' ? rows([product, bare]) : undefined;
    const expected = {
      items: [
        {
          productId: 'p1',
          productNumber: 'TEE',
          categoryIds: ['root', 'shirts'],
          prices: { EUR: { grossMinor: 1190, netMinor: 1000 }, JPY: { grossMinor: 1200, netMinor: 1091 } },
        },
        { productId: 'p2', productNumber: 'BARE', categoryIds: [], prices: {} },
      ],
      nextCursor: null,
    };
    expect(await platform.products(shop, null)).toEqual(expected);
    expect(await platform.products(shop, null)).toEqual(expected);
    expect(http.to('/api/search/currency')).toHaveLength(1);
    expect(http.to('/api/search/product')[0]?.headers).toMatchObject({ 'sw-inheritance': '1' });
  });
});
