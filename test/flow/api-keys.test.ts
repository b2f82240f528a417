import type { openApiDocument } from '../../sidecar/src/api/openapi';
import { ManualClock } from '../../sidecar/src/clock';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { ADMIN_TOKEN, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { insertShop } from '../support/stand-in-platform';
import { programmeDocument, publish } from '../support/programme';
import { call as rawCall } from './http-fixture';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('keys of the API', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  let composed: ComposedSidecar;
  let memberId: string;
  let foreignId: string;

  const register = (programmeId: string, shopId: string, customerId: string): Promise<string> =>
    registerCustomer(composed.sidecar.context, {
      programmeId,
      shopId,
      customerId,
      emailHash: null,
      customerGroup: null,
      registeredAt: '2026-01-01T00:00:00.000Z',
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });

  beforeAll(async () => {
    composed = await startSidecar({ clock, random: () => 0.5 });
    const { db } = composed.storage;
    const { context } = composed.sidecar;
    for (const programmeId of ['own', 'foreign']) {
      await publish(context, programmeDocument(), undefined, programmeId);
      await insertShop(db, `shop-${programmeId}`);
      await db.updateTable('shop').set({ programme_id: programmeId }).where('shop_id', '=', `shop-${programmeId}`).execute();
    }
    memberId = await register('own', 'shop-own', 'c1');
    foreignId = await register('foreign', 'shop-foreign', 'c1');
  });
  afterAll(() => composed.close());

  async function call(method: string, path: string, token: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }

  async function newKey(scopes: readonly string[], more: object = {}): Promise<{ keyId: string; secret: string }> {
    const answer = await call('POST', '/admin/api-keys', ADMIN_TOKEN, { programmeId: 'own', name: 'till', scopes, ...more });
    expect(answer.status).toBe(201);
    return answer.body as { keyId: string; secret: string };
  }

  it('do what their scopes say, and nothing else', async () => {
    const { secret } = await newKey(['members:read']);
    expect((await call('GET', `/admin/members/${memberId}`, secret)).body).toMatchObject({ memberId, available: 0 });
    const refused = await call('PUT', `/admin/members/${memberId}/manual-tier`, secret, {
      tier: null,
      reason: 'none',
      actor: 'a',
    });
    expect([refused.status, refused.body['error']]).toMatchObject([
      403,
      { code: 'FORBIDDEN', details: { scope: 'members:write' } },
    ]);
    expect((await call('GET', '/admin/api-keys', secret)).status).toBe(403);
    expect((await call('GET', '/admin/dead-letters', secret)).status).toBe(403);
  });

  it('see nothing of another programme', async () => {
    const { secret } = await newKey([
      'members:read',
      'members:write',
      'checkout:write',
      'programme:read',
      'shops:read',
      'shops:write',
    ]);
    const hold = { customerId: 'c1', cartRef: 'cart', points: 1, currency: 'EUR', goodsMinor: 100, idempotencyKey: 'hold-1' };
    const answers = await Promise.all([
      call('GET', `/admin/members/${foreignId}`, secret),
      call('GET', `/admin/members/${foreignId}/ledger`, secret),
      call('GET', `/admin/members/${foreignId}/export`, secret),
      call('GET', '/admin/members?programmeId=foreign', secret),
      call('GET', '/admin/programmes/foreign/versions', secret),
      call('POST', '/admin/pairing-codes', secret, { programmeId: 'foreign' }),
      call('PATCH', '/admin/shops/shop-foreign/settings', secret, {}),
      call('POST', '/v1/holds', secret, { ...hold, shopId: 'shop-foreign' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    const { members } = (await call('GET', '/admin/members', secret)).body as { members: { memberId: string }[] };
    expect(members.map((member) => member.memberId)).toEqual([memberId]);
    const { shops } = (await call('GET', '/admin/shops', secret)).body as { shops: { shopId: string }[] };
    expect(shops.map((shop) => shop.shopId)).toEqual(['shop-own']);
  });

  it('end when they are revoked or expire, and are listed without their secrets', async () => {
    const revoked = await newKey(['members:read']);
    expect((await call('DELETE', `/admin/api-keys/${revoked.keyId}`, ADMIN_TOKEN)).status).toBe(200);
    expect((await call('GET', '/admin/members', revoked.secret)).status).toBe(401);
    const expiring = await newKey(['members:read'], { expiresAt: '2026-03-01T12:00:00+01:00' });
    expect((await call('GET', '/admin/members', expiring.secret)).status).toBe(200);
    clock.advance(3_600_000);
    expect((await call('GET', '/admin/members', expiring.secret)).status).toBe(401);
    const { body } = await call('GET', '/admin/api-keys', ADMIN_TOKEN);
    const listed = (body as { keys: Record<string, unknown>[] }).keys.find(({ keyId }) => keyId === expiring.keyId);
    expect(listed).toMatchObject({ name: 'till', expiresAt: '2026-03-01T11:00:00.000Z', lastUsedAt: '2026-03-01T10:00:00.000Z' });
    expect(JSON.stringify(body)).not.toContain(expiring.secret.slice(-20));
  });

  it('are refused with wrong scopes, programmes and times', async () => {
    const wrong = async (body: object): Promise<unknown> =>
      (await call('POST', '/admin/api-keys', ADMIN_TOKEN, { programmeId: 'own', name: 'x', scopes: ['members:read'], ...body }))
        .status;
    expect(await wrong({ scopes: ['everything'] })).toBe(422);
    expect(await wrong({ scopes: [] })).toBe(422);
    expect(await wrong({ programmeId: 'nowhere' })).toBe(404);
    expect(await wrong({ expiresAt: '2020-01-01T00:00:00Z' })).toBe(422);
  });

  it('spare the body of what the caller has already', async () => {
    const path = `/admin/members/${memberId}`;
    const first = await call('GET', path, ADMIN_TOKEN);
    const etag = first.headers.get('etag') ?? '';
    // Not with fetch, which takes such a question for its own and asks past every cache.
    const again = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'if-none-match': etag };
      return (await rawCall(`${composed.url}${path}`, { method: 'GET', headers })).status;
    };
    expect(await again()).toBe(304);
    const correction = { points: 5, reason: 'a correction', actor: 'staff', idempotencyKey: 'etag-test-1' };
    await call('POST', `${path}/adjustments`, ADMIN_TOKEN, correction);
    expect(await again()).toBe(200);
  });

  it('are described with everything they open', async () => {
    const document = (await call('GET', '/openapi.json', '')).body as unknown as ReturnType<typeof openApiDocument> & {
      paths: Record<string, Record<string, { operationId: string; 'x-scope': string; responses: object; parameters?: object[] }>>;
    };
    expect(document).toMatchObject({ openapi: '3.1.0', components: { securitySchemes: { bearer: { scheme: 'bearer' } } } });
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(15);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(document.paths['/admin/members/{memberId}/ledger']?.['get']).toMatchObject({
      operationId: 'getAdminMembersMemberIdLedger',
      'x-scope': 'members:read',
      parameters: [
        { name: 'memberId', in: 'path', required: true },
        { name: 'before', in: 'query', required: false },
      ],
      responses: { '200': {}, '401': {}, '404': {}, '422': {} },
    });
    // Each is there: without a token it asks for one, instead of not being found.
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const answer = await fetch(`${composed.url}${path.replace(/\{\w+\}/g, 'x')}`, { method: method.toUpperCase() });
        expect([method, path, answer.status]).toEqual([method, path, 401]);
      }
    }
  });
});
