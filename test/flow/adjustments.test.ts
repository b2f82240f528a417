/** Points by hand over HTTP: who may ask, and who may answer. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../sidecar/src/clock';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { call, errorCode, type Answer } from './http-fixture';

const PASSWORD = 'a long password 1';

describe('points by hand', () => {
  const pages = mkdtempSync(join(tmpdir(), 'loyalty-pages-'));
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let memberId: string;

  beforeAll(() => {
    mkdirSync(join(pages, 'assets'));
    writeFileSync(join(pages, 'index.html'), '<meta name="loyalty-session" content="" />');
  });
  afterAll(() => rmSync(pages, { recursive: true }));
  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    composed = await startSidecar({ clock, random: () => 0.5, pagesDirectory: pages });
    await publish(composed.sidecar.context, programmeDocument({ approvals: { adjustmentsAbove: 100 } }));
    await publish(composed.sidecar.context, programmeDocument(), undefined, 'foreign');
    shop = createSandboxShopware({ clock, random: () => 0.5, ...APP });
    await shop.start();
    await shop.connect(composed.url);
    await settle(composed, shop);
    const { shop_id: shopId } = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    memberId = await registerCustomer(composed.sidecar.context, {
      programmeId: 'default',
      shopId,
      customerId: 'customer-1',
      emailHash: 'e1',
      customerGroup: null,
      registeredAt: clock.now(),
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
    for (const [name, role] of [
      ['anna', 'support'],
      ['ben', 'support'],
      ['vera', 'view'],
    ]) {
      await ask('POST', '/admin/staff', ADMIN_TOKEN, { programmeId: 'default', name, role, password: PASSWORD });
    }
    await ask('POST', '/admin/staff', ADMIN_TOKEN, { programmeId: 'foreign', name: 'frank', role: 'manage', password: PASSWORD });
  });
  afterEach(async () => {
    await composed.close();
    await shop.stop();
  });

  const ask = (method: string, path: string, token: string, body?: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const tokenOf = async (name: string): Promise<string> =>
    ((await ask('POST', '/staff/login', '', { name, password: PASSWORD })).body as { token: string }).token;
  const adjust = (token: string, points: number, key = `ticket-${points}`): Promise<Answer> =>
    ask('POST', `/admin/members/${memberId}/adjustments`, token, {
      points,
      reason: 'lost parcel',
      actor: 'somebody',
      idempotencyKey: key,
    });
  const idOf = ({ body }: Answer): string => (body as { request: { requestId: string } }).request.requestId;
  const decide = (token: string, requestId: string, decision: string): Promise<Answer> =>
    ask('POST', `/admin/adjustment-requests/${requestId}/decision`, token, { decision, reason: 'looked at it', actor: '-' });
  /** The session in the page that the administration of the shop frames. */
  async function administration(): Promise<string> {
    const page = await (await fetch(shop.modulePage())).text();
    return /name="loyalty-session" content="([^"]+)"/.exec(page)?.[1] ?? '';
  }

  it('above the limit wait for another account', async () => {
    const [anna, ben] = [await tokenOf('anna'), await tokenOf('ben')];
    expect(await adjust(anna, 100)).toMatchObject({ status: 201, body: { request: null } });
    const asked = await adjust(anna, 500);
    expect(asked).toMatchObject({
      status: 202,
      body: { entryId: null, request: { status: 'pending', requestedBy: 'anna', isOwn: true, mayAnswer: false } },
    });
    expect(await adjust(anna, 500)).toMatchObject({ status: 202 });
    const own = await decide(anna, idOf(asked), 'confirmed');
    expect([own.status, errorCode(own)]).toEqual([403, 'FORBIDDEN']);
    expect((await decide(await tokenOf('vera'), idOf(asked), 'confirmed')).status).toBe(403);
    expect((await decide(await tokenOf('frank'), idOf(asked), 'confirmed')).status).toBe(404);
    const listed = await ask('GET', '/admin/adjustment-requests?status=pending', ben);
    expect(listed.body).toMatchObject({ requests: [{ memberId, points: 500, isOwn: false, mayAnswer: true }], next: null });
    expect(await decide(ben, idOf(asked), 'confirmed')).toMatchObject({
      status: 200,
      body: { status: 'confirmed', decidedBy: 'ben', decidedReason: 'looked at it' },
    });
    expect(await decide(ben, idOf(asked), 'confirmed')).toMatchObject({ status: 200 });
    expect(await decide(ben, idOf(asked), 'refused')).toMatchObject({ status: 409 });
    expect(await adjust(anna, 500)).toMatchObject({ status: 200, body: { request: { status: 'confirmed' } } });
    expect((await ask('GET', `/admin/members/${memberId}`, ben)).body).toMatchObject({ available: 600 });
    expect((await ask('GET', '/admin/adjustment-requests', await tokenOf('frank'))).body).toMatchObject({ requests: [] });
  });

  it('can be asked for by keys, operators and a shop’s administration, which confirm nothing', async () => {
    const { secret } = (
      await ask('POST', '/admin/api-keys', ADMIN_TOKEN, {
        programmeId: 'default',
        name: 'CRM',
        scopes: ['members:read', 'members:write'],
      })
    ).body as { secret: string };
    const framed = await administration();
    const ids: string[] = [];
    for (const [token, key] of [
      [secret, 'by-a-key'],
      [ADMIN_TOKEN, 'by-operators'],
      [framed, 'by-a-shop'],
    ] as const) {
      const asked = await adjust(token, 500, key);
      expect(asked).toMatchObject({ status: 202, body: { request: { isOwn: true, mayAnswer: false } } });
      ids.push(idOf(asked));
    }
    for (const token of [secret, ADMIN_TOKEN, framed]) {
      for (const id of ids) expect((await decide(token, id, 'confirmed')).status).toBe(403);
    }
    const [byKey = '', byOperators = '', byShop = ''] = ids;
    expect(await decide(secret, byKey, 'withdrawn')).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    expect((await decide(secret, byOperators, 'withdrawn')).status).toBe(403);
    const anna = await tokenOf('anna');
    expect(await decide(anna, byOperators, 'refused')).toMatchObject({ status: 200 });
    expect(await decide(anna, byShop, 'confirmed')).toMatchObject({ status: 200 });
    expect((await ask('GET', `/admin/members/${memberId}`, anna)).body).toMatchObject({ available: 500 });
  });

  it('tell the pages where the limit is', async () => {
    expect((await ask('GET', '/admin/session', await tokenOf('anna'))).body).toMatchObject({
      programme: { adjustmentsAbove: 100 },
    });
  });

  it('show the profile and vouchers of a member to whom they belong', async () => {
    const anna = await tokenOf('anna');
    expect(await ask('GET', `/admin/members/${memberId}/profile`, anna)).toMatchObject({
      status: 200,
      body: { tier: null, nextTier: { code: 'silver', missing: 20_000 }, company: null },
    });
    expect(await ask('GET', `/admin/members/${memberId}/vouchers`, anna)).toMatchObject({
      status: 200,
      body: { vouchers: [], next: null },
    });
    const foreign = await tokenOf('frank');
    for (const part of ['profile', 'vouchers']) {
      expect((await ask('GET', `/admin/members/${memberId}/${part}`, foreign)).status).toBe(404);
    }
  });
});
