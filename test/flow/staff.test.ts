/** Staff on the admin pages: accounts, logins, what a session may do. */
import { scryptSync } from 'node:crypto';
import { ManualClock } from '../../sidecar/src/clock';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { createEmailHasher } from '../../sidecar/src/security/identity-hash';
import { ADMIN_TOKEN, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { insertShop } from '../support/stand-in-platform';
import { call, errorCode, type Answer } from './http-fixture';

const PASSWORD = 'a long password 1';

describe('staff', () => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let memberId: string;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    composed = await startSidecar({ clock, random: () => 0.5 });
    for (const programmeId of ['default', 'foreign']) {
      await publish(composed.sidecar.context, programmeDocument(), undefined, programmeId);
      await insertShop(composed.storage.db, `shop-${programmeId}`);
      await composed.storage.db
        .updateTable('shop')
        .set({ programme_id: programmeId })
        .where('shop_id', '=', `shop-${programmeId}`)
        .execute();
    }
    memberId = await registerCustomer(composed.sidecar.context, {
      programmeId: 'default',
      shopId: 'shop-default',
      customerId: 'customer-1',
      emailHash: createEmailHasher(Buffer.alloc(32, 7))('Mary@Example.com'),
      customerGroup: null,
      registeredAt: '2026-01-01T00:00:00.000Z',
      mirrorMissing: false,
      emailVerified: false,
      messageIds: [],
    });
  });
  afterEach(() => composed.close());

  const ask = (method: string, path: string, token: string, body?: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const open = (change: object = {}): Promise<Answer> =>
    ask('POST', '/admin/staff', ADMIN_TOKEN, {
      programmeId: 'default',
      name: 'Anna',
      role: 'support',
      password: PASSWORD,
      ...change,
    });
  const logIn = (name = 'anna', password = PASSWORD): Promise<Answer> => ask('POST', '/staff/login', '', { name, password });
  const tokenOf = async (name = 'anna', password = PASSWORD): Promise<string> =>
    ((await logIn(name, password)).body as { token: string }).token;

  it('log in by name, whatever its case, and see who they are', async () => {
    expect(await open()).toMatchObject({ status: 201, body: { name: 'anna', role: 'support', password: null } });
    const token = await tokenOf('ANNA');
    expect(await ask('GET', '/admin/session', token)).toMatchObject({
      status: 200,
      body: { actor: 'anna', role: 'support', programmeId: 'default', programme: { name: 'Test programme' }, shop: null },
    });
  });

  it('get a password made for them when none is given, shown once', async () => {
    const made = (await open({ password: undefined })).body as { password: string; staffId: string };
    expect(await logIn('anna', made.password)).toMatchObject({ status: 200 });
    const { body } = await ask('GET', '/admin/staff', ADMIN_TOKEN);
    expect(JSON.stringify(body)).not.toContain(made.password);
    const changed = await ask('PATCH', `/admin/staff/${made.staffId}`, ADMIN_TOKEN, { newPassword: true });
    expect((await logIn('anna', made.password)).status).toBe(401);
    expect((await logIn('anna', (changed.body as { password: string }).password)).status).toBe(200);
  });

  it('are refused alike for a wrong name, a wrong password, a closed account and too many guesses', async () => {
    const { staffId } = (await open()).body as { staffId: string };
    const refusals = [await logIn('nobody'), await logIn('anna', 'wrong')];
    for (let guess = 0; guess < 4; guess += 1) refusals.push(await logIn('anna', 'wrong'));
    refusals.push(await logIn());
    expect(new Set(refusals.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(refusals.map(errorCode))).toEqual(new Set(['UNAUTHORIZED']));
    clock.advance(60_000);
    expect((await logIn()).status).toBe(200);
    await ask('PATCH', `/admin/staff/${staffId}`, ADMIN_TOKEN, { disabled: true });
    expect((await logIn()).status).toBe(401);
  });

  it('may come as many as they are from one address, which may be wrong ten times a minute', async () => {
    await open();
    // Checked as cheaply as stored hashes allow: what counts here is how often.
    const cheap = scryptSync(PASSWORD, 'salt', 32, { N: 2, r: 1, p: 1 }).toString('base64url');
    const hash = `scrypt$2$1$1$${Buffer.from('salt').toString('base64url')}$${cheap}`;
    await composed.storage.db.updateTable('staff_account').set({ password_hash: hash }).execute();
    for (let person = 0; person < 11; person += 1) expect((await logIn()).status).toBe(200);
    for (let guess = 0; guess < 10; guess += 1) expect((await logIn('anna', 'wrong')).status).toBe(401);
    expect(await logIn('anna', 'wrong')).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } });
  });

  it('sign what they change with their own name', async () => {
    await open();
    const body = { points: 50, reason: 'goodwill', actor: 'somebody else', idempotencyKey: 'ticket-0001' };
    expect(await ask('POST', `/admin/members/${memberId}/adjustments`, await tokenOf(), body)).toMatchObject({ status: 201 });
    const decision = await composed.storage.db
      .selectFrom('decision')
      .selectAll()
      .where('kind', '=', 'adjustment')
      .executeTakeFirstOrThrow();
    expect(`${decision.inputs}${decision.outcome}${decision.reasons}`).toContain('anna');
    expect(`${decision.inputs}${decision.outcome}${decision.reasons}`).not.toContain('somebody else');
  });

  it('do what their role allows, in their programme', async () => {
    await open({ name: 'viewer', role: 'view' });
    await open({ name: 'foreigner', role: 'manage', programmeId: 'foreign' });
    const body = { points: 50, reason: 'goodwill', actor: '-', idempotencyKey: 'ticket-0001' };
    expect(await ask('POST', `/admin/members/${memberId}/adjustments`, await tokenOf('viewer'), body)).toMatchObject({
      status: 403,
    });
    const foreign = await tokenOf('foreigner');
    expect((await ask('GET', `/admin/members/${memberId}`, foreign)).status).toBe(404);
    expect((await ask('GET', '/admin/members?programmeId=default', foreign)).status).toBe(404);
    expect((await ask('POST', '/admin/staff', foreign, { programmeId: 'default', name: 'x1', role: 'view' })).status).toBe(404);
    expect((await ask('GET', '/admin/api-keys', foreign)).status).toBe(403);
  });

  it('end with their account, at the next renewal', async () => {
    const { staffId } = (await open()).body as { staffId: string };
    const token = await tokenOf();
    const renewed = await ask('POST', '/admin/session/renewal', token);
    expect(renewed).toMatchObject({ status: 200, body: { lifetimeMs: 20 * 60_000 } });
    await ask('PATCH', `/admin/staff/${staffId}`, ADMIN_TOKEN, { role: 'view' });
    const lesser = ((await ask('POST', '/admin/session/renewal', token)).body as { token: string }).token;
    expect(await ask('GET', '/admin/session', lesser)).toMatchObject({ body: { role: 'view' } });
    await ask('PATCH', `/admin/staff/${staffId}`, ADMIN_TOKEN, { disabled: true });
    expect((await ask('POST', '/admin/session/renewal', token)).status).toBe(401);
    clock.advance(20 * 60_000);
    expect((await ask('GET', '/admin/session', token)).status).toBe(401);
  });

  it('have names of their own', async () => {
    await open();
    expect(await open({ name: 'ANNA' })).toMatchObject({ status: 409 });
    expect(await open({ name: 'a b' })).toMatchObject({ status: 422 });
    expect(await open({ name: 'short', password: 'short' })).toMatchObject({ status: 422 });
    expect(await open({ name: 'lost', programmeId: 'nowhere' })).toMatchObject({ status: 404 });
  });

  it('find members by what they were told', async () => {
    const search = async (text: string): Promise<unknown> => {
      const query = new URLSearchParams({ programmeId: 'default', search: text }).toString();
      return ((await ask('GET', `/admin/members?${query}`, ADMIN_TOKEN)).body as { members: { memberId: string }[] }).members.map(
        (one) => one.memberId,
      );
    };
    expect(await search('mary@example.com ')).toEqual([memberId]);
    expect(await search('customer-1')).toEqual([memberId]);
    expect(await search(memberId)).toEqual([memberId]);
    expect(await search('mary')).toEqual([]);
    expect(await ask('GET', '/admin/members?search=x', ADMIN_TOKEN)).toMatchObject({ status: 422 });
  });

  it('see how it stands with their shops only', async () => {
    await open({ role: 'view' });
    const { body } = await ask('GET', '/admin/health', await tokenOf());
    const { shops } = body as { shops: { shopId: string }[] };
    expect(shops).toMatchObject([{ shopId: 'shop-default', inbox: { waiting: 0, dead: 0, oldestAt: null } }]);
    expect((await ask('GET', '/admin/shops/shop-foreign/dead-letters', await tokenOf())).status).toBe(404);
    expect((await ask('POST', '/admin/shops/shop-default/dead-letters/replay', await tokenOf())).status).toBe(403);
  });
});
