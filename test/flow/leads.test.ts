/** An address left in a form of the shop, the mail an integrator sends, the link, and the account it pays off in. */
import { ManualClock } from '../../sidecar/src/clock';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { startMailServer } from '../support/mail-server';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { startReceiver, verified, type WebhookReceiver } from '../support/webhook-receiver';
import { call, errorCode, type Answer } from './http-fixture';

const leads = {
  consent: { version: 'v1', texts: { en: 'Yes, write to me & mine.', de: 'Ja, schreibt mir.' } },
  points: 30,
  voucher: { amountOff: { EUR: 5 }, validDays: 30 },
};

describe.each(sandboxShops)('the form of a %s shop whose mails are ours', (_platform, open) => {
  it('has the mail sent in its language, again while the server is down, and by nobody else', async () => {
    const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    const server = await startMailServer();
    const env = { SMTP_URL: server.url, MAIL_FROM: 'Club <club@example.com>' };
    const composed = await startSidecar({ clock, random: () => random.next(), env });
    const shop = open(clock, () => random.next());
    try {
      const channels = { lead_confirmation_requested: { smtp: true } };
      await publish(composed.sidecar.context, programmeDocument({ leads, messages: { channels } }));
      await shop.sandbox.start();
      await shop.connect(composed);
      await settle(composed, shop.sandbox);
      const { page } = (shop.terms() as { leads: { page: string } }).leads;
      const submit = (url: string, fields: Record<string, string>): Promise<Answer> =>
        call(url, {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(fields).toString(),
        });
      const form = { email: 'ann@example.com', agreed: '1', textVersion: 'v1', source: 'footer', website: '' };
      const send = (): Promise<unknown> => Promise.resolve(composed.sidecar.mails?.runOnce());
      const { db } = composed.storage;
      expect(await submit(`${page}/de`, form)).toMatchObject({ status: 200 });
      const [waiting] = await db.selectFrom('mail_delivery').selectAll().execute();
      expect(JSON.stringify(waiting)).not.toContain('ann@example.com');
      server.answers.push(451);
      await send();
      expect(server.received).toEqual([]);
      clock.advance(3_600_000);
      await send();
      expect(server.received.map(({ to, headers }) => [to, headers['subject']])).toEqual([
        [['ann@example.com'], 'Bitte bestätige deine Adresse'],
      ]);
      expect(server.received[0]?.headers['list-unsubscribe']).toBeUndefined();
      // Three mails an address, ten minutes apart.
      for (let asked = 0; asked < 5; asked += 1) {
        await submit(`${page}/de`, form);
        clock.advance(660_000);
        await send();
      }
      expect(server.received).toHaveLength(3);
      expect(await db.selectFrom('webhook_delivery').select('delivery_id').execute()).toEqual([]);
      const link = /https?:\/\/\S+/.exec(server.received[2]?.text ?? '')?.[0] ?? '';
      expect((await submit(link, {})).body).toContain('Deine Adresse ist bestätigt');
      expect(await db.selectFrom('mail_delivery').select('mail_id').execute()).toEqual([]);
      expect(await db.selectFrom('signup_lead').select(['status', 'email', 'language']).execute()).toEqual([
        { status: 'confirmed', email: null, language: 'de' },
      ]);
    } finally {
      await composed.close();
      await shop.sandbox.stop();
      await server.close();
    }
  });
});

describe.each(sandboxShops)('the form of a %s shop', (platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let receiver: WebhookReceiver;
  let secret: string;
  let page: string;

  const post = (path: string, body: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const submit = (url: string, fields: Record<string, string>): Promise<Answer> =>
    call(url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const form = { email: 'ann@example.com', agreed: '1', textVersion: 'v1', source: 'footer', website: '' };

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    receiver = await startReceiver();
    composed = await startSidecar({ clock, random: () => random.next() });
    const path = `/admin/programmes/${PROGRAMME_ID}`;
    const draft = await post(`${path}/drafts`, { document: programmeDocument({ accrual: { lockDays: 0 }, leads }) });
    const { versionId } = draft.body as { versionId: string };
    const tooEarly = await post(`${path}/versions/${versionId}/publish`, {});
    expect(tooEarly).toMatchObject({ status: 409, body: { error: { details: { reason: 'leads_without_channel' } } } });
    const hook = await post('/admin/webhooks', {
      programmeId: PROGRAMME_ID,
      url: receiver.url,
      kinds: ['lead_confirmation_requested'],
    });
    secret = (hook.body as { secret: string }).secret;
    expect(await post(`${path}/versions/${versionId}/publish`, {})).toMatchObject({ status: 200 });
    shop = open(clock, () => random.next());
    await shop.sandbox.start();
    await shop.connect(composed);
    await settle(composed, shop.sandbox);
    ({ page } = (shop.terms() as { leads: { page: string } }).leads);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
    await receiver.close();
  });

  const mailed = async (): Promise<{ email: string; figures: { url: string } }[]> => {
    await composed.sidecar.outgoing.runOnce();
    return receiver.received.map((one) => {
      verified(one, secret, clock);
      return (JSON.parse(one.raw.toString()) as { data: { email: string; figures: { url: string } } }).data;
    });
  };

  it('leads from the form to points and a voucher in the shop, with a button in between', async () => {
    const shown = await call(`${page}/de`, { method: 'GET' });
    expect(shown).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=300' } });
    expect(shown.body).toContain('Ja, schreibt mir.');
    expect(shown.body).not.toContain('<script');
    const asked = await submit(`${page}/en`, form);
    expect(asked).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(await submit(`${page}/en`, form)).toMatchObject({ status: 200, body: asked.body });
    const [mail, ...others] = await mailed();
    expect([mail?.email, others]).toEqual(['ann@example.com', []]);
    const link = mail?.figures.url ?? '';
    const read = await call(link, { method: 'GET' });
    expect(read.body).toContain('<button type="submit">Yes, sign me up</button>');
    const { db } = composed.storage;
    expect(await db.selectFrom('signup_lead').select('status').execute()).toEqual([{ status: 'requested' }]);
    expect((await submit(link, {})).body).toContain('Your address is confirmed');
    expect((await submit(link, {})).body).toContain('Your address is confirmed');
    expect(await db.selectFrom('webhook_delivery').select('delivery_id').execute()).toEqual([]);
    const customerId = shop.sandbox.registerCustomer({ email: 'Ann@example.com' });
    await settle(composed, shop.sandbox);
    await settle(composed, shop.sandbox);
    expect(shop.shown(customerId).points).toBe(30);
    const member = shop.sandbox.member(customerId);
    const details = (member['details'] ?? {}) as { vouchers?: unknown };
    const fields = (member['customFields'] ?? {}) as { loyalty_vouchers?: unknown };
    expect(platform === 'Shopware' ? fields.loyalty_vouchers : details.vouchers).toHaveLength(1);
    // Whether it is known or not, the answer is the same.
    expect((await submit(`${page}/en`, form)).body).toBe(asked.body);
    expect((await submit(`${page}/en`, { ...form, email: 'nobody@example.com' })).body).toBe(asked.body);
    expect(await verifyBooks(db)).toMatchObject({ ok: true });
  });

  it('takes nothing without an address and a yes to the present text, and nothing from programs', async () => {
    expect(await submit(`${page}/en`, { ...form, email: 'no address' })).toMatchObject({ status: 422 });
    expect(await submit(`${page}/en`, { ...form, agreed: '' })).toMatchObject({ status: 422 });
    expect(await submit(`${page}/en`, { ...form, textVersion: 'v0' })).toMatchObject({ status: 422 });
    expect(await submit(`${page}/en`, { ...form, website: 'https://spam.example' })).toMatchObject({ status: 200 });
    expect(await submit(`${composed.url}/leads/nowhere/en`, form)).toMatchObject({ status: 404 });
    expect(await call(`${composed.url}/leads/confirm/x.${'A'.repeat(43)}`, { method: 'GET' })).toMatchObject({ status: 404 });
    expect(await mailed()).toEqual([]);
  });

  it('has an API beside it, which tells nobody who is known', async () => {
    const { shop_id: shopId } = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    const request = { shopId, email: 'bob@example.com', language: 'de', textVersion: 'v1', source: 'app' };
    expect(await post('/v1/leads', request)).toMatchObject({ status: 202, body: { heard: true } });
    expect(await post('/v1/leads', request)).toMatchObject({ status: 202, body: { heard: true } });
    expect(errorCode(await post('/v1/leads', { ...request, textVersion: 'v0' }))).toBe('INVALID_INPUT');
    expect(errorCode(await post('/v1/leads', { ...request, email: 'bob' }))).toBe('INVALID_INPUT');
    const counts = (): Promise<Answer> =>
      call(`${composed.url}/admin/shops/${shopId}/leads`, { method: 'GET', headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    expect(await counts()).toMatchObject({ body: { requested: 1, confirmed: 0 } });
    const withdrawal = { shopId, email: 'bob@example.com' };
    expect(await post('/v1/leads/withdrawal', withdrawal)).toMatchObject({ body: { heard: true } });
    expect(await post('/v1/leads/withdrawal', { ...withdrawal, email: 'eve@example.com' })).toMatchObject({
      body: { heard: true },
    });
    expect(await counts()).toMatchObject({ body: { requested: 0, withdrawn: 1 } });
  });
});
