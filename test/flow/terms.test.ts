/** Terms that are asked for on the account page, read, accepted by the page's form, and then there are points. */
import type { ManualClock } from '../../sidecar/src/clock';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

const terms = {
  acceptance: 'required',
  versions: [
    { version: '2025', validFrom: '2025-01-01', texts: { en: 'Old rules' } },
    { version: '2026', validFrom: '2026-01-01', texts: { en: '# Rules\n\nBe <b>nice</b>.', de: '# Regeln' } },
  ],
};

interface Shown {
  readonly page: string;
  readonly key: string;
  readonly isAsked: boolean;
}

describe.each(sandboxShops)('the terms of a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let customerId: string;

  beforeEach(async () => {
    ({ clock, composed, shop } = await connectShop(
      open,
      programmeDocument({ accrual: { lockDays: 0 }, welcome: { points: 7 }, terms }),
    ));
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const get = (url: string): Promise<Answer> => call(url, { method: 'GET' });
  const submit = (url: string, fields: Record<string, string>): Promise<Answer> =>
    call(url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const shown = (): Shown => shop.shown(customerId).terms as Shown;
  const buy = async (): Promise<void> => {
    shop.sandbox.payOrder(shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }] }));
    await settle(composed, shop.sandbox);
    clock.advance(60_000);
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop.sandbox);
  };

  it('are asked, accepted by the form alone, and then orders earn', async () => {
    await buy();
    expect(shop.shown(customerId).points).toBe(0);
    expect(shown()).toMatchObject({ version: '2026', isAsked: true, isBlocked: true });
    const { page, key } = shown();
    const link = `${page}/de?for=${encodeURIComponent(key)}`;
    const read = await get(link);
    expect(read).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
    expect(read.body).toContain('<button type="submit">Ich akzeptiere diese Bedingungen</button>');
    expect(shown().isAsked).toBe(true);
    const accepted = await submit(`${page}/de`, { for: key, version: '2026' });
    expect(accepted).toMatchObject({ status: 303 });
    expect(await submit(`${page}/de`, { for: key, version: '2026' })).toMatchObject({ status: 303 });
    expect((await get(new URL(accepted.headers.location ?? '', `${page}/de`).href)).body).toContain('am 1. März 2026 akzeptiert');
    await settle(composed, shop.sandbox);
    expect(shop.shown(customerId)).toMatchObject({ points: 7, terms: { isAsked: false, isAccepted: true, isBlocked: false } });
    await buy();
    expect(shop.shown(customerId).points).toBe(107);
    const { db } = composed.storage;
    expect(await db.selectFrom('terms_acceptance').select(['version', 'language', 'source']).execute()).toEqual([
      { version: '2026', language: 'de', source: 'terms page' },
    ]);
    expect(await verifyBooks(db)).toMatchObject({ ok: true });
  });

  it('are the shop’s own where the programme says so, accepted as such and exported', async () => {
    const { db } = composed.storage;
    const { shop_id: shopId } = await db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    const own = { shop: shopId, versions: [{ version: 'b2b-1', validFrom: '2026-02-01', texts: { de: 'Nur für Firmen.' } }] };
    const document = programmeDocument({ accrual: { lockDays: 0 }, welcome: { points: 7 }, terms: { ...terms, shops: [own] } });
    await publish(composed.sidecar.context, document);
    const { page, key } = shown();
    expect((await get(`${page}/de?for=${encodeURIComponent(key)}`)).body).toContain('Nur für Firmen.');
    expect(await get(`${page}/de?version=2026`)).toMatchObject({ status: 404 });
    expect(await submit(`${page}/de`, { for: key, version: 'b2b-1' })).toMatchObject({ status: 303 });
    await settle(composed, shop.sandbox);
    expect(shop.shown(customerId)).toMatchObject({ points: 7, terms: { version: 'b2b-1', isAccepted: true, isBlocked: false } });
    await buy();
    expect(shop.shown(customerId).points).toBe(107);
    const { member_id: memberId } = await db.selectFrom('member').select('member_id').executeTakeFirstOrThrow();
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const path = `${composed.url}/admin/members/${memberId}`;
    expect(await call(`${path}/terms-acceptance?shopId=${shopId}`, { method: 'GET', headers })).toMatchObject({
      body: { present: { version: 'b2b-1', isAccepted: true }, acceptances: [{ shopId, version: 'b2b-1', language: 'de' }] },
    });
    expect(await call(`${path}/terms-acceptance`, { method: 'GET', headers })).toMatchObject({
      body: { present: { version: '2026', isAccepted: false, isBlocked: false } },
    });
    const exported = await call(`${path}/export`, { method: 'GET', headers });
    expect(JSON.stringify(exported.body)).toContain('b2b-1');
  });

  it('can be read by everybody, older versions too, without script or HTML of the text', async () => {
    const { page } = shown();
    const present = await get(`${page}/en`);
    expect(present).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=300' } });
    expect(present.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(present.body).toContain('<h2>Rules</h2>');
    expect(present.body).toContain('Be &#60;b&#62;nice&#60;/b&#62;.');
    expect(present.body).not.toMatch(/<script|<form/);
    const old = await get(`${page}/ru?version=2025`);
    expect(old.body).toContain('<html lang="ru">');
    expect(old.body).toContain('<div lang="en"><p>Old rules</p></div>');
    expect(await get(`${page}/en?version=2024`)).toMatchObject({ status: 404 });
    expect(await get(`${composed.url}/terms/nowhere/en`)).toMatchObject({ status: 404 });
    expect(await call(page, { method: 'GET', headers: { 'accept-language': 'pt-BR' } })).toMatchObject({
      status: 302,
      headers: { location: `${page}/pt` },
    });
  });

  it('are accepted by nobody without a signed link, and by staff over the API', async () => {
    const { page, key } = shown();
    const forged = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    expect(await get(`${page}/en?for=${forged}`)).toMatchObject({ status: 403 });
    expect(await submit(`${page}/en`, { for: forged, version: '2026' })).toMatchObject({ status: 403 });
    expect(await submit(`${page}/en`, { for: key, version: '2024' })).toMatchObject({ status: 404 });
    const { member_id: memberId } = await composed.storage.db.selectFrom('member').select('member_id').executeTakeFirstOrThrow();
    const path = `${composed.url}/admin/members/${memberId}/terms-acceptance`;
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
    const put = (body: object): Promise<Answer> => call(path, { method: 'PUT', headers, body: JSON.stringify(body) });
    const said = { version: '2026', language: 'en', source: 'till', actor: 'anna' };
    expect(await call(path, { method: 'GET', headers })).toMatchObject({
      body: { present: { isBlocked: true }, acceptances: [] },
    });
    expect(errorCode(await put({ ...said, version: '2024' }))).toBe('INVALID_INPUT');
    expect(errorCode(await put({ ...said, language: 'pt' }))).toBe('INVALID_INPUT');
    expect(await put(said)).toMatchObject({ status: 200, body: { changed: true } });
    expect(await put(said)).toMatchObject({ status: 200, body: { changed: false } });
    expect(await call(path, { method: 'GET', headers })).toMatchObject({
      body: { present: { isBlocked: false }, acceptances: [{ version: '2026', source: 'till', actor: 'anna' }] },
    });
  });
});
