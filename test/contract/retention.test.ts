/** What programmes keep no longer goes, and what books need stays. */
import { ManualClock } from '../../sidecar/src/clock';
import { addDays } from '../../sidecar/src/domain/instant';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { applyRetention } from '../../sidecar/src/operations/apply-retention';
import { convergeOrder } from '../../sidecar/src/operations/converge-order';
import { recordConsent } from '../../sidecar/src/operations/record-consent';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { PersonErased } from '../../sidecar/src/storage/transaction';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { purgeErasedCustomers } from '../../sidecar/src/stores/erasure-store';
import { insertWebhookDelivery } from '../../sidecar/src/stores/webhook-delivery-store';
import { operationContext, PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { orderSnapshot } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const START = '2024-01-10T10:00:00.000Z';
const NOW = '2026-03-01T10:00:00.000Z';

async function openScene(open: () => Promise<Storage>, retention: object) {
  const storage = await open();
  const clock = new ManualClock(Date.parse(START));
  const context = operationContext(storage, clock);
  await publish(context, programmeDocument({ privacy: { retention } }));
  const register = (customerId: string) =>
    registerCustomer(context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId,
      emailHash: `hash-of-${customerId}`,
      customerGroup: null,
      registeredAt: clock.now(),
      mirrorMissing: false,
      emailVerified: true,
      messageIds: [],
    });
  const retain = () => applyRetention(context, clock.now(), new AbortController().signal);
  const erased = async () => {
    const rows = await storage.db.selectFrom('member_erasure').select('member_id').orderBy('member_id').execute();
    return rows.map((row) => row.member_id);
  };
  return { storage, clock, context, register, retain, erased };
}

describeEachStorage('retention', (open) => {
  it('erases who did nothing for so long and has nothing left, and nobody else', async () => {
    const { storage, clock, context, register, retain, erased } = await openScene(open, { inactiveMembersMonths: 24 });
    const gone = await register('gone');
    const rich = await register('rich');
    const buyer = await register('buyer');
    const talker = await register('talker');
    await adjustPoints(context, {
      programmeId: PROGRAMME_ID,
      memberId: rich,
      points: 5,
      reason: 'a gift',
      actor: 'staff',
      idempotencyKey: 'gift-0001',
    });
    clock.moveTo(Date.parse('2025-06-01T10:00:00.000Z'));
    const late = await register('late');
    const placed = { placedAt: clock.now(), paidAt: null, paymentState: 'open' as const, orderState: 'cancelled' as const };
    const snapshot = orderSnapshot({ orderId: 'o1', customerId: 'buyer', emailHash: 'hash-of-buyer', ...placed });
    await convergeOrder(context, { programmeId: PROGRAMME_ID, snapshot, before: null, messageIds: [] });
    const said = {
      purpose: 'marketing',
      granted: true,
      at: clock.now(),
      source: 'shop',
      actor: 'shop',
      textVersion: null,
    } as const;
    await recordConsent(context, { memberId: talker, ...said });
    clock.moveTo(Date.parse(NOW));
    expect(await retain()).toMatchObject({ leads: 0, members: 1 });
    expect(await retain()).toMatchObject({ members: 0 });
    expect(await erased()).toEqual([gone]);
    expect([rich, buyer, talker, late]).not.toContain(gone);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('lets who was erased for doing nothing come back as somebody new, a week later', async () => {
    const { storage, clock, register, retain } = await openScene(open, { inactiveMembersMonths: 24 });
    const gone = await register('gone');
    clock.moveTo(Date.parse(NOW));
    expect(await retain()).toMatchObject({ members: 1 });
    await expect(register('gone')).rejects.toThrow(PersonErased);
    clock.moveTo(Date.parse(addDays(NOW, 8)));
    await purgeErasedCustomers(storage.db, clock.now());
    expect(await register('gone')).not.toBe(gone);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('keeps everybody where the programme says nothing', async () => {
    const { clock, register, retain, erased } = await openScene(open, {});
    await register('gone');
    clock.moveTo(Date.parse('2036-03-01T10:00:00.000Z'));
    await retain();
    expect(await erased()).toEqual([]);
  });

  it('forgets leads, notices and webhooks when their days are over, to the day', async () => {
    const days = { leadsDays: 10, webhooksDays: 5 };
    const { storage, clock, context, register, retain } = await openScene(open, days);
    const { db } = storage;
    const memberId = await register('ann');
    clock.moveTo(Date.parse(NOW));
    const lead = (leadId: string, status: 'expired' | 'withdrawn' | 'joined', updatedAt: string) => ({
      lead_id: leadId,
      programme_id: PROGRAMME_ID,
      shop_id: 'shop-1',
      email_hash: `hash-${leadId}`,
      email: null,
      language: 'en',
      text_version: 'v1',
      text_hash: 'hash',
      source: 'footer',
      status,
      requested_at: START,
      expires_at: START,
      mails: 1,
      mailed_at: START,
      requested_by: null,
      confirmed_at: null,
      confirmed_by: null,
      updated_at: updatedAt,
      member_id: null,
    });
    const old = addDays(NOW, -11);
    const rows = [
      lead('a', 'expired', old),
      lead('b', 'withdrawn', old),
      lead('c', 'joined', old),
      lead('d', 'expired', addDays(NOW, -9)),
    ];
    await db.insertInto('signup_lead').values(rows).execute();
    const notice = (noticeId: string, announcedAt: string) =>
      db
        .insertInto('member_notice')
        .values({
          notice_id: noticeId,
          programme_id: PROGRAMME_ID,
          member_id: memberId,
          kind: 'tier_reached',
          notice_key: noticeId,
          occurred_at: announcedAt,
          announced_at: announcedAt,
          figures: '{}',
        })
        .execute();
    await db.deleteFrom('member_notice').execute();
    await notice('n1', addDays(NOW, -401));
    await notice('n2', addDays(NOW, -399));
    for (const [deliveryId, at] of [
      ['w1', addDays(NOW, -6)],
      ['w2', addDays(NOW, -4)],
    ] as const) {
      const delivery = { deliveryId, endpointId: 'e1', programmeId: PROGRAMME_ID, memberId, kind: 'welcome', body: '{}' };
      await insertWebhookDelivery(db, delivery, at);
      await db
        .updateTable('webhook_delivery')
        .set({ status: 'done', finished_at: at })
        .where('delivery_id', '=', deliveryId)
        .execute();
    }
    expect(await retain()).toEqual({ leads: 2, webhooks: 1, notices: 1, members: 0 });
    expect((await db.selectFrom('signup_lead').select('lead_id').orderBy('lead_id').execute()).map((row) => row.lead_id)).toEqual(
      ['c', 'd'],
    );
    expect(await db.selectFrom('webhook_delivery').select('delivery_id').execute()).toEqual([{ delivery_id: 'w2' }]);
    expect(await db.selectFrom('member_notice').select('notice_id').execute()).toEqual([{ notice_id: 'n2' }]);
    expect(await verifyBooks(context.db)).toMatchObject({ ok: true });
  });
});
