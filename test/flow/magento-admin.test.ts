/** The admin pages in Magento's administration: opened by the address it signed, by whom and with what rights it says. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import { seededRandom } from '../simulation/random';
import { pairingCode, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { call, type Answer } from './http-fixture';

const TEMPLATE =
  '<meta name="loyalty-session" content="" /><meta name="loyalty-locale" content="" /><meta name="loyalty-frame" content="" />';

describe('the admin pages in Magento', () => {
  const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
  const random = seededRandom(11);
  const directory = mkdtempSync(join(tmpdir(), 'loyalty-pages-'));
  const newShop = () => createSandboxMagento({ clock, random: () => random.next() });
  const shop = newShop();
  const other = newShop();
  let composed: ComposedSidecar;
  let memberId: string;

  beforeAll(async () => {
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'index.html'), TEMPLATE);
    composed = await startSidecar({ clock, random: () => random.next(), pagesDirectory: directory });
    await publish(composed.sidecar.context, programmeDocument({ approvals: { adjustmentsAbove: 100 } }));
    for (const one of [shop, other]) {
      await one.start();
      await one.connect(composed.url, await pairingCode(composed.url, 'default'));
    }
    const customerId = shop.registerCustomer({ email: 'mary@example.com' });
    await settle(composed, shop);
    const identity = composed.storage.db.selectFrom('member_identity').select('member_id').where('customer_id', '=', customerId);
    memberId = (await identity.executeTakeFirstOrThrow()).member_id;
  });
  afterAll(async () => {
    await composed.close();
    await Promise.all([shop.stop(), other.stop()]);
    rmSync(directory, { recursive: true });
  });

  const open = (address: string): Promise<Answer> => call(address, { method: 'GET' });
  const meta = (answer: Answer, name: string): string =>
    new RegExp(`<meta name="loyalty-${name}" content="([^"]*)"`).exec(String(answer.body))?.[1] ?? '';
  const session = async (visit: Parameters<typeof shop.adminPage>[0]): Promise<string> =>
    meta(await open(shop.adminPage(visit)), 'session');
  const ask = (method: string, path: string, token: string, body?: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const adjust = (token: string, idempotencyKey: string, points = 50): Promise<Answer> =>
    ask('POST', `/admin/members/${memberId}/adjustments`, token, {
      points,
      reason: 'a late parcel',
      actor: 'somebody else',
      idempotencyKey,
    });

  it('open for whoever Magento says, in that administration and its language', async () => {
    const answer = await open(shop.adminPage({ user: 'Анна Müller', role: 'support', locale: 'de-DE' }));
    expect([answer.status, meta(answer, 'frame'), meta(answer, 'locale')]).toEqual([200, 'magento', 'de-DE']);
    expect(String(answer.headers['content-security-policy'])).toContain(`frame-ancestors ${shop.url}`);
    expect(answer.headers['x-frame-options']).toBeUndefined();
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    const { body } = await ask('GET', '/admin/session', meta(answer, 'session'));
    expect(body).toMatchObject({ actor: 'Анна Müller', role: 'support', programmeId: 'default', shop: { platform: 'magento' } });
  });

  it('sign changes with the name of the user, whatever the request says', async () => {
    expect((await adjust(await session({ user: 'anna' }), 'signed-01')).status).toBe(201);
    const decisions = composed.storage.db.selectFrom('decision').select('inputs').where('kind', '=', 'adjustment');
    const written = (await decisions.execute()).map(({ inputs }) => inputs).join();
    expect(written).toContain('"actor":"anna"');
    expect(written).not.toContain('somebody else');
  });

  it('let one user confirm what another asks for, since Magento knows them by name', async () => {
    const [anna, ben] = [await session({ user: 'anna' }), await session({ user: 'ben', role: 'support' })];
    const { status, body } = await adjust(anna, 'asked-001', 500);
    expect(status).toBe(202);
    const { requestId } = (body as { request: { requestId: string } }).request;
    const confirm = (token: string): Promise<Answer> =>
      ask('POST', `/admin/adjustment-requests/${requestId}/decision`, token, {
        decision: 'confirmed',
        reason: 'looked at it',
        actor: 'somebody else',
      });
    expect((await confirm(anna)).status).toBe(403);
    expect(await confirm(ben)).toMatchObject({
      status: 200,
      body: { status: 'confirmed', requestedBy: 'anna', decidedBy: 'ben' },
    });
  });

  it('let nobody do more than the role allows', async () => {
    const view = await session({ role: 'view' });
    expect((await adjust(view, 'view-0001')).status).toBe(403);
    expect((await ask('GET', `/admin/members/${memberId}`, view)).status).toBe(200);
    const support = await session({ role: 'support' });
    expect((await adjust(support, 'support-1')).status).toBe(201);
    expect((await ask('GET', '/admin/staff', support)).status).toBe(200);
    expect((await ask('POST', '/admin/pairing-codes', support, { programmeId: 'default' })).status).toBe(403);
    const manage = await session({ role: 'manage' });
    expect((await ask('POST', '/admin/pairing-codes', manage, { programmeId: 'default' })).status).toBe(201);
  });

  it('open once by an address, also when two ask at once', async () => {
    const address = shop.adminPage();
    const answers = await Promise.all([open(address), open(address)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await open(address)).headers['x-error-code']).toBe('TIMESTAMP_OUT_OF_TOLERANCE');
    expect((await open(shop.adminPage())).status).toBe(200);
  });

  it.each<[string, (address: URL) => void]>([
    ['another shop', (address) => address.searchParams.set('shop', 'another')],
    ['another administration', (address) => address.searchParams.set('admin', 'https://evil.example')],
    ['another user', (address) => address.searchParams.set('user', 'root')],
    ['another role', (address) => address.searchParams.set('role', 'manage')],
    ['another language', (address) => address.searchParams.set('locale', 'pt-PT')],
    ['another time', (address) => address.searchParams.set('timestamp', '1772359201')],
    ['another nonce', (address) => address.searchParams.set('nonce', 'nonce-of-my-own-01')],
  ])('stay locked with %s than was signed', async (_what, change) => {
    const address = new URL(shop.adminPage({ role: 'view' }));
    change(address);
    const answer = await open(address.href);
    expect([answer.status, answer.headers['x-error-code'], meta(answer, 'session')]).toEqual([401, 'BAD_SIGNATURE', '']);
  });

  it('stay locked for a role that does not exist, though it is signed', async () => {
    const answer = await open(shop.adminPage({ role: 'owner' }));
    expect([answer.status, answer.headers['x-error-code'], meta(answer, 'session')]).toEqual([422, 'INVALID_INPUT', '']);
  });

  it('stay locked with the secret of another shop', async () => {
    const [mine, theirs] = [new URL(shop.adminPage()), new URL(other.adminPage())];
    theirs.searchParams.set('shop', mine.searchParams.get('shop') ?? '');
    expect((await open(theirs.href)).headers['x-error-code']).toBe('BAD_SIGNATURE');
  });

  it('stay locked by an address that has lain about', async () => {
    const address = shop.adminPage();
    clock.advance(301_000);
    expect((await open(address)).headers['x-error-code']).toBe('TIMESTAMP_OUT_OF_TOLERANCE');
  });

  it('forget opened addresses once these are too old anyway', async () => {
    clock.advance(2 * 86_400_000);
    await composed.sidecar.runJob('purge');
    expect(await composed.storage.db.selectFrom('opened_address').selectAll().execute()).toEqual([]);
  });

  it('end with the shop: neither a new address nor a renewal', async () => {
    const token = await session({});
    const { body } = await ask('GET', '/admin/session', token);
    const { shopId } = (body as { shop: { shopId: string } }).shop;
    await composed.storage.db.updateTable('shop').set({ status: 'deleted' }).where('shop_id', '=', shopId).execute();
    expect((await ask('POST', '/admin/session/renewal', token)).status).toBe(401);
    clock.advance(61_000);
    expect((await open(shop.adminPage())).headers['x-error-code']).toBe('BAD_SIGNATURE');
  });
});
