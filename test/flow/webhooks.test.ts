/** An integrator adds an endpoint over HTTP, and is told what happens to a shop's customers. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { contentOf, startReceiver, verified, type WebhookReceiver } from '../support/webhook-receiver';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

describe.each(sandboxShops)('outgoing webhooks for a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    ({ clock, composed, shop } = await connectShop(
      open,
      programmeDocument({ messages: { language: 'es' }, welcome: { points: 10 } }),
    ));
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
    await receiver.close();
  });

  async function call(method: string, path: string, body?: object, token = ADMIN_TOKEN): Promise<Answer> {
    const response = await fetch(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  async function create(change: object = {}): Promise<{ path: string; secret: string }> {
    const created = await call('POST', '/admin/webhooks', { programmeId: 'default', url: receiver.url, ...change });
    expect(created.status).toBe(201);
    const { endpointId, secret } = created.body as { endpointId: string; secret: string };
    return { path: `/admin/webhooks/${endpointId}`, secret };
  }
  const kinds = (): string[] => receiver.received.map((one) => contentOf(one).type);

  it('a customer of the shop is welcomed, and the endpoint hears of it', async () => {
    const { path, secret } = await create();
    expect(await call('POST', `${path}/ping`)).toMatchObject({ status: 202 });
    const customerId = shop.sandbox.registerCustomer({ email: 'a@example.com', locale: 'de-AT' });
    await settle(composed, shop.sandbox);
    receiver.answers.push(204, 503);
    await composed.sidecar.outgoing.runOnce();
    clock.advance(60_000);
    await composed.sidecar.outgoing.runOnce();
    expect(kinds()).toEqual(['loyalty.ping', 'loyalty.welcome', 'loyalty.welcome']);
    const last = receiver.received[2];
    expect(last && verified(last, secret, clock)).toBe(receiver.received[1]?.headers['webhook-id']);
    expect(last && contentOf(last).data).toMatchObject({
      accounts: [{ customerId: String(customerId) }],
      figures: { points: 10 },
      language: 'de',
    });
    const listed = (await call('GET', `${path}/deliveries?status=done`)).body as {
      deliveries: { kind: string; attempts: number }[];
    };
    expect(listed.deliveries.map(({ kind, attempts }) => `${kind} ${attempts}`)).toEqual(['welcome 2', 'ping 1']);
  });

  it('endpoints are listed without secrets, changed, given new secrets, and removed', async () => {
    const { path, secret } = await create({ kinds: ['tier_reached'] });
    const listed = await call('GET', '/admin/webhooks');
    expect(listed.body).toMatchObject({ webhooks: [{ kinds: ['tier_reached'], active: true }], next: null });
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    expect(await call('PATCH', path, { active: false })).toMatchObject({ body: { active: false, kinds: ['tier_reached'] } });
    expect(await call('POST', `${path}/ping`)).toMatchObject({ status: 202 });
    expect(await composed.sidecar.outgoing.runOnce()).toBe(0);
    expect(await call('PATCH', path, { active: true })).toMatchObject({ body: { active: true } });
    const rotated = (await call('POST', `${path}/secret`)).body as { secret: string; previousUntil: string };
    expect(rotated.previousUntil).toBe('2026-03-02T10:00:00.000Z');
    expect(await composed.sidecar.outgoing.runOnce()).toBe(1);
    for (const one of [secret, rotated.secret])
      expect(receiver.received.map((sent) => verified(sent, one, clock))).toHaveLength(1);
    expect(await call('POST', `${path}/replay`, { deliveries: 'all' })).toMatchObject({ body: { replayed: 0 } });
    expect(await call('DELETE', path)).toMatchObject({ status: 200 });
    expect(await call('GET', path)).toMatchObject({ status: 404 });
  });

  it('wrong input is refused by its field, and another programme’s key sees nothing', async () => {
    const wrong: (readonly [object, number])[] = [
      [{ programmeId: 'default', url: 'ftp://example.com' }, 422],
      [{ programmeId: 'default', url: 'https://user:secret@example.com' }, 422],
      [{ programmeId: 'default', url: receiver.url, kinds: ['birthday'] }, 422],
      [{ programmeId: 'default', url: receiver.url, kinds: [] }, 422],
      [{ url: receiver.url }, 422],
      [{ programmeId: 'nobody', url: receiver.url }, 404],
    ];
    for (const [body, status] of wrong) expect(await call('POST', '/admin/webhooks', body)).toMatchObject({ status });
    const { path } = await create();
    await publish(composed.sidecar.context, programmeDocument(), undefined, 'other');
    const scopes = ['webhooks:read', 'webhooks:write'];
    const { body } = await call('POST', '/admin/api-keys', { programmeId: 'other', name: 'crm', scopes });
    const key = body['secret'] as string;
    expect(await call('GET', '/admin/webhooks', undefined, key)).toMatchObject({ status: 200, body: { webhooks: [] } });
    for (const [method, below] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/ping'],
      ['POST', '/secret'],
      ['GET', '/deliveries'],
    ] as const) {
      expect(await call(method, `${path}${below}`, undefined, key)).toMatchObject({ status: 404 });
    }
  });

  it('a member’s consent is recorded and read', async () => {
    shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
    const { member_id: memberId } = await composed.storage.db.selectFrom('member').select('member_id').executeTakeFirstOrThrow();
    const path = `/admin/members/${memberId}/consents`;
    const said = { purpose: 'marketing', granted: true, source: 'checkout', actor: 'shop', textVersion: '2026-01' };
    expect(await call('PUT', path, said)).toMatchObject({ status: 200, body: { changed: true } });
    expect(await call('PUT', path, said)).toMatchObject({ body: { changed: false } });
    const withdrawal = { ...said, granted: false, at: '2026-02-01T00:00:00.000Z' };
    expect(await call('PUT', path, withdrawal)).toMatchObject({ status: 409 });
    expect(await call('PUT', path, { ...said, at: '2026-03-02T00:00:00.000Z' })).toMatchObject({ status: 422 });
    expect(await call('GET', path)).toMatchObject({
      body: {
        present: [
          { purpose: 'transactional', granted: true, since: null },
          { purpose: 'marketing', granted: true, since: '2026-03-01T10:00:00.000Z' },
        ],
        records: [{ purpose: 'marketing', textVersion: '2026-01' }],
        next: null,
      },
    });
  });
});
