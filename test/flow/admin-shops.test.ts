import { shopEndpoints } from '../../sidecar/src/api/admin/shops';
import { ShopApiError } from '../../sidecar/src/errors';
import type { ShopCurrency } from '../../sidecar/src/platform/platform';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { setDesired } from '../../sidecar/src/stores/desired-state-store';
import { guardedApi } from '../support/guarded-api';
import { operationContext } from '../support/programme';
import { insertShop } from '../support/stand-in-platform';
import { call, errorCode, openFixture, type Answer, type HttpFixture } from './http-fixture';

const TOKEN = 'token-of-the-operator-0123456789';
const CHANNEL = 'a'.repeat(32);

describe('shops in the admin API', () => {
  let fixture: HttpFixture;
  let currencies: () => Promise<readonly ShopCurrency[]>;
  beforeEach(async () => {
    currencies = () => Promise.resolve([{ currency: 'EUR', rate: 1 }]);
    fixture = await openFixture({
      routers: ({ storage, clock }) => [
        guardedApi(
          shopEndpoints({
            context: operationContext(storage, clock),
            currenciesOf: () => currencies(),
          }),
          TOKEN,
        ),
      ],
    });
    await insertShop(fixture.storage.db, 'shop-1');
    await fixture.storage.db
      .updateTable('shop')
      .set({ settings: '{"baseCurrency":"EUR"}' })
      .where('shop_id', '=', 'shop-1')
      .execute();
  });
  afterEach(() => fixture.close());

  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const change = (settings: unknown, shopId = 'shop-1'): Promise<Answer> =>
    call(`${fixture.url}/admin/shops/${shopId}/settings`, { method: 'PATCH', headers, body: JSON.stringify(settings) });

  it('are listed without their secrets', async () => {
    const answer = await call(`${fixture.url}/admin/shops`, { method: 'GET', headers });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      shops: [
        {
          shopId: 'shop-1',
          platform: 'shopware',
          programmeId: 'programme-1',
          url: 'https://shop-1.example',
          status: 'active',
          appVersion: null,
          settings: { baseCurrency: 'EUR' },
        },
      ],
    });
    expect((await call(`${fixture.url}/admin/shops`, { method: 'GET' })).status).toBe(401);
  });

  it('say what they sell in, as far as they answer', async () => {
    const ask = (shopId = 'shop-1') => call(`${fixture.url}/admin/shops/${shopId}/currencies`, { method: 'GET', headers });
    currencies = () =>
      Promise.resolve([
        { currency: 'EUR', rate: 1 },
        { currency: 'SEK', rate: null },
      ]);
    expect(await ask()).toMatchObject({
      status: 200,
      body: { currencies: [{ currency: 'EUR' }, { currency: 'SEK', rate: null }] },
    });
    currencies = () => Promise.reject(new ShopApiError('the shop is down', true));
    expect(errorCode(await ask())).toBe('UNAVAILABLE');
    expect(errorCode(await ask('nowhere'))).toBe('UNKNOWN_SHOP');
    await fixture.storage.db.updateTable('shop').set({ status: 'inactive' }).where('shop_id', '=', 'shop-1').execute();
    expect(errorCode(await ask())).toBe('SHOP_NOT_ACTIVE');
  });

  it('keep the settings that are not named, and lose those that are null', async () => {
    const first = await change({ rulePriority: 5, salesChannelIds: [CHANNEL] });
    expect(first.body).toMatchObject({ settings: { baseCurrency: 'EUR', rulePriority: 5, salesChannelIds: [CHANNEL] } });
    expect((await change({ salesChannelIds: null })).body).toMatchObject({ settings: { baseCurrency: 'EUR', rulePriority: 5 } });
  });

  it.each<[string, unknown, string]>([
    ['a priority below 0', { rulePriority: -1 }, 'rulePriority'],
    ['half a priority', { rulePriority: 1.5 }, 'rulePriority'],
    ['no sales channel', { salesChannelIds: [] }, 'salesChannelIds'],
    ['a sales channel by name', { salesChannelIds: ['Storefront'] }, 'salesChannelIds.0'],
    ['groups by name', { useCustomerGroups: 'yes' }, 'useCustomerGroups'],
    ['a setting there is not', { websiteIds: [1] }, ''],
  ])('refuse %s and name the field', async (_name, settings, field) => {
    const answer = await change(settings);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain(`"field":"${field}"`);
  });

  it('are left: what was made there is taken out, and a second time there is nothing to do', async () => {
    const { db } = fixture.storage;
    const withdraw = (): Promise<Answer> => call(`${fixture.url}/admin/shops/shop-1/withdraw`, { headers });
    const { clock } = fixture;
    await inTransaction(db, (trx) =>
      setDesired(trx, { shopId: 'shop-1', type: 'terms', id: 'programme', state: { tiers: [] } }, clock.now()),
    );
    const first = await withdraw();
    expect([first.status, first.body]).toEqual([202, { withdrawn: 1 }]);
    const row = await db.selectFrom('shop').select('status').where('shop_id', '=', 'shop-1').executeTakeFirst();
    expect(row?.status).toBe('leaving');
    expect((await withdraw()).body).toEqual({ withdrawn: 0 });
    await db.updateTable('shop').set({ status: 'deleted' }).where('shop_id', '=', 'shop-1').execute();
    expect(errorCode(await withdraw())).toBe('SHOP_NOT_ACTIVE');
  });

  it('must be known', async () => {
    expect((await change({ rulePriority: 5 }, 'shop-2')).status).toBe(404);
    expect((await call(`${fixture.url}/admin/shops/shop-2/withdraw`, { headers })).status).toBe(404);
  });
});
