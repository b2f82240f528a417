/** The sidecar sends mails of its own about customers of both shops, and they end what they no longer want to hear. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { startMailServer, type MailServer } from '../support/mail-server';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';

describe.each(sandboxShops)('mails to customers of a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let server: MailServer;

  beforeEach(async () => {
    server = await startMailServer();
    const env = { SMTP_URL: server.url, MAIL_FROM: 'Club <club@example.com>' };
    const messages = { language: 'es', delivery: 'smtp', channels: { segment_entered: { smtp: true } } };
    const segments = [{ code: 'all', name: 'Everybody', conditions: [{ kind: 'memberDays', atLeast: 0 }] }];
    const document = programmeDocument({ messages, segments, welcome: { points: 10 } });
    ({ clock, composed, shop } = await connectShop(open, document, { env }));
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
    await server.close();
  });

  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const memberId = async (): Promise<string> =>
    (await composed.storage.db.selectFrom('member').select('member_id').executeTakeFirstOrThrow()).member_id;
  const send = (): Promise<unknown> => Promise.resolve(composed.sidecar.mails?.runOnce());

  it('welcome in the customer’s own language, once, and the shop is not told as well', async () => {
    shop.sandbox.registerCustomer({ email: 'a@example.com', locale: 'de-DE' });
    await settle(composed, shop.sandbox);
    await send();
    expect(server.received.map(({ to, headers }) => [to, headers['subject']])).toEqual([
      [['a@example.com'], 'Willkommen bei Test programme'],
    ]);
    expect(server.received[0]?.text).toContain('Hallo Sam,\n\nSchön, dass du dabei bist.\n\nZum Start bekommst du: 10 Punkte.');
    const notices = await composed.storage.db
      .selectFrom('desired_state')
      .select('resource_id')
      .where('resource_type', '=', 'notice')
      .execute();
    expect(notices).toEqual([]);
    expect(await call('GET', `/admin/members/${await memberId()}/language`)).toMatchObject({ body: { language: 'de' } });
    expect(await call('GET', '/admin/mails')).toMatchObject({
      body: { mails: [{ kind: 'welcome', status: 'done' }], next: null },
    });
  });

  it('go by the language that is set over the API, until it is left to the shop again', async () => {
    shop.sandbox.registerCustomer({ email: 'a@example.com', locale: 'fr-FR' });
    await settle(composed, shop.sandbox);
    const path = `/admin/members/${await memberId()}/language`;
    expect(await call('GET', path)).toMatchObject({ body: { language: 'es' } });
    expect(await call('PUT', path, { language: 'pt' })).toMatchObject({ status: 200, body: { changed: true } });
    expect(await call('PUT', path, { language: 'pt' })).toMatchObject({ body: { changed: false } });
    expect(await call('PUT', path, { language: 'fr' })).toMatchObject({ status: 422 });
    expect(await call('GET', path)).toMatchObject({ body: { language: 'pt' } });
    expect(await call('PUT', path, { language: null })).toMatchObject({ body: { changed: true } });
    expect(await call('GET', path)).toMatchObject({ body: { language: 'es' } });
  });

  it('end with one click on the link, which asks first when a browser opens it', async () => {
    shop.sandbox.registerCustomer({ email: 'a@example.com', locale: 'de-DE' });
    await settle(composed, shop.sandbox);
    const consents = `/admin/members/${await memberId()}/consents`;
    await call('PUT', consents, { purpose: 'marketing', granted: true, source: 'checkout', actor: 'shop' });
    await composed.sidecar.runJob('review-segments');
    await send();
    const mail = server.received.find(({ headers }) => headers['list-unsubscribe'] !== undefined);
    expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const url = mail?.headers['list-unsubscribe']?.slice(1, -1) ?? '';
    const page = await fetch(url);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('<form method="post"><button type="submit">Abmelden</button></form>');
    expect(html).not.toContain('<script');
    expect(await call('GET', consents)).toMatchObject({ body: { present: [{}, { purpose: 'marketing', granted: true }] } });
    for (let again = 0; again < 2; again += 1) {
      const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
      const done = await fetch(url, { method: 'POST', body });
      expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Erledigt.')]);
    }
    expect(await call('GET', consents)).toMatchObject({
      body: { present: [{}, { granted: false }], records: [{ source: 'unsubscribe link', actor: 'member' }, { granted: true }] },
    });
    const forged = await fetch(`${url}x`, { method: 'POST' });
    expect([forged.status, await forged.text()]).toEqual([404, expect.stringContaining('This link is not valid')]);
  });

  it('and webhooks that are given up are seen in health and metrics, and live again by a replay', async () => {
    server.answers.push(550);
    shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await call('POST', '/admin/webhooks', { programmeId: 'default', url: 'http://127.0.0.1:1/nobody' });
    await settle(composed, shop.sandbox);
    await send();
    for (let tries = 0; tries < 10; tries += 1) {
      await composed.sidecar.outgoing.runOnce();
      clock.advance(12 * 3_600_000);
    }
    const backlog = async () => ((await call('GET', '/ready')).body as { backlog: object }).backlog;
    expect(await backlog()).toMatchObject({ mails: { pending: 0, dead: 1 }, webhooks: { pending: 0, dead: 1 } });
    const metrics = await (await fetch(`${composed.url}/metrics`)).text();
    expect(metrics).toContain('dead_letters{queue="mails"} 1');
    expect(metrics).toContain('dead_letters{queue="webhooks"} 1');
    expect(metrics).toContain('mails_total{result="dead"} 1');
    expect(await call('POST', '/admin/mails/replay', { mails: 'all' })).toMatchObject({ body: { replayed: 1 } });
    expect(await backlog()).toMatchObject({ mails: { pending: 1, dead: 0 } });
  });
});
