/** Somebody who is erased over HTTP, and a shop that goes on speaking of them. */
import type { ManualClock } from '../../sidecar/src/clock';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

describe.each(sandboxShops)('a person erased in a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let customerId: string;

  beforeEach(async () => {
    ({ clock, composed, shop } = await connectShop(
      open,
      programmeDocument({ accrual: { lockDays: 0 }, welcome: { points: 7 } }),
    ));
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const post = (path: string, body: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'asked by mail', actor: 'anna', ...body }),
    });

  it('shows nothing more, is not brought back by late webhooks, and may register anew', async () => {
    const { db } = composed.storage;
    const place = (): string => {
      const orderId = shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }] });
      shop.sandbox.payOrder(orderId);
      return orderId;
    };
    const orderId = place();
    await settle(composed, shop.sandbox);
    const { member_id: memberId } = await db.selectFrom('member').select('member_id').executeTakeFirstOrThrow();
    const path = `/admin/members/${memberId}`;
    const asked = { idempotencyKey: 'ticket-0001' };
    expect(await post(`${path}/erasure`, asked)).toMatchObject({ status: 201, body: { memberId, erased: true } });
    expect(await post(`${path}/erasure`, asked)).toMatchObject({ status: 200, body: { memberId, erased: false } });
    const correction = await post(`${path}/adjustments`, { points: 5, idempotencyKey: 'ticket-0002' });
    expect(errorCode(correction)).toBe('NOT_FOUND');
    await settle(composed, shop.sandbox);
    expect(Number(shop.shown(customerId).points ?? 0)).toBe(0);
    shop.sandbox.refundAll(orderId);
    place();
    await settle(composed, shop.sandbox);
    clock.advance(60_000);
    await composed.sidecar.runJob('reconcile-shops');
    await composed.sidecar.runJob('release-due-points');
    expect(await db.selectFrom('member').select('member_id').execute()).toEqual([{ member_id: memberId }]);
    const orders = await db.selectFrom('inbox_message').select('resource_key').where('resource_key', 'like', 'order:%').execute();
    expect(orders).toEqual([]);
    const anew = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
    expect(shop.shown(anew).points).toBe(7);
    expect(await verifyBooks(db)).toMatchObject({ ok: true });
  });
});
