/** The admin pages opened from a shop's administration: by the address it signed, for it alone. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../sidecar/src/clock';
import { createAdminPages } from '../../sidecar/src/api/staff/admin-pages';
import { createFramedPageRouter } from '../../sidecar/src/api/staff/framed-page';
import { createStaffSessions, type StaffSessions } from '../../sidecar/src/api/staff/staff-session';
import { readModuleRequest, verifyModuleRequest } from '../../sidecar/src/platform/shopware/module-request';
import { hmacHex } from '../../sidecar/src/platform/shopware/signature';
import { createSealer } from '../../sidecar/src/security/sealer';
import { startSidecar } from '../support/composed-sidecar';
import { call, openFixture, START_MS, type Answer, type HttpFixture } from './http-fixture';

const SECRET = 'secret-of-the-shop-0123456789';
const TEMPLATE = `<html><meta name="loyalty-session" content="" /><meta name="loyalty-locale" content="" /><meta name="loyalty-frame" content="" />
<script type="module" crossorigin src="./assets/index-1.js"></script></html>`;

interface Asked {
  readonly shop?: string;
  readonly locale?: string;
  readonly atMs?: number;
  readonly secret?: string;
}

/** As Shopware writes it: the shop's address is not encoded. */
function query({ shop = 'Shop1', locale = 'en-GB', atMs = START_MS, secret = SECRET }: Asked = {}): string {
  const signed = `shop-id=${shop}&shop-url=http://shop.example:8000/de&timestamp=${Math.floor(atMs / 1000)}&sw-version=6.6.7.1&sw-user-language=${locale}`;
  return `${signed}&shopware-shop-signature=${hmacHex(secret, signed)}`;
}

describe('the admin pages', () => {
  const directory = mkdtempSync(join(tmpdir(), 'loyalty-pages-'));
  let fixture: HttpFixture;
  let sessions: StaffSessions;

  beforeAll(() => {
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'index.html'), TEMPLATE);
    writeFileSync(join(directory, 'assets', 'index-1.js'), 'export {};');
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  beforeEach(async () => {
    fixture = await openFixture({
      routers: ({ clock }) => {
        sessions = createStaffSessions(createSealer([{ id: 'k1', key: Buffer.alloc(32, 7) }]), clock);
        const pages = createAdminPages(directory);
        const framed = createFramedPageRouter({
          platform: 'shopware',
          pages,
          sessions,
          authenticate: (rawQuery) => {
            const { externalShopId, shopOrigin, locale, ...request } = readModuleRequest(rawQuery);
            const secrets = externalShopId === 'Shop1' ? [SECRET] : [];
            verifyModuleRequest({ externalShopId, shopOrigin, locale, ...request }, secrets, clock.nowMs());
            return Promise.resolve({
              shopId: 'shop-1',
              programmeId: 'p1',
              shopOrigin,
              locale,
              role: 'manage',
              actor: 'administration',
              isPerson: false,
            });
          },
        });
        return [
          { path: '/ui/assets', router: pages.files },
          { path: '/ui', router: pages.router },
          { path: '/shopware/admin', router: framed },
        ];
      },
    });
  });
  afterEach(() => fixture.close());

  const get = (path: string): Promise<Answer> => call(`${fixture.url}${path}`, { method: 'GET' });
  const open = (rawQuery = query()): Promise<Answer> => get(`/shopware/admin?${rawQuery}`);
  const meta = (answer: Answer, name: string): string | undefined =>
    new RegExp(`<meta name="loyalty-${name}" content="([^"]*)"`).exec(String(answer.body))?.[1];

  it('carry a session of the shop that opened them, and find their files', async () => {
    const answer = await open(query({ locale: 'de-DE' }));
    expect(answer.status).toBe(200);
    expect(sessions.open(meta(answer, 'session') ?? '')).toMatchObject({
      programmeId: 'p1',
      shopId: 'shop-1',
      role: 'manage',
      actor: 'administration',
      isPerson: false,
    });
    expect([meta(answer, 'locale'), meta(answer, 'frame')]).toEqual(['de-DE', 'shopware']);
    expect(String(answer.body)).toContain('src="../ui/assets/index-1.js"');
    expect((await get('/ui/assets/index-1.js')).headers['cache-control']).toContain('immutable');
  });

  it('may be shown by the administration only, and run nothing but their own files', async () => {
    const { headers } = await open();
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain('frame-ancestors http://shop.example:8000');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
  });

  it('stand alone without a session, and in no frame', async () => {
    const answer = await get('/ui/');
    expect(meta(answer, 'session')).toBe('');
    expect(String(answer.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
    expect(await get('/ui')).toMatchObject({ status: 308, headers: { location: 'ui/' } });
    expect((await get('/ui/assets/nowhere.js')).status).toBe(404);
  });

  it('write what they were told into the page as text', async () => {
    const answer = await open(query({ locale: '%22%3E%3Cscript%3E' }));
    expect(String(answer.body)).not.toContain('"><script>');
    expect(answer.status).toBe(200);
  });

  it.each<[string, string, number, string]>([
    ['no signature', 'shop-id=Shop1', 401, 'MISSING_SIGNATURE'],
    ['another secret', query({ secret: 'somebody-elses' }), 401, 'BAD_SIGNATURE'],
    ['an unknown shop', query({ shop: 'Shop2' }), 401, 'BAD_SIGNATURE'],
    ['an old address', query({ atMs: START_MS - 301_000 }), 401, 'TIMESTAMP_OUT_OF_TOLERANCE'],
    ['no time', `shop-id=Shop1&shop-url=http://a&shopware-shop-signature=x`, 422, 'INVALID_INPUT'],
    ['no address', `shop-id=Shop1&shop-url=nowhere&timestamp=1&shopware-shop-signature=x`, 422, 'INVALID_INPUT'],
    ['a changed word', query().replace('en-GB', 'de-DE'), 401, 'BAD_SIGNATURE'],
  ])('are locked with %s, which the administration can show', async (_name, rawQuery, status, code) => {
    const answer = await open(rawQuery);
    expect([answer.status, answer.headers['x-error-code'], meta(answer, 'session')]).toEqual([status, code, '']);
    expect(String(answer.headers['content-security-policy'])).toContain('frame-ancestors *');
  });

  it('say how to build them when nobody has', async () => {
    const empty = createAdminPages(join(directory, 'nowhere'));
    const other = await openFixture({ routers: () => [{ path: '/ui', router: empty.router }] });
    const answer = await call(`${other.url}/ui/`, { method: 'GET' });
    await other.close();
    expect(answer).toMatchObject({
      status: 503,
      body: { error: { details: { problem: expect.stringContaining('npm run build:ui') as string } } },
    });
  });

  it('load all their files, however few requests an address has', async () => {
    const clock = new ManualClock(START_MS);
    const env = { API_RATE_PER_MINUTE: '2' };
    const composed = await startSidecar({ clock, random: () => 0.5, env, pagesDirectory: directory });
    const codes: number[] = [];
    for (let file = 0; file < 5; file += 1) {
      codes.push((await call(`${composed.url}/ui/assets/index-1.js`, { method: 'GET' })).status);
    }
    for (let page = 0; page < 3; page += 1) codes.push((await call(`${composed.url}/ui/`, { method: 'GET' })).status);
    await composed.close();
    expect(codes).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
  });
});
