import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { createHistoryRouter } from '../../sidecar/src/api/storefront/history';
import { ManualClock } from '../../sidecar/src/clock';
import { AppError } from '../../sidecar/src/errors';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { createProgrammeSource } from '../../sidecar/src/stores/programme-store';
import { customerOfToken } from '../../sidecar/src/platform/shopware/app-token';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { call, errorCode, openFixture, START_MS, type Answer, type HttpFixture } from './http-fixture';

const SECRET = 'secret-of-the-shop-0123456789';

interface Claims {
  readonly customerId?: string;
  readonly issuer?: string;
  readonly secret?: string;
  readonly expiresAtMs?: number;
}

function token({ customerId = 'c1', issuer = 'Shop1', secret = SECRET, expiresAtMs = START_MS + 600_000 }: Claims = {}) {
  // Shopware writes its times with fractions of a second.
  return new SignJWT({ customerId, iat: START_MS / 1000 + 0.25, exp: expiresAtMs / 1000 + 0.25 })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .sign(createSecretKey(Buffer.from(secret)));
}

describe('a shopper’s history', () => {
  let fixture: HttpFixture;
  beforeEach(async () => {
    fixture = await openFixture({
      routers: ({ storage, clock }) => [
        {
          path: '/storefront/shopware',
          router: createHistoryRouter({
            context: { db: storage.db, programmes: createProgrammeSource() },
            authenticate: async (given, externalShopId) => {
              if (externalShopId !== 'Shop1') throw new AppError('UNAUTHORIZED');
              const shop = { externalShopId, secrets: ['an-older-secret', SECRET] };
              return { shopId: 'shop-1', customerId: await customerOfToken(given, shop, clock.nowMs()) };
            },
          }),
        },
      ],
    });
    const context = operationContext(fixture.storage, new ManualClock(START_MS));
    await publish(context, programmeDocument());
    for (const customerId of ['c1', 'c2']) {
      const memberId = await registerCustomer(context, {
        programmeId: PROGRAMME_ID,
        shopId: 'shop-1',
        customerId,
        emailHash: customerId,
        customerGroup: null,
        registeredAt: '2026-01-01T00:00:00.000Z',
        mirrorMissing: false,
        emailVerified: false,
        messageIds: [],
      });
      for (let count = 1; count <= (customerId === 'c1' ? 25 : 0); count += 1) {
        const idempotencyKey = `key-${count}`;
        await adjustPoints(context, {
          programmeId: PROGRAMME_ID,
          memberId,
          points: count,
          reason: 'r',
          actor: 'a',
          idempotencyKey,
        });
      }
    }
  });
  afterEach(() => fixture.close());

  const ask = (headers: Record<string, string>, query = ''): Promise<Answer> =>
    call(`${fixture.url}/storefront/shopware/history${query}`, { method: 'GET', headers });
  const headersOf = (given: string, shop = 'Shop1') => ({ 'shopware-app-token': given, 'shopware-app-shop-id': shop });

  it('comes newest first and page by page', async () => {
    const answer = await ask(headersOf(await token()));
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' } });
    const page = answer.body as { items: { kind: string; points: number }[]; next: number };
    expect(page.items).toHaveLength(20);
    expect(page.items[0]).toMatchObject({ kind: 'adjustment', points: 25, orderNumber: null });
    const rest = (await ask(headersOf(await token()), `?before=${page.next}`)).body as typeof page;
    expect(rest.items.map(({ points }) => points)).toEqual([5, 4, 3, 2, 1]);
    expect(rest.next).toBeNull();
  });

  it('is empty for those without points and for guests', async () => {
    expect((await ask(headersOf(await token({ customerId: 'c2' })))).body).toEqual({ items: [], next: null });
    expect((await ask(headersOf(await token({ customerId: 'a-guest' })))).body).toEqual({ items: [], next: null });
  });

  it('answers the browser’s question before', async () => {
    const answer = await call(`${fixture.url}/storefront/shopware/history`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-headers']).toContain('shopware-app-token');
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['no token', () => Promise.resolve({ 'shopware-app-shop-id': 'Shop1' })],
    ['no token at all', () => Promise.resolve(headersOf('x.y.z'))],
    ['another secret', async () => headersOf(await token({ secret: 'somebody-else-0123456789abcdef' }))],
    ['another shop’s token', async () => headersOf(await token({ issuer: 'Shop2' }))],
    ['an unknown shop', async () => headersOf(await token(), 'Shop2')],
    ['a token long past', async () => headersOf(await token({ expiresAtMs: START_MS - 120_000 }))],
    ['an unsigned token', () => Promise.resolve(headersOf(`${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`))],
  ])('is refused with %s', async (_name, headers) => {
    const answer = await ask(await headers());
    expect([answer.status, errorCode(answer)]).toEqual([401, 'UNAUTHORIZED']);
  });

  it('names the wrong field', async () => {
    const answer = await ask(headersOf(await token()), '?before=soon');
    expect([answer.status, errorCode(answer)]).toEqual([422, 'INVALID_INPUT']);
    expect(JSON.stringify(answer.body)).toContain('before');
  });
});
