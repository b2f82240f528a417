import express from 'express';
import { deadLetterEndpoints } from '../../sidecar/src/api/admin/dead-letters';
import { AppError } from '../../sidecar/src/errors';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { setDesired } from '../../sidecar/src/stores/desired-state-store';
import { insertDeliveries, markFailed } from '../../sidecar/src/stores/inbox-store';
import { guardedApi } from '../support/guarded-api';
import { call, errorCode, openFixture, sign, type Answer, type FixtureOptions, type HttpFixture } from './http-fixture';

const TOKEN = 'a-token-of-the-administrator';

describe('HTTP', () => {
  let fixture: HttpFixture;
  let replays: number;
  const open = async (options: FixtureOptions = {}): Promise<void> => {
    replays = 0;
    fixture = await openFixture({
      ...options,
      routers: ({ storage, clock }) => {
        const deadLetters = deadLetterEndpoints({
          db: storage.db,
          clock,
          onReplay: () => {
            replays += 1;
          },
        });
        const faults = express.Router();
        faults.get('/bug', () => {
          throw new Error('hush: a fault of ours');
        });
        faults.get('/refused', () => Promise.reject(new AppError('INSUFFICIENT_POINTS', { availablePoints: 3 })));
        return [guardedApi(deadLetters, TOKEN, { bodyLimit: 1000 }), { path: '/faults', router: faults }];
      },
    });
  };
  beforeEach(() => open());
  afterEach(() => fixture.close());

  const get = (path: string, token?: string): Promise<Answer> =>
    call(`${fixture.url}${path}`, { method: 'GET', headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  const post = (path: string, body: string): Promise<Answer> =>
    call(`${fixture.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }, body });

  describe('faults', () => {
    it('are answered in one form, under an id of their own', async () => {
      const answers = await Promise.all([get('/nowhere'), get('/admin/dead-letters'), get('/faults/refused')]);
      expect(answers.map((answer) => [answer.status, errorCode(answer)])).toEqual([
        [404, 'NOT_FOUND'],
        [401, 'UNAUTHORIZED'],
        [409, 'INSUFFICIENT_POINTS'],
      ]);
      const ids = answers.map(({ headers }) => headers['x-request-id']);
      expect(new Set(ids).size).toBe(3);
      for (const { body, headers } of answers)
        expect(body).toMatchObject({ error: { requestId: headers['x-request-id'], message: expect.any(String) as unknown } });
      expect(answers[2]?.body).toMatchObject({ error: { details: { availablePoints: 3 } } });
      expect(fixture.logged).toEqual([]);
    });

    it('of ours say nothing but their id; the log has the rest', async () => {
      const answer = await get('/faults/bug');
      expect([answer.status, errorCode(answer)]).toEqual([500, 'INTERNAL']);
      expect(JSON.stringify(answer.body)).not.toContain('hush');
      expect(fixture.logged[0]?.details).toMatchObject({ requestId: answer.headers['x-request-id'] });
    });

    it('in bodies and paths are the sender’s', async () => {
      expect(errorCode(await post('/admin/dead-letters/replay', '{"a"'))).toBe('MALFORMED_JSON');
      expect(errorCode(await post('/admin/dead-letters/replay', `"${'x'.repeat(2000)}"`))).toBe('BODY_TOO_LARGE');
      expect(errorCode(await post('/admin/dead-letters/replay', '{"deliveries":7}'))).toBe('INVALID_INPUT');
      expect((await get('/%E0%A4%A')).status).toBeLessThan(500);
    });
  });

  it('sends security headers and says nothing of its make', async () => {
    const { headers } = await get('/health');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.any(String) as unknown,
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('limits the rate of the API, but not of probes and webhooks', async () => {
    await fixture.close();
    await open({ apiRatePerMinute: 3 });
    const codes = [];
    for (let index = 0; index < 4; index += 1) codes.push(errorCode(await get('/faults/refused')));
    expect(codes).toEqual(['INSUFFICIENT_POINTS', 'INSUFFICIENT_POINTS', 'INSUFFICIENT_POINTS', 'RATE_LIMITED']);
    expect(Number((await get('/faults/refused')).headers['retry-after'])).toBeGreaterThan(0);
    expect((await get('/health')).status).toBe(200);
    expect(
      errorCode(await call(`${fixture.url}/webhooks/shopware`, { headers: { 'content-type': 'application/json' }, body: '{}' })),
    ).toBe('UNKNOWN_SHOP');
  });

  describe('health', () => {
    it('lives', async () => {
      expect(await get('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    });

    it('is ready when database, migrations and workers are, and tells the backlog', async () => {
      await deadDelivery('message-1');
      const answer = await get('/ready');
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        status: 'ready',
        checks: { database: { ok: true }, migrations: { ok: true, missing: 0 }, workers: { ok: true, stopped: [] } },
        backlog: {
          inbox: { pending: 0, dead: 1, lagSeconds: 0 },
          writeback: { pending: 0, dead: 0 },
          webhooks: { pending: 0, dead: 0 },
          mails: { pending: 0, dead: 0 },
        },
      });
    });

    it('tells how long the oldest delivery has waited', async () => {
      await newDelivery('message-1');
      fixture.clock.advance(90_000);
      expect((await get('/ready')).body).toMatchObject({ backlog: { inbox: { pending: 1, lagSeconds: 90 } } });
    });

    it('is not ready without its worker', async () => {
      await fixture.close();
      await open({ workerRuns: () => false });
      expect(await get('/ready')).toMatchObject({
        status: 503,
        body: { checks: { workers: { ok: false, stopped: ['inbox'] } } },
      });
    });

    it('is not ready before its migrations', async () => {
      const names = await fixture.storage.db.selectFrom('schema_migration').select('name').execute();
      await fixture.storage.db
        .deleteFrom('schema_migration')
        .where('name', '=', names[0]?.name ?? '')
        .execute();
      expect(await get('/ready')).toMatchObject({
        status: 503,
        body: { checks: { migrations: { ok: false, missing: 1 } }, backlog: null },
      });
    });

    it('is not ready, but lives, without its database', async () => {
      await fixture.storage.close();
      expect(await get('/ready')).toMatchObject({
        status: 503,
        body: { status: 'not_ready', checks: { database: { ok: false } } },
      });
      expect((await get('/health')).status).toBe(200);
      expect((await get('/metrics')).status).toBe(200);
    });
  });

  describe('metrics', () => {
    it('count deliveries and show the backlog', async () => {
      await fixture.addShop('Shop1', 'secret');
      const body = '{"eventId":"event-1"}';
      const headers = { 'content-type': 'application/json', 'x-shop': 'Shop1', 'x-signature': sign(body, 'secret') };
      for (let time = 0; time < 2; time += 1) await call(`${fixture.url}/webhooks/shopware`, { headers, body });
      const answer = await get('/metrics');
      expect(answer.headers['content-type']).toContain('text/plain');
      expect(answer.body).toContain('deliveries_total{platform="shopware",result="accepted"} 1');
      expect(answer.body).toContain('deliveries_total{platform="shopware",result="duplicate"} 1');
      expect(answer.body).toContain('inbox_pending 1');
    });

    it('are for those who know the token, where there is one', async () => {
      await fixture.close();
      await open({ metricsToken: 'a-token-of-the-scraper-1' });
      expect(errorCode(await get('/metrics'))).toBe('UNAUTHORIZED');
      expect(errorCode(await get('/metrics', 'wrong'))).toBe('UNAUTHORIZED');
      expect((await get('/metrics', 'a-token-of-the-scraper-1')).status).toBe(200);
    });
  });

  const newDelivery = (messageId: string): Promise<unknown> =>
    insertDeliveries(fixture.storage.db, [
      {
        messageId,
        shopId: 'shop-1',
        eventId: messageId,
        topic: 'order.written',
        resourceKey: 'order:1',
        body: '{"email":"hush"}',
        receivedAt: fixture.clock.now(),
      },
    ]);
  const deadDelivery = async (messageId: string): Promise<void> => {
    await newDelivery(messageId);
    await markFailed(fixture.storage.db, [messageId], { error: 'gone', nextAttemptAt: null, now: fixture.clock.now() });
  };

  describe('dead letters', () => {
    const deadResource = (id: string, shopId: string): Promise<void> =>
      inTransaction(fixture.storage.db, async (trx) => {
        const voucher = { code: id, valueMinor: 100, currency: 'EUR', expiresAt: null };
        await setDesired(trx, { shopId, type: 'voucher', id, state: voucher }, fixture.clock.now());
        await trx.updateTable('desired_state').set({ dead: 1, last_error: 'refused' }).where('resource_id', '=', id).execute();
      });
    const replay = async (body: unknown): Promise<unknown> => {
      const answer = await post('/admin/dead-letters/replay', JSON.stringify(body));
      expect(answer.status).toBe(200);
      return (answer.body as { replayed: unknown }).replayed;
    };

    it('are listed without what they carry', async () => {
      await deadDelivery('message-1');
      await deadResource('voucher-1', 'shop-1');
      await newDelivery('message-2');
      const answer = await get('/admin/dead-letters', TOKEN);
      expect(answer.body).toMatchObject({
        deliveries: [{ messageId: 'message-1', topic: 'order.written', attempts: 1, lastError: 'gone' }],
        resources: [{ shopId: 'shop-1', type: 'voucher', id: 'voucher-1', lastError: 'refused' }],
      });
      expect(JSON.stringify(answer.body)).not.toContain('hush');
    });

    it('are replayed as asked', async () => {
      for (let index = 1; index <= 4; index += 1) await deadDelivery(`message-${index}`);
      await deadResource('voucher-1', 'shop-1');
      await deadResource('voucher-2', 'shop-2');
      expect(await replay({})).toEqual({ deliveries: 0, resources: 0 });
      expect(await replay({ deliveries: ['message-1', 'unheard-of'] })).toEqual({ deliveries: 1, resources: 0 });
      expect(await replay({ resources: { shopId: 'shop-1' } })).toEqual({ deliveries: 0, resources: 1 });
      expect(await replay({ deliveries: 'all', resources: 'all' })).toEqual({ deliveries: 3, resources: 1 });
      expect(replays).toBe(4);
      expect((await get('/admin/dead-letters', TOKEN)).body).toEqual({ deliveries: [], resources: [] });
    });
  });
});
