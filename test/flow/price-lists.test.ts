/** Prices by contract, from the API to what buyers pay, on both platforms. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const DAY_MS = 86_400_000;
const staff = { reason: 'as agreed', actor: 'sales' };
const asked = 'reason=as+agreed&actor=sales';
const tiers = { levels: [{ code: 'gold', name: 'Gold', threshold: 250, perks: { discountPercent: 30 } }] };

describe.each(sandboxShops)('price lists in a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let key: string;
  let ann: string;
  let bob: string;
  let eve: string;
  let companies: string[];

  beforeEach(async () => {
    ({ clock, composed, shop } = await connectShop(open, programmeDocument({ accrual: { lockDays: 0 }, tiers }), {
      publishedAt: '2026-01-01T00:00:00.000Z',
    }));
    for (const productNumber of ['LAMP', 'TABLE']) {
      shop.sandbox.addProduct({ productNumber, grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    }
    [ann, bob, eve] = ['ann', 'bob', 'eve'].map((name) => shop.sandbox.registerCustomer({ email: `${name}@example.com` })) as [
      string,
      string,
      string,
    ];
    await settle(composed, shop.sandbox);
    await composed.sidecar.runJob('refresh-catalogue');
    await settle(composed, shop.sandbox);
    const scopes = ['companies:read', 'companies:write', 'price-lists:read', 'price-lists:write'];
    const created = await send('POST', '/admin/api-keys', { programmeId: 'default', name: 'erp', scopes }, ADMIN_TOKEN);
    key = (created.body as { secret: string }).secret;
    companies = await Promise.all([opened('a', ann), opened('b', bob)]);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const send = (method: string, path: string, body?: object, token = key): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const memberOf = async (customerId: string): Promise<string> => {
    const { db } = composed.storage;
    const query = db.selectFrom('member_identity').select('member_id').where('customer_id', '=', customerId);
    return (await query.executeTakeFirstOrThrow()).member_id;
  };
  const opened = async (name: string, buyer: string): Promise<string> => {
    const idempotencyKey = `company-${name}`;
    const { body } = await send('POST', '/admin/companies', { name, ...staff, pointsMode: 'personal', idempotencyKey });
    const { companyId } = body as { companyId: string };
    await send('PUT', `/admin/companies/${companyId}/members/${await memberOf(buyer)}`, staff);
    return companyId;
  };
  const put = (code: string, change: object = {}): Promise<Answer> =>
    send('PUT', `/admin/price-lists/${code}`, { name: `Prices ${code}`, currency: 'EUR', basis: 'gross', ...staff, ...change });
  const putRows = (code: string, rows: readonly object[]): Promise<Answer> =>
    call(`${composed.url}/admin/price-lists/${code}/prices?${asked}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: rows.map((row) => JSON.stringify(row)).join('\n'),
    });
  const putPrices = (code: string, rows: readonly (readonly [string, number, number])[]): Promise<Answer> =>
    putRows(
      code,
      rows.map(([productNumber, quantityFrom, priceMinor]) => ({ productNumber, quantityFrom, priceMinor })),
    );
  const assign = (code: string, company = 0): Promise<Answer> =>
    send('PUT', `/admin/price-lists/${code}/companies/${companies[company]}`, staff);
  /** The job runs, and what it changed reaches the shop. */
  const show = async (): Promise<void> => {
    await composed.sidecar.runJob('tend-price-lists');
    await settle(composed, shop.sandbox);
    await settle(composed, shop.sandbox);
  };
  const pays = (customerId: string | null, product = 'LAMP', quantity = 1): number =>
    shop.sandbox.unitPrice(customerId, product, quantity);

  const why = async (customerId: string, query: Record<string, string>): Promise<Answer> => {
    const { db } = composed.storage;
    const { shop_id: shopId } = await db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    const path = `/admin/members/${await memberOf(customerId)}/prices`;
    return send('GET', `${path}?${new URLSearchParams({ shopId, ...query }).toString()}`, undefined, ADMIN_TOKEN);
  };
  /** Says what the shop charges, by which list, and where it was decided. */
  const explains = async (): Promise<void> => {
    const { body } = await why(ann, { productNumber: 'LAMP', quantity: '12', language: 'de' });
    expect(body).toMatchObject({
      ...{ priceMinor: pays(ann, 'LAMP', 12), regularMinor: 10_000, source: 'price_list', code: 'a-2026', quantityFrom: 10 },
      lines: [{ text: expect.stringContaining('Preisliste a-2026') as string, applied: true }],
    });
    const { decisionId } = body as { decisionId: string };
    expect((await send('GET', `/v1/decisions/${decisionId}?language=ru`, undefined, ADMIN_TOKEN)).body).toMatchObject({
      kind: 'tier_price',
      lines: expect.arrayContaining([expect.objectContaining({ text: expect.stringContaining('a-2026') as string })]) as object,
    });
    expect((await why(bob, { productNumber: 'LAMP' })).body).toMatchObject({ priceMinor: 10_000, source: 'product', code: null });
    expect((await why(bob, { productNumber: 'NONE' })).status).toBe(404);
    expect((await why(bob, { productNumber: 'LAMP', shopId: 'x' })).status).toBe(404);
    expect((await why(bob, { productNumber: 'LAMP', currency: 'USD' })).body).toMatchObject({
      error: { code: 'INVALID_INPUT', details: { field: 'currency', currencies: 'EUR' } },
    });
  };

  it('are paid by the buyers of their company alone, until they leave it', async () => {
    expect((await put('a-2026')).status).toBe(201);
    expect((await put('a-2026')).status).toBe(200);
    expect(
      (
        await putPrices('a-2026', [
          ['LAMP', 1, 8000],
          ['LAMP', 10, 7500],
        ])
      ).body,
    ).toEqual({ prices: 2, changedProducts: 1, changedDiscounts: 0 });
    expect((await assign('a-2026')).body).toEqual({ changed: true });
    expect((await assign('a-2026')).body).toEqual({ changed: false });
    await show();
    expect([pays(ann), pays(ann, 'LAMP', 10), pays(ann, 'TABLE')]).toEqual([8000, 7500, 10_000]);
    expect([pays(bob), pays(eve), pays(null)]).toEqual([10_000, 10_000, 10_000]);
    await explains();
    await send('POST', `/admin/companies/${companies[0]}/members/${await memberOf(ann)}/removal`, staff);
    await settle(composed, shop.sandbox);
    expect(pays(ann)).toBe(10_000);
  });

  it('count before the prices of tiers, by priority, and never above the own price of the shop', async () => {
    const { db } = composed.storage;
    await db.updateTable('member').set({ tier: 'gold' }).execute();
    await put('low');
    await putPrices('low', [
      ['LAMP', 1, 9500],
      ['TABLE', 1, 12_000],
    ]);
    await assign('low');
    await show();
    // The company's own tier is that of its account.
    expect([pays(ann), pays(ann, 'TABLE')]).toEqual([9500, 10_000]);
    await put('high', { priority: 5 });
    await putPrices('high', [['LAMP', 5, 9000]]);
    await assign('high');
    await show();
    expect([pays(ann), pays(ann, 'LAMP', 5)]).toEqual([10_000, 9000]);
    await put('low', { priority: 6 });
    await show();
    expect([pays(ann), pays(ann, 'LAMP', 5)]).toEqual([9500, 9500]);
    for (const code of ['low', 'high']) {
      const removed = await send('POST', `/admin/price-lists/${code}/companies/${companies[0]}/removal`, staff);
      expect(removed.body).toEqual({ changed: true });
    }
    await settle(composed, shop.sandbox);
    expect([pays(ann), pays(ann, 'TABLE')]).toEqual([7000, 7000]);
  });

  it('are changed row by row and read page by page, and say which row is wrong', async () => {
    await put('a-2026');
    await assign('a-2026');
    expect(errorCode(await send('PUT', '/admin/price-lists/a-2026?ifNew=true', { name: 'B', currency: 'EUR', ...staff }))).toBe(
      'CONFLICT',
    );
    const rows = (body: object): Promise<Answer> => send('POST', '/admin/price-lists/a-2026/rows', { ...staff, ...body });
    const read = async (query: string): Promise<{ rows: object[]; next: string | null }> =>
      (await send('GET', `/admin/price-lists/a-2026/rows?${query}`)).body as { rows: object[]; next: string | null };
    const many = Array.from({ length: 60 }, (_one, place) => ({ productNumber: `BULB ${place + 10}`, percentBps: 500 }));
    expect(
      (await rows({ put: [{ productNumber: 'LAMP', priceMinor: 8000 }, { allGoods: true, percentBps: 100 }, ...many] })).body,
    ).toEqual({ prices: 62, changedProducts: 61, changedDiscounts: 1 });
    await show();
    expect([pays(ann), pays(ann, 'TABLE'), pays(bob)]).toEqual([8000, 9900, 10_000]);
    const first = await read('');
    const second = await read(`after=${encodeURIComponent(first.next ?? '')}`);
    expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 12, null]);
    expect(first.rows[0]).toEqual({ productNumber: 'LAMP', quantityFrom: 1, priceMinor: 8000 });
    expect(new Set([...first.rows, ...second.rows].map((row) => JSON.stringify(row))).size).toBe(62);
    expect((await read('search=lam')).rows).toHaveLength(1);
    expect((await send('GET', '/admin/price-lists/a-2026/rows?after=x')).status).toBe(422);
    await rows({ remove: [{ productNumber: 'LAMP' }] });
    await show();
    expect(pays(ann)).toBe(9900);
    expect(
      (
        await rows({
          put: [
            { productNumber: 'TABLE', priceMinor: 1 },
            { categoryId: '42', priceMinor: 1 },
          ],
        })
      ).body,
    ).toMatchObject({
      error: { details: { fields: [{ field: 'put.1.priceMinor', problem: 'is for a product alone' }] } },
    });
    expect(
      (
        await rows({
          put: [
            { productNumber: 'TABLE', percentBps: 1 },
            { productNumber: 'TABLE', percentBps: 2 },
          ],
        })
      ).body,
    ).toMatchObject({
      error: { details: { fields: [{ field: 'put.1.quantityFrom', problem: 'TABLE from 1 has a price already' }] } },
    });
    expect((await send('GET', `/admin/companies/${companies[0]}/price-lists`)).body).toMatchObject({
      priceLists: [{ code: 'a-2026', prices: 61 }],
    });
    expect((await send('GET', '/admin/companies?search=a')).body).toMatchObject({ companies: [{ name: 'a' }] });
  });

  it('take shares off a product, its category and all goods, from quantities on', async () => {
    shop.sandbox.addProduct({ productNumber: 'CHAIR', grossMinor: 4999, taxRate: 19, categoryIds: ['10'] });
    await composed.sidecar.runJob('refresh-catalogue');
    await settle(composed, shop.sandbox);
    await put('a-2026');
    const rows = [
      { allGoods: true, percentBps: 500 },
      { categoryId: '10', percentBps: 1000 },
      { categoryId: '10', quantityFrom: 10, percentBps: 1250 },
      { productNumber: 'TABLE', percentBps: 0 },
      { productNumber: 'TABLE', quantityFrom: 5, percentBps: 3333 },
    ];
    expect((await putRows('a-2026', rows)).body).toEqual({ prices: 5, changedProducts: 1, changedDiscounts: 2 });
    await assign('a-2026');
    await show();
    expect([pays(ann), pays(ann, 'CHAIR'), pays(ann, 'CHAIR', 10)]).toEqual([9500, 4499, 4374]);
    expect([pays(ann, 'TABLE'), pays(ann, 'TABLE', 5), pays(bob, 'CHAIR', 10)]).toEqual([10_000, 6667, 4999]);
    await putRows('a-2026', [{ categoryId: '10', percentBps: 1000 }]);
    await show();
    expect([pays(ann), pays(ann, 'CHAIR', 10), pays(ann, 'TABLE', 5)]).toEqual([10_000, 4499, 10_000]);
  });

  it('begin and end in time, and follow what is taken out of them', async () => {
    await put('spring', { validFrom: '2026-03-02T00:00:00Z', validUntil: '2026-03-04T00:00:00Z' });
    await putPrices('spring', [
      ['LAMP', 1, 8000],
      ['TABLE', 1, 8000],
    ]);
    await assign('spring');
    await show();
    expect(pays(ann)).toBe(10_000);
    clock.advance(DAY_MS);
    await show();
    expect([pays(ann), pays(ann, 'TABLE')]).toEqual([8000, 8000]);
    expect((await putPrices('spring', [['LAMP', 1, 8000]])).body).toEqual({ prices: 1, changedProducts: 1, changedDiscounts: 0 });
    await show();
    expect([pays(ann), pays(ann, 'TABLE')]).toEqual([8000, 10_000]);
    clock.advance(2 * DAY_MS);
    await show();
    expect(pays(ann)).toBe(10_000);
    expect(shop.sandbox.tierPriceCount()).toBe(2);
    await put('summer');
    await putPrices('summer', [['LAMP', 1, 7000]]);
    await assign('summer', 1);
    await show();
    expect(pays(bob)).toBe(7000);
    expect((await send('POST', '/admin/price-lists/summer/end', staff)).status).toBe(200);
    await show();
    expect(pays(bob)).toBe(10_000);
  });

  it('name wrong lines and fields, and are kept from those without the right', async () => {
    expect(errorCode(await put('A'))).toBe('INVALID_INPUT');
    const fields = async (answer: Promise<Answer>): Promise<unknown> =>
      ((await answer).body as { error: { details: { fields: unknown } } }).error.details.fields;
    expect(await fields(put('a', { currency: 'GBP' }))).toMatchObject([{ field: 'currency' }]);
    expect(await fields(put('a', { validFrom: '2026-03-02T00:00:00Z', validUntil: '2026-03-01T00:00:00Z' }))).toMatchObject([
      { field: 'validUntil' },
    ]);
    await put('a');
    expect(errorCode(await put('a', { basis: 'net' }))).toBe('CONFLICT');
    const rows = [
      ['LAMP', 1, 8000],
      ['LAMP', 1, 7000],
      ['TABLE', 0, 1],
    ] as const;
    expect(await fields(putPrices('a', rows))).toMatchObject([{ field: 'line 2' }, { field: 'line 3.quantityFrom' }]);
    const wide = [
      { percentBps: 1 },
      { categoryId: '1', priceMinor: 1 },
      { allGoods: true, percentBps: 10_001 },
      { allGoods: true },
    ];
    expect(await fields(putRows('a', wide))).toMatchObject([
      { field: 'line 1.productNumber', problem: 'or categoryId or allGoods is required, one of them' },
      { field: 'line 2.priceMinor', problem: 'is for a product alone' },
      { field: 'line 3.percentBps' },
      { field: 'line 4.priceMinor', problem: 'or percentBps is required' },
    ]);
    expect((await putPrices('a', [['LAMP', 1, 8000]])).status).toBe(200);
    const read = await fetch(`${composed.url}/admin/price-lists/a/prices/export`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await read.text()).toBe('productNumber,categoryId,allGoods,quantityFrom,priceMinor,percentBps\r\nLAMP,,,1,8000,\r\n');
    expect(errorCode(await send('PUT', '/admin/price-lists/a/companies/nowhere', staff))).toBe('NOT_FOUND');
    expect(errorCode(await send('POST', '/admin/price-lists/none/end', staff))).toBe('NOT_FOUND');
    const body = { programmeId: 'default', name: 'till', scopes: ['price-lists:read'] };
    const { secret } = (await send('POST', '/admin/api-keys', body, ADMIN_TOKEN)).body as { secret: string };
    expect((await send('GET', '/admin/price-lists', undefined, secret)).body).toMatchObject({
      priceLists: [{ code: 'a', prices: 1 }],
    });
    expect(errorCode(await send('POST', '/admin/price-lists/a/end', staff, secret))).toBe('FORBIDDEN');
  });
});
