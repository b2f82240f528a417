import type { AddressInfo } from 'node:net';
import express from 'express';
import { createServer, type Server } from 'node:http';
import { createErrorHandler } from '../../sidecar/src/api/error-handler';
import { giftEndpoints } from '../../sidecar/src/api/public/gifts';
import { holdEndpoints } from '../../sidecar/src/api/public/holds';
import { ManualClock } from '../../sidecar/src/clock';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import type { OperationContext } from '../../sidecar/src/operations/context';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { guardedApi } from '../support/guarded-api';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { insertShop } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const TOKEN = 'token-of-the-operator-0123456789';

describeEachStorage('holds and gifts over HTTP', (open) => {
  let server: Server;
  let context: OperationContext;
  let memberId: string;
  let base: string;

  beforeEach(async () => {
    const storage = await open();
    context = operationContext(storage, new ManualClock(Date.parse('2026-03-01T10:00:00.000Z')));
    await insertShop(storage.db, 'shop-1');
    await storage.db.updateTable('shop').set({ programme_id: PROGRAMME_ID }).execute();
    const gift = { code: 'mug', products: ['MUG'], quantity: 1, minimumGoods: { EUR: 50 }, limitPerMember: 1 };
    await publish(context, programmeDocument({ freeProducts: [gift] }));
    const programmeId = PROGRAMME_ID;
    memberId = await registerCustomer(context, {
      programmeId,
      shopId: 'shop-1',
      customerId: 'c1',
      emailHash: 'h',
      customerGroup: null,
      registeredAt: '2026-01-01T00:00:00.000Z',
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
    await adjustPoints(context, { programmeId, memberId, points: 500, reason: 'gift', actor: 'test', idempotencyKey: 'k' });
    const app = express();
    const { path, router } = guardedApi([...holdEndpoints(context), ...giftEndpoints(context)], TOKEN);
    app.use(path, router);
    app.use(createErrorHandler({ error: () => undefined }));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function call(method: string, path: string, body?: unknown) {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${base}/v1${path}`, { method, headers, ...init });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  const hold = {
    shopId: 'shop-1',
    customerId: 'c1',
    cartRef: 'cart',
    points: 300,
    currency: 'EUR',
    goodsMinor: 10_000,
    idempotencyKey: 'h1',
  };

  it('places a hold once for a key, refuses what is not there, and gives back', async () => {
    const placed = await call('POST', '/holds', hold);
    expect(placed).toMatchObject({ status: 201, body: { points: 300, valueMinor: 300, status: 'placed' } });
    expect((await call('POST', '/holds', hold)).body['holdId']).toBe(placed.body['holdId']);
    expect(await call('POST', '/holds', { ...hold, idempotencyKey: 'h2' })).toMatchObject({
      status: 409,
      body: { error: { code: 'INSUFFICIENT_POINTS' } },
    });
    expect(await call('POST', '/holds', { ...hold, points: 1 })).toMatchObject({
      status: 409,
      body: { error: { code: 'IDEMPOTENCY_MISMATCH' } },
    });
    expect(await call('DELETE', `/holds/${String(placed.body['holdId'])}`)).toMatchObject({
      status: 200,
      body: { released: true },
    });
    expect(await call('DELETE', `/holds/${String(placed.body['holdId'])}`)).toMatchObject({
      status: 200,
      body: { released: false },
    });
    expect(await call('POST', '/holds', { ...hold, idempotencyKey: 'h3' })).toMatchObject({ status: 201 });
  });

  it('names what is wrong with a request', async () => {
    expect(await call('POST', '/holds', { ...hold, points: 'many' })).toMatchObject({
      status: 422,
      body: { error: { code: 'INVALID_INPUT', details: { fields: [{ field: 'points' }] } } },
    });
    expect((await call('POST', '/holds', { ...hold, shopId: 'nobody' })).status).toBe(404);
    expect((await call('POST', '/holds', { ...hold, customerId: 'nobody' })).status).toBe(404);
    expect((await call('DELETE', '/holds/none')).status).toBe(404);
  });

  it('says which gifts a cart is due, and why not', async () => {
    const cart = { shopId: 'shop-1', customerId: 'c1', currency: 'EUR', goodsMinor: 5000 };
    expect(await call('POST', '/gifts/due', cart)).toMatchObject({
      status: 200,
      body: { due: [{ ruleCode: 'mug', quantity: 1 }] },
    });
    expect((await call('POST', '/gifts/due', { ...cart, goodsMinor: 4999 })).body['due']).toEqual([]);
    await context.db
      .insertInto('gift_grant')
      .values({
        shop_id: 'shop-1',
        order_id: 'o1',
        rule_code: 'mug',
        programme_id: PROGRAMME_ID,
        member_id: memberId,
        product_number: 'MUG',
        quantity: 1,
      })
      .execute();
    expect((await call('POST', '/gifts/due', cart)).body['due']).toEqual([]);
    expect((await call('POST', '/gifts/due', { ...cart, customerId: null })).body['due']).toHaveLength(1);
  });
});
