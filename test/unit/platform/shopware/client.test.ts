import { ManualClock } from '../../../../sidecar/src/clock';
import { ShopApiError } from '../../../../sidecar/src/errors';
import { createShopwareClient, type ShopwareClient } from '../../../../sidecar/src/platform/shopware/client';
import { connectedShop, ok, RecordingHttp, refused, TOKEN_SECONDS } from '../../../fixtures/shopware/recording-http';

const TOKEN = '/de/api/oauth/token';
const SEARCH = '/de/api/search/order-line-item';

describe('the Admin API client', () => {
  let http: RecordingHttp;
  let clock: ManualClock;
  let client: ShopwareClient;
  const shop = connectedShop();

  beforeEach(() => {
    http = new RecordingHttp();
    http.answer = (path) => (path === TOKEN ? token(`token-${http.to(TOKEN).length}`) : undefined);
    clock = new ManualClock(Date.parse('2026-01-01T00:00:00.000Z'));
    client = createShopwareClient({ http, clock });
  });

  const token = (value: unknown) => ok({ access_token: value, expires_in: TOKEN_SECONDS });
  const search = (of = shop) => client.search(of, 'order_line_item', {});
  const bearers = () => http.to(SEARCH).map((call) => call.headers['authorization']);

  async function failure(work: Promise<unknown>): Promise<ShopApiError> {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ShopApiError)) throw new Error(`expected a ShopApiError, got ${String(error)}`);
    return error;
  }

  it('asks for a token with the shop’s keys and uses it until shortly before its end', async () => {
    await search();
    clock.advance(TOKEN_SECONDS * 1000 - 31_000);
    await search();
    expect(http.to(TOKEN).map((call) => call.json)).toEqual([
      { grant_type: 'client_credentials', client_id: 'key', client_secret: 'secret' },
    ]);
    clock.advance(1_000);
    await search();
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('asks once for calls that come together, and for each shop and key apart', async () => {
    await Promise.all([search(), search(), search()]);
    expect(http.to(TOKEN)).toHaveLength(1);
    await search(connectedShop({ shopId: 'shop-2' }));
    await search(connectedShop({ credentials: { apiKey: 'new', secretKey: 'new' } }));
    expect(http.to(TOKEN).map((call) => (call.json as { client_id: string }).client_id)).toEqual(['key', 'key', 'new']);
  });

  it('drops a token the shop refuses', async () => {
    http.answer = (path) => {
      if (path === TOKEN) return token(`token-${http.to(TOKEN).length}`);
      return http.to(SEARCH).length === 1 ? refused(401, '9') : undefined;
    };
    await search();
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('does not remember that there was no token', async () => {
    http.answer = () => refused(400, '10');
    expect(await failure(search())).toMatchObject({ status: 401, retryable: true });
    http.answer = (path) => (path === TOKEN ? token(null) : undefined);
    expect(await failure(search())).toMatchObject({ retryable: true });
    http.answer = (path) => (path === TOKEN ? token('fine') : undefined);
    await search();
    expect(bearers()).toEqual(['Bearer fine']);
  });

  it('names code, place and missing rights of a refusal, and quotes nothing else', async () => {
    const refuse = (answer: ReturnType<typeof refused>) => (path: string) => (path === TOKEN ? token('t') : answer);
    http.answer = refuse(
      refused(403, 'FRAMEWORK__MISSING_PRIVILEGE_ERROR', {
        detail: '{"message":"Missing privilege","missingPrivileges":["customer:update"]}',
      }),
    );
    const forbidden = await failure(search());
    expect(forbidden).toMatchObject({ status: 403, retryable: false });
    expect(forbidden.message).toContain('missing customer:update');
    http.answer = refuse(refused(400, 'NOT_BLANK', { detail: 'petra@example.com', source: { pointer: '/0/name' } }));
    const invalid = await failure(client.sync(shop, []));
    expect(invalid.message).toBe('POST /api/_action/sync answered 400 (NOT_BLANK, at /0/name)');
  });

  it('takes an answer without rows for a fault that may pass', async () => {
    http.answer = (path) => (path === TOKEN ? token('t') : ok('<html>maintenance</html>'));
    expect(await failure(search())).toMatchObject({ retryable: true });
  });

  it('asks for inherited values, and keeps the merchant’s flows quiet while it writes', async () => {
    await search();
    expect(http.to(SEARCH)[0]?.headers).toMatchObject({ 'sw-inheritance': '1' });
    await client.sync(shop, [{ entity: 'tag', action: 'upsert', payload: [{ id: 'a' }] }]);
    await client.writeConfig(shop, { 'App.config.programme': null });
    expect(http.calls.slice(-2)).toMatchObject([
      {
        path: '/de/api/_action/sync',
        json: [{ entity: 'tag', action: 'upsert', payload: [{ id: 'a' }] }],
        headers: { 'sw-skip-trigger-flow': '1' },
      },
      { path: '/de/api/_action/system-config', json: { 'App.config.programme': null } },
    ]);
  });
});
