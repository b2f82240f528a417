import { AppError } from '../../sidecar/src/errors';
import { pairingCodeEndpoints } from '../../sidecar/src/api/admin/pairing-codes';
import { systemIds } from '../../sidecar/src/ids';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { acceptedSecrets, changeSettings, connectedShop, listShops } from '../../sidecar/src/stores/shop-store';
import { createMagentoPairingRouter, type PairedKeys, type PairingRequest } from '../../sidecar/src/webhook/magento-pairing';
import { guardedApi } from '../support/guarded-api';
import { BODY_LIMIT, call, errorCode, openFixture, type Answer, type HttpFixture } from './http-fixture';

const ADMIN_TOKEN = 'a-token-of-the-administrator';
const oauth = { consumerKey: 'ck', consumerSecret: 'hush-1', accessToken: 'at', accessTokenSecret: 'hush-2' };

describe('Magento pairing', () => {
  let fixture: HttpFixture;
  let connected: string[];
  beforeEach(async () => {
    connected = [];
    fixture = await openFixture({
      routers: ({ storage, sealer, clock, directory }) => {
        const codes = pairingCodeEndpoints({ db: storage.db, clock, ids: systemIds }, 'default');
        const pairing = createMagentoPairingRouter({
          db: storage.db,
          sealer,
          clock,
          ids: systemIds,
          log: { warn: () => undefined, error: () => undefined },
          parsePairingRequest: (body) => {
            if (typeof (body as { code?: unknown } | undefined)?.code !== 'string')
              throw new AppError('INVALID_INPUT', { field: 'code' });
            return body as PairingRequest;
          },
          publicUrl: 'https://loyalty.example',
          allowPrivateUrls: false,
          bodyLimitBytes: BODY_LIMIT,
          onConnected: (shopId) => {
            directory.forget(shopId);
            connected.push(shopId);
            return Promise.resolve();
          },
        });
        return [guardedApi(codes, ADMIN_TOKEN), { path: '/magento', router: pairing }];
      },
    });
    for (const programmeId of ['default', 'other']) {
      const row = { programme_id: programmeId, name: programmeId, created_at: fixture.clock.now() };
      await fixture.storage.db.insertInto('programme').values(row).execute();
    }
  });
  afterEach(() => fixture.close());

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    call(`${fixture.url}${path}`, {
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const askForCode = (body: unknown = {}, token = ADMIN_TOKEN): Promise<Answer> =>
    post('/admin/pairing-codes', body, { authorization: `Bearer ${token}` });
  const newCode = async (programmeId?: string): Promise<string> => {
    const answer = await askForCode(programmeId === undefined ? {} : { programmeId });
    expect(answer.status).toBe(201);
    return (answer.body as { code: string }).code;
  };
  const pair = (code: string, changes: Record<string, unknown> = {}): Promise<Answer> =>
    post('/magento/pair', {
      code,
      shopUrl: 'https://shop.example/',
      website: null,
      websiteIds: [1],
      baseCurrency: 'EUR',
      moduleVersion: '1.0.0',
      oauth,
      ...changes,
    });
  const paired = async (code: string, changes?: Record<string, unknown>): Promise<PairedKeys> => {
    const answer = await pair(code, changes);
    expect(answer.status).toBe(200);
    return answer.body as PairedKeys;
  };

  it('exchanges a code for keys', async () => {
    const keys = await paired(await newCode());
    expect(keys).toEqual({
      shopId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      webhookSecret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) as unknown,
      webhookUrl: 'https://loyalty.example/webhooks/magento',
    });
    const [shop] = await listShops(fixture.storage.db);
    if (!shop) throw new Error('the shop is not there');
    expect(shop).toMatchObject({ platform: 'magento', status: 'active', programme_id: 'default', app_version: '1.0.0' });
    expect(connectedShop(shop, fixture.sealer)).toMatchObject({
      externalShopId: keys.shopId,
      url: 'https://shop.example',
      credentials: oauth,
      settings: { websiteIds: [1], baseCurrency: 'EUR' },
    });
    expect(acceptedSecrets(shop, fixture.sealer, fixture.clock.now())).toEqual([keys.webhookSecret]);
    expect(connected).toEqual([shop.shop_id]);
    expect(JSON.stringify(shop)).not.toContain('hush');
    const codes = await fixture.storage.db.selectFrom('pairing_code').select('shop_id').execute();
    expect(codes).toEqual([{ shop_id: shop.shop_id }]);
  });

  it('pairs a known shop again as the same shop, and accepts its old secret for a day', async () => {
    const first = await paired(await newCode());
    const second = await paired(await newCode(), { shopUrl: 'https://SHOP.example', moduleVersion: '1.1.0', websiteIds: [1, 2] });
    expect(second.shopId).toBe(first.shopId);
    expect(second.webhookSecret).not.toBe(first.webhookSecret);
    const shops = await listShops(fixture.storage.db);
    expect(shops).toHaveLength(1);
    expect(shops[0]).toMatchObject({ app_version: '1.1.0', settings: '{"websiteIds":[1,2],"baseCurrency":"EUR"}' });
    const secretsNow = async (): Promise<string[]> => {
      const [shop] = await listShops(fixture.storage.db);
      return shop ? acceptedSecrets(shop, fixture.sealer, fixture.clock.now()) : [];
    };
    expect(await secretsNow()).toEqual([second.webhookSecret, first.webhookSecret]);
    fixture.clock.advance(24 * 3_600_000);
    expect(await secretsNow()).toEqual([second.webhookSecret]);
  });

  it('keeps what the merchant decided when a shop is paired again', async () => {
    await paired(await newCode());
    const [shop] = await listShops(fixture.storage.db);
    await inTransaction(fixture.storage.db, (trx) =>
      changeSettings(trx, shop?.shop_id ?? '', { rulePriority: 7 }, fixture.clock.now()),
    );
    await paired(await newCode(), { websiteIds: [2] });
    const [again] = await listShops(fixture.storage.db);
    expect(JSON.parse(again?.settings ?? '')).toEqual({ websiteIds: [2], baseCurrency: 'EUR', rulePriority: 7 });
  });

  it('takes another URL, website or programme as another shop', async () => {
    const ids = [
      await paired(await newCode()),
      await paired(await newCode(), { shopUrl: 'https://shop.example/de' }),
      await paired(await newCode(), { website: 'outlet' }),
      await paired(await newCode('other')),
    ].map(({ shopId }) => shopId);
    expect(new Set(ids).size).toBe(4);
    expect((await listShops(fixture.storage.db, { programmeId: 'other' })).map((shop) => shop.external_shop_id)).toEqual([
      ids[3],
    ]);
  });

  it('takes a code once, even from many at a time', async () => {
    const code = await newCode();
    const answers = await Promise.all(Array.from({ length: 8 }, () => pair(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.map(errorCode).filter((refused) => refused === 'PAIRING_CODE_INVALID')).toHaveLength(7);
  });

  it('makes one shop of two codes used for it at once', async () => {
    const codes = [await newCode(), await newCode()];
    const [one, other] = await Promise.all(codes.map((code) => paired(code)));
    expect(one?.shopId).toBe(other?.shopId);
    expect(await listShops(fixture.storage.db)).toHaveLength(1);
  });

  it('lets codes expire after half an hour', async () => {
    const code = await newCode();
    fixture.clock.advance(30 * 60_000);
    expect(errorCode(await pair(code))).toBe('PAIRING_CODE_INVALID');
    expect(await listShops(fixture.storage.db)).toEqual([]);
  });

  it('uses no code up for a request it cannot take', async () => {
    const code = await newCode();
    const attempts: [Answer, string][] = [
      [await post('/magento/pair', '{"code"'), 'MALFORMED_JSON'],
      [await post('/magento/pair', {}), 'INVALID_INPUT'],
      [await post('/magento/pair', `code=${code}`, { 'content-type': 'application/x-www-form-urlencoded' }), 'INVALID_INPUT'],
      [await pair(code, { fill: 'x'.repeat(BODY_LIMIT) }), 'BODY_TOO_LARGE'],
      [await pair(code, { shopUrl: 'http://10.0.0.1' }), 'OUTGOING_URL_REFUSED'],
      [await pair(code, { shopUrl: 'shop' }), 'OUTGOING_URL_REFUSED'],
      [await pair(code, { shopUrl: `https://shop.example/${'x'.repeat(250)}` }), 'INVALID_INPUT'],
      [await pair('wrong'), 'PAIRING_CODE_INVALID'],
    ];
    for (const [answer, expected] of attempts) expect(errorCode(answer)).toBe(expected);
    await paired(code);
  });

  describe('codes', () => {
    it('are for administrators', async () => {
      const answers = [
        await post('/admin/pairing-codes', {}),
        await askForCode({}, 'wrong'),
        await askForCode({}, `${ADMIN_TOKEN}x`),
        await askForCode({}, ''),
        await post('/admin/pairing-codes', {}, { authorization: `Basic ${ADMIN_TOKEN}` }),
      ];
      for (const answer of answers) {
        expect(errorCode(answer)).toBe('UNAUTHORIZED');
        expect(answer.headers['www-authenticate']).toBe('Bearer');
      }
      expect(await fixture.storage.db.selectFrom('pairing_code').selectAll().execute()).toEqual([]);
    });

    it('are for programmes that exist', async () => {
      expect(errorCode(await askForCode({ programmeId: 'unheard-of' }))).toBe('NOT_FOUND');
      expect(errorCode(await askForCode({ programmeId: 'Prögramm' }))).toBe('INVALID_INPUT');
      expect(errorCode(await askForCode({ programme: 'default' }))).toBe('INVALID_INPUT');
    });

    it('say how long they are good for, and stay out of caches', async () => {
      const answer = await askForCode();
      expect(answer.body).toMatchObject({ programmeId: 'default', validMinutes: 30 });
      expect(answer.headers['cache-control']).toBe('no-store');
    });
  });
});
