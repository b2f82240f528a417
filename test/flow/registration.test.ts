/** Shopware's registration as captured from 6.6.7.1, with 6.7's second signatures. */
import { systemIds } from '../../sidecar/src/ids';
import * as protocol from '../../sidecar/src/platform/shopware/registration';
import { acceptedSecrets, connectedShop, findShop, setShopStatus, type ShopRow } from '../../sidecar/src/stores/shop-store';
import { createShopwareRegistrationRouter } from '../../sidecar/src/webhook/shopware-registration';
import { BODY_LIMIT, call, errorCode, openFixture, sign, START_MS, type Answer, type HttpFixture } from './http-fixture';

const APP_SECRET = 'probe-setup-secret';
const SHOP_ID = 'V9jquWdW3TIX5XnX';

describe('Shopware registration', () => {
  let fixture: HttpFixture;
  let connected: string[];
  let failConnected: boolean;
  const open = async (changes: { allowUnsignedReregistration?: boolean; allowPrivateUrls?: boolean } = {}): Promise<void> => {
    connected = [];
    failConnected = false;
    fixture = await openFixture({
      routers: ({ storage, sealer, clock, directory, logged }) => [
        {
          path: '/shopware',
          router: createShopwareRegistrationRouter({
            db: storage.db,
            sealer,
            clock,
            ids: systemIds,
            log: {
              warn: (details, message) => void logged.push({ level: 'warn', details, message }),
              error: (details, message) => void logged.push({ level: 'error', details, message }),
            },
            protocol,
            appName: 'ProbeApp',
            appSecret: APP_SECRET,
            publicUrl: 'https://loyalty.example',
            programmeId: 'default',
            allowPrivateUrls: changes.allowPrivateUrls ?? false,
            allowUnsignedReregistration: changes.allowUnsignedReregistration ?? false,
            bodyLimitBytes: BODY_LIMIT,
            onConnected: (shopId) => {
              directory.forget(shopId);
              connected.push(shopId);
              return failConnected ? Promise.reject(new Error('no terms')) : Promise.resolve();
            },
          }),
        },
      ],
    });
  };
  beforeEach(() => open());
  afterEach(() => fixture.close());

  interface Registration {
    readonly url?: string;
    readonly shopId?: string;
    readonly timestamp?: number | string;
    readonly appSecret?: string;
    /** Signs as a shop that knows this secret of its own. */
    readonly shopSecret?: string;
    readonly headers?: Record<string, string>;
  }
  const register = (registration: Registration = {}): Promise<Answer> => {
    const { url = 'https://shop.example', shopId = SHOP_ID, timestamp = Math.floor(fixture.clock.nowMs() / 1000) } = registration;
    const query = `shop-id=${shopId}&shop-url=${url}&timestamp=${timestamp}`;
    return call(`${fixture.url}/shopware/register?${query}`, {
      method: 'GET',
      headers: {
        'shopware-app-signature': sign(query, registration.appSecret ?? APP_SECRET),
        ...(registration.shopSecret === undefined ? {} : { 'shopware-shop-signature': sign(query, registration.shopSecret) }),
        ...registration.headers,
      },
    });
  };
  const registered = async (registration?: Registration): Promise<string> => {
    const answer = await register(registration);
    expect(answer.status).toBe(200);
    return (answer.body as { secret: string }).secret;
  };
  interface Confirmation {
    readonly previous?: string;
    readonly body?: object;
    readonly raw?: string;
  }
  const confirm = (secret: string, { previous, body, raw }: Confirmation = {}): Promise<Answer> => {
    const fields = {
      apiKey: 'SWIA1',
      secretKey: 'hush',
      timestamp: '1',
      shopUrl: 'https://shop.example',
      shopId: SHOP_ID,
      ...body,
    };
    // As PHP writes it.
    const text = raw ?? JSON.stringify(fields).replaceAll('/', '\\/');
    return call(`${fixture.url}/shopware/confirm`, {
      headers: {
        'content-type': 'application/json',
        'shopware-shop-signature': sign(text, secret),
        ...(previous === undefined ? {} : { 'shopware-shop-signature-previous': sign(text, previous) }),
      },
      body: text,
    });
  };
  const shop = async (): Promise<ShopRow> => {
    const row = await findShop(fixture.storage.db, 'shopware', SHOP_ID);
    if (!row) throw new Error('the shop is not there');
    return row;
  };
  const secretsNow = async (): Promise<string[]> => acceptedSecrets(await shop(), fixture.sealer, fixture.clock.now());
  const deliver = (secret: string, eventId: string): Promise<Answer> => {
    const body = JSON.stringify({ eventId });
    const headers = { 'content-type': 'application/json', 'x-shop': SHOP_ID, 'x-signature': sign(body, secret) };
    return call(`${fixture.url}/webhooks/shopware`, { headers, body });
  };
  /** As the worker does when it reads `app.installed`. */
  const reportInstalled = async (): Promise<void> => {
    await fixture.storage.db.updateTable('shop').set({ app_version: '1.0.0' }).execute();
  };
  const install = async (): Promise<string> => {
    const secret = await registered();
    expect((await confirm(secret)).status).toBe(200);
    await reportInstalled();
    return secret;
  };

  it('answers with proof, secret and where to confirm', async () => {
    const answer = await register();
    expect(answer.body).toEqual({
      proof: sign(`${SHOP_ID}https://shop.exampleProbeApp`, APP_SECRET),
      secret: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      confirmation_url: 'https://loyalty.example/shopware/confirm',
    });
    expect(await shop()).toMatchObject({ status: 'pending', programme_id: 'default', signing_secret: null });
    expect(connected).toEqual([]);
  });

  it('proves the captured registration as the real shop expected', async () => {
    await fixture.close();
    await open({ allowPrivateUrls: true });
    fixture.clock.moveTo(1_795_403_614_000);
    const query = `shop-id=${SHOP_ID}&shop-url=http://127.0.0.1:8000&timestamp=1795403614`;
    const answer = await call(`${fixture.url}/shopware/register?${query}`, {
      method: 'GET',
      headers: { 'shopware-app-signature': 'a9910560f0d2e7e2531e49b868907cf2357b3da44c4d77392c7acf35c9b2cd50' },
    });
    expect(answer.body).toMatchObject({ proof: '293a2961457af11193d72d394310556abbbc4aa0ad7eee84a28bb3fcc9cdbfc9' });
  });

  it('puts the shop in force with the confirmation', async () => {
    const secret = await registered();
    expect(errorCode(await deliver(secret, 'event-1'))).toBe('SHOP_NOT_ACTIVE');
    expect(await confirm(secret)).toMatchObject({ status: 200, body: { status: 'confirmed' } });
    const row = await shop();
    expect(row.status).toBe('active');
    expect(connectedShop(row, fixture.sealer)).toMatchObject({
      url: 'https://shop.example',
      credentials: { apiKey: 'SWIA1', secretKey: 'hush' },
    });
    expect(connected).toEqual([row.shop_id]);
    expect((await deliver(secret, 'event-1')).status).toBe(200);
  });

  it('is not undone by a fault in what follows', async () => {
    failConnected = true;
    expect((await confirm(await registered())).status).toBe(200);
    expect((await shop()).status).toBe('active');
    expect(fixture.logged.map(({ level }) => level)).toEqual(['error']);
  });

  describe('refuses to register', () => {
    const expectUnknown = async (): Promise<void> => {
      expect(await findShop(fixture.storage.db, 'shopware', SHOP_ID)).toBeUndefined();
    };

    it.each([
      ['an unsigned request', { headers: { 'shopware-app-signature': '' } }, 'MISSING_SIGNATURE'],
      ['a wrong app secret', { appSecret: 'wrong' }, 'BAD_SIGNATURE'],
      ['an old request', { timestamp: START_MS / 1000 - 301 }, 'TIMESTAMP_OUT_OF_TOLERANCE'],
      ['a request from the future', { timestamp: START_MS / 1000 + 301 }, 'TIMESTAMP_OUT_OF_TOLERANCE'],
      ['no time at all', { timestamp: 'soon' }, 'TIMESTAMP_OUT_OF_TOLERANCE'],
      ['a private address', { url: 'http://169.254.169.254' }, 'OUTGOING_URL_REFUSED'],
      ['no URL', { url: 'shop' }, 'OUTGOING_URL_REFUSED'],
      ['a URL with credentials', { url: 'https://a:b@shop.example' }, 'OUTGOING_URL_REFUSED'],
      ['a URL too long to store', { url: `https://shop.example/${'x'.repeat(250)}` }, 'INVALID_INPUT'],
      ['no shop id', { shopId: '' }, 'INVALID_INPUT'],
      ['a shop id too long to store', { shopId: 'x'.repeat(65) }, 'INVALID_INPUT'],
    ] as const)('%s', async (_what, registration, code) => {
      expect(errorCode(await register(registration))).toBe(code);
      await expectUnknown();
    });

    it('without query', async () => {
      expect(errorCode(await call(`${fixture.url}/shopware/register`, { method: 'GET' }))).toBe('MISSING_SIGNATURE');
    });
  });

  describe('refuses to confirm', () => {
    it('shops it does not know', async () => {
      expect(errorCode(await confirm('any'))).toBe('UNKNOWN_SHOP');
    });

    it.each([
      ['a wrong secret', () => confirm('wrong'), 'BAD_SIGNATURE'],
      ['a body that is no JSON', () => confirm('any', { raw: '{"shopId"' }), 'MALFORMED_JSON'],
      ['a body too large', () => confirm('any', { raw: 'x'.repeat(BODY_LIMIT + 1) }), 'BODY_TOO_LARGE'],
      ['another shop', () => confirm('any', { body: { shopId: 'other' } }), 'UNKNOWN_SHOP'],
    ])('%s, and changes nothing', async (_what, attempt, code) => {
      await registered();
      const before = await shop();
      expect(errorCode(await attempt())).toBe(code);
      expect(await shop()).toEqual(before);
      expect(connected).toEqual([]);
    });

    it('a second time', async () => {
      const secret = await registered();
      await confirm(secret);
      const before = await shop();
      expect(errorCode(await confirm(secret))).toBe('CONFLICT');
      expect(await shop()).toEqual(before);
    });

    it('a registration that a later one has replaced', async () => {
      const first = await registered();
      const second = await registered();
      expect(errorCode(await confirm(first))).toBe('BAD_SIGNATURE');
      expect((await confirm(second)).status).toBe(200);
    });
  });

  describe('of a shop that is connected already', () => {
    it('keeps the old secret and URL until confirmed, then accepts the old secret for one minute', async () => {
      const old = await install();
      const fresh = await registered({ shopSecret: old, url: 'https://new.example' });
      expect(await secretsNow()).toEqual([old]);
      expect(await shop()).toMatchObject({ url: 'https://shop.example', status: 'active' });
      expect((await deliver(old, 'event-1')).status).toBe(200);
      expect(errorCode(await deliver(fresh, 'event-2'))).toBe('BAD_SIGNATURE');

      expect((await confirm(fresh, { previous: old, body: { apiKey: 'SWIA2' } })).status).toBe(200);
      expect(await shop()).toMatchObject({ url: 'https://new.example' });
      expect(connectedShop(await shop(), fixture.sealer).credentials).toMatchObject({ apiKey: 'SWIA2' });
      expect(await secretsNow()).toEqual([fresh, old]);
      expect((await deliver(fresh, 'event-2')).status).toBe(200);
      expect((await deliver(old, 'event-3')).status).toBe(200);
      fixture.clock.advance(60_000);
      expect(errorCode(await deliver(old, 'event-4'))).toBe('BAD_SIGNATURE');
      expect((await deliver(fresh, 'event-4')).status).toBe(200);
    });

    it('needs the signature of its present secret, on both steps', async () => {
      const old = await install();
      const before = await shop();
      expect(errorCode(await register())).toBe('MISSING_SIGNATURE');
      expect(errorCode(await register({ shopSecret: 'wrong' }))).toBe('BAD_SIGNATURE');
      expect(await shop()).toEqual(before);
      const fresh = await registered({ shopSecret: old });
      expect(errorCode(await confirm(fresh))).toBe('MISSING_SIGNATURE');
      expect(errorCode(await confirm(fresh, { previous: 'wrong' }))).toBe('BAD_SIGNATURE');
      expect(await secretsNow()).toEqual([old]);
    });

    it('stays as it is when the new registration is never confirmed', async () => {
      const old = await install();
      await registered({ shopSecret: old });
      fixture.clock.advance(3_600_000);
      expect((await deliver(old, 'event-1')).status).toBe(200);
    });

    it('may begin anew when its installation broke off after the confirmation', async () => {
      await confirm(await registered());
      const fresh = await registered();
      expect((await confirm(fresh)).status).toBe(200);
      expect((await secretsNow())[0]).toBe(fresh);
    });

    it('may begin anew after it deleted the app, and keeps its identity', async () => {
      await install();
      const { shop_id: shopId } = await shop();
      await setShopStatus(fixture.storage.db, shopId, 'deleted', fixture.clock.now());
      const fresh = await registered();
      expect((await shop()).status).toBe('deleted');
      expect((await confirm(fresh)).status).toBe(200);
      expect(await shop()).toMatchObject({ shop_id: shopId, status: 'active' });
    });

    it('may begin anew unsigned where that is allowed, but not with a wrong signature', async () => {
      await fixture.close();
      await open({ allowUnsignedReregistration: true });
      const old = await install();
      expect(errorCode(await register({ shopSecret: 'wrong' }))).toBe('BAD_SIGNATURE');
      const fresh = await registered();
      expect(errorCode(await confirm(fresh, { previous: 'wrong' }))).toBe('BAD_SIGNATURE');
      expect((await confirm(fresh)).status).toBe(200);
      expect(await secretsNow()).toEqual([fresh, old]);
    });
  });

  it('takes a shop that registers twice at once as one shop', async () => {
    const secrets = await Promise.all([registered(), registered(), registered()]);
    expect(await fixture.storage.db.selectFrom('shop').select('shop_id').execute()).toHaveLength(1);
    const outcomes = [];
    for (const secret of secrets) outcomes.push((await confirm(secret)).status);
    expect(outcomes.filter((status) => status === 200)).toHaveLength(1);
  });
});
