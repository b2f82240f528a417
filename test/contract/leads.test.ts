/** Addresses before there is an account: once an address, gone when nobody confirms, and given to whoever registers. */
import { randomBytes } from 'node:crypto';
import { ManualClock } from '../../sidecar/src/clock';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { acceptTerms } from '../../sidecar/src/operations/accept-terms';
import { confirmLead } from '../../sidecar/src/operations/confirm-lead';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { isCustomerCurrent, registerCustomer } from '../../sidecar/src/operations/register-customer';
import { confirmationUrl, requestLead, type LeadContext, type LeadRequest } from '../../sidecar/src/operations/request-lead';
import { expireLeads, withdrawLead } from '../../sidecar/src/operations/tend-leads';
import { createEmailHasher } from '../../sidecar/src/security/identity-hash';
import { createSealer } from '../../sidecar/src/security/sealer';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { findLead, purgeLeads } from '../../sidecar/src/stores/lead-store';
import { places } from '../support/places';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const START = '2026-03-01T10:00:00.000Z';
const EMAIL = 'ann@example.com';
const leads = {
  confirmWithinHours: 24,
  consent: { version: 'v1', texts: { en: 'Yes, write to me.', de: 'Ja, schreibt mir.' } },
  points: 30,
  voucher: { amountOff: { EUR: 5 }, validDays: 30 },
};

async function openScene(open: () => Promise<Storage>, change: Record<string, unknown> = {}) {
  const storage = await open();
  const clock = new ManualClock(Date.parse(START));
  const hashEmail = createEmailHasher(Buffer.alloc(32, 7));
  const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
  const context: LeadContext = { ...operationContext(storage, clock), sealer, hashEmail };
  await storage.db
    .insertInto('webhook_endpoint')
    .values({
      endpoint_id: 'endpoint-1',
      programme_id: PROGRAMME_ID,
      url: 'https://mails.example',
      kinds: null,
      without_consent: 0,
      secret: 'sealed',
      previous_secret: null,
      previous_valid_until: null,
      active: 1,
      disabled_reason: null,
      created_at: START,
      updated_at: START,
    })
    .execute();
  await publish(context, programmeDocument({ leads, ...change }));
  const request = (change: Partial<LeadRequest> = {}) =>
    requestLead(context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      email: EMAIL,
      language: 'en',
      textVersion: 'v1',
      source: 'footer',
      requestedBy: 'net-1',
      ...change,
    });
  const lead = async (email = EMAIL) => {
    const found = await findLead(storage.db, PROGRAMME_ID, hashEmail(email));
    if (!found) throw new Error('there is no lead');
    return found;
  };
  const token = async (email = EMAIL) =>
    confirmationUrl(context, await lead(email))
      .split('/')
      .at(-1) ?? '';
  const confirm = async (link?: string) => confirmLead(context, link ?? (await token()), 'net-2');
  const customer = (shopId: string, customerId: string, email = EMAIL) => ({
    programmeId: PROGRAMME_ID,
    shopId,
    customerId,
    emailHash: hashEmail(email),
    customerGroup: null,
    registeredAt: clock.now(),
    mirrorMissing: false,
    emailVerified: true,
  });
  const register = (shopId: string, customerId: string, email = EMAIL) =>
    registerCustomer(context, { ...customer(shopId, customerId, email), messageIds: [] });
  const messages = async () => {
    const rows = await storage.db
      .selectFrom('webhook_delivery')
      .selectAll()
      .where('lead_id', 'is not', null)
      .orderBy('delivery_id')
      .execute();
    return rows.map((row) => JSON.parse(sealer.open(row.body, `webhook_delivery/${row.delivery_id}`)) as { data: unknown });
  };
  const available = async (memberId: string) => (await memberBalance(storage.db, memberId))?.available;
  const vouchers = () => storage.db.selectFrom('voucher').select(['origin', 'shop_id', 'value_minor']).execute();
  return { storage, clock, context, request, lead, token, confirm, customer, register, messages, available, vouchers };
}

describeEachStorage('leads', (open) => {
  it('become what the form promised when their owner registers, once', async () => {
    const scene = await openScene(open);
    const { storage, context, request, lead, confirm, customer, register, messages, available, vouchers } = scene;
    expect(await request()).toEqual({ ok: true, value: null });
    const url = confirmationUrl(context, await lead());
    const data = { shopId: 'shop-1', email: EMAIL, language: 'en', figures: { url, expiresAt: '2026-03-02T10:00:00.000Z' } };
    expect(await messages()).toMatchObject([{ type: 'loyalty.lead_confirmation_requested', data }]);
    expect(await confirm()).toMatchObject({ ok: true, value: { isMember: false } });
    expect(await lead()).toMatchObject({ status: 'confirmed', email: null, text_version: 'v1', confirmed_by: 'net-2' });
    expect(await messages()).toEqual([]);
    const memberId = await register('shop-1', 'c1');
    expect(await available(memberId)).toBe(30);
    expect(await vouchers()).toEqual([{ origin: 'lead', shop_id: 'shop-1', value_minor: 500 }]);
    expect(await storage.db.selectFrom('consent_record').selectAll().execute()).toMatchObject([
      { member_id: memberId, purpose: 'marketing', granted: 1, occurred_at: START, text_version: 'v1', source: 'lead: footer' },
    ]);
    expect(await isCustomerCurrent(context, customer('shop-1', 'c1'))).toBe(true);
    await register('shop-1', 'c1');
    const other = await register('shop-2', 'c2');
    expect([await available(memberId), await available(other)]).toEqual([30, 0]);
    expect(await request()).toEqual({ ok: true, value: null });
    expect(await messages()).toEqual([]);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('are confirmed once, also by two at the same moment', async () => {
    const { request, confirm, token, register, available, vouchers } = await openScene(open);
    const memberId = await register('shop-1', 'c1', 'other@example.com');
    await request();
    const link = await token();
    const outcomes = await Promise.all([confirm(link), confirm(link), register('shop-1', 'c2'), confirm(link)]);
    const joined = outcomes[2];
    await register('shop-1', 'c2');
    expect(await available(joined)).toBe(30);
    expect(await available(memberId)).toBe(0);
    expect(await vouchers()).toHaveLength(1);
  });

  it('give nothing to whoever had an account, unless the programme says so', async () => {
    const plain = await openScene(open);
    const memberId = await plain.register('shop-1', 'c1');
    plain.clock.advance(1000);
    await plain.request();
    expect(await plain.confirm()).toMatchObject({ ok: true, value: { isMember: true } });
    expect(await plain.available(memberId)).toBe(0);
    expect(await plain.lead()).toMatchObject({ status: 'joined', member_id: memberId });
    const generous = await openScene(open, { leads: { ...leads, rewardsMembers: true } });
    const known = await generous.register('shop-1', 'c1');
    generous.clock.advance(1000);
    await generous.request();
    await generous.confirm();
    expect(await generous.available(known)).toBe(30);
  });

  it('wait for the terms where these are required', async () => {
    const versions = [{ version: '1', validFrom: '2026-01-01', texts: { en: 'Rules' } }];
    const { request, confirm, register, available, context, clock, customer } = await openScene(open, {
      terms: { acceptance: 'required', versions },
    });
    await request();
    await confirm();
    const memberId = await register('shop-1', 'c1');
    expect(await available(memberId)).toBe(0);
    expect(await isCustomerCurrent(context, customer('shop-1', 'c1'))).toBe(true);
    await acceptTerms(context, {
      memberId,
      shopId: null,
      version: '1',
      language: 'en',
      at: clock.now(),
      source: 'page',
      actor: 'member',
    });
    expect(await available(memberId)).toBe(30);
  });

  it('end when nobody confirms in time, and the address with them', async () => {
    const { storage, clock, context, request, lead, confirm, token, messages } = await openScene(open);
    await request();
    const link = await token();
    clock.advance(24 * 3_600_000);
    expect(await confirm(link)).toMatchObject({ ok: false, code: 'expired' });
    expect(await expireLeads(context, clock.now())).toEqual({ expired: 1 });
    expect(await lead()).toMatchObject({ status: 'expired', email: null, requested_by: null });
    expect(await messages()).toEqual([]);
    await request({ textVersion: 'v1', language: 'de' });
    expect(await token()).not.toBe(link);
    expect(await confirm(link)).toMatchObject({ ok: false, code: 'unknown_lead' });
    expect(await confirm()).toMatchObject({ ok: true });
    clock.advance(24 * 3_600_000);
    expect(await expireLeads(context, clock.now())).toEqual({ expired: 0 });
    expect(await purgeLeads(storage.db, PROGRAMME_ID, clock.now(), 10)).toBe(0);
  });

  it('keep the address sealed, and write it nowhere else', async () => {
    const { storage, request } = await openScene(open);
    await request();
    expect(await places(storage.db, ['ann@'])).toEqual([]);
  });

  it('mail nobody too often, whoever asks', async () => {
    const { clock, request, messages } = await openScene(open);
    for (let time = 0; time < 5; time += 1) {
      expect(await request()).toEqual({ ok: true, value: null });
      expect(await request()).toEqual({ ok: true, value: null });
      clock.advance(600_000);
    }
    expect(await messages()).toHaveLength(3);
    for (let other = 0; other < 17; other += 1) await request({ email: `other-${other}@example.com` });
    expect(await request({ email: 'one-more@example.com' })).toMatchObject({ ok: false, code: 'too_many' });
    expect(await request({ email: 'one-more@example.com', requestedBy: 'net-9' })).toMatchObject({ ok: true });
  });

  it('are refused with another text than the present one, and without anybody to mail', async () => {
    const { storage, request } = await openScene(open);
    expect(await request({ textVersion: 'v0' })).toMatchObject({ ok: false, code: 'unknown_text' });
    expect(await request({ language: 'pt' })).toMatchObject({ ok: false, code: 'unknown_text' });
    await storage.db.updateTable('webhook_endpoint').set({ active: 0 }).execute();
    expect(await request()).toMatchObject({ ok: false, code: 'no_channel' });
  });

  it('are taken back, forgotten, and go with the person', async () => {
    const { storage, context, request, confirm, register, lead, messages } = await openScene(open);
    const named = { programmeId: PROGRAMME_ID, emailHash: context.hashEmail(EMAIL) };
    await request();
    expect(await withdrawLead(context, { ...named, erase: false })).toBe(true);
    expect(await withdrawLead(context, { ...named, erase: false })).toBe(false);
    expect(await messages()).toEqual([]);
    expect(await confirm()).toMatchObject({ ok: false, code: 'expired' });
    await request();
    expect(await withdrawLead(context, { ...named, erase: true })).toBe(true);
    expect(await findLead(storage.db, PROGRAMME_ID, named.emailHash)).toBeUndefined();
    await request();
    await confirm();
    const memberId = await register('shop-1', 'c1');
    expect(await lead()).toMatchObject({ status: 'joined' });
    await eraseMember(context, { memberId, reason: 'asked', actor: 'staff', idempotencyKey: 'ticket-0001' });
    expect(await findLead(storage.db, PROGRAMME_ID, named.emailHash)).toBeUndefined();
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });
});
