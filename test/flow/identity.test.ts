/** One person with an account in a Shopware and one in a Magento shop: linked, refunded and parted again, over HTTP. */
import { ManualClock } from '../../sidecar/src/clock';
import { programmeTotals } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { findIdentity } from '../../sidecar/src/stores/member-store';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, type Answer } from './http-fixture';

interface Account {
  readonly shop: ConnectableShop;
  readonly shopId: string;
  readonly customerId: string;
  readonly memberId: string;
}

describe('one person in a Shopware and a Magento shop', () => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let accounts: Account[];

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    composed = await startSidecar({ clock, random: () => random.next() });
    await publish(composed.sidecar.context, programmeDocument({ accrual: { lockDays: 0 }, tiers: { levels: [] } }));
    accounts = [];
    const { db } = composed.storage;
    for (const [, open] of sandboxShops) {
      const shop = open(clock, () => random.next());
      await shop.sandbox.start();
      await shop.connect(composed);
      shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
      const customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
      await settle(composed, shop.sandbox);
      const { platform } = shop.sandbox;
      const found = db.selectFrom('shop').select('shop_id').where('platform', '=', platform);
      const { shop_id: shopId } = await found.executeTakeFirstOrThrow();
      const memberId = (await findIdentity(db, shopId, customerId))?.member_id ?? '';
      accounts.push({ shop, shopId, customerId, memberId });
    }
  });
  afterEach(async () => {
    await composed.close();
    for (const { shop } of accounts) await shop.sandbox.stop();
  });

  const post = (path: string, body: object): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'asked by telephone', actor: 'anna', ...body }),
    });
  const shown = async (): Promise<unknown[]> => {
    for (const { shop } of accounts) await settle(composed, shop.sandbox);
    clock.advance(60_000);
    await composed.sidecar.runJob('release-due-points');
    for (const { shop } of accounts) await settle(composed, shop.sandbox);
    return accounts.map(({ shop, customerId }) => shop.shown(customerId).points);
  };
  const proveBooks = async (): Promise<void> => {
    expect(await verifyBooks(composed.storage.db)).toMatchObject({ ok: true });
    expect((await programmeTotals(composed.storage.db, PROGRAMME_ID)).transferred).toBe(0);
  };

  it('is shown one balance in both, which refunds in either lower, and two again when parted', async () => {
    const [one, other] = accounts as [Account, Account];
    const orders = accounts.map(({ shop: { sandbox }, customerId }) => {
      const orderId = sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 2 }] });
      sandbox.payOrder(orderId);
      return orderId;
    }) as [string, string];
    expect(await shown()).toEqual([200, 200]);
    const link = { absorb: other.memberId, idempotencyKey: 'ticket-0001' };
    expect(await post(`/admin/members/${one.memberId}/merge`, link)).toMatchObject({ status: 201, body: { merged: true } });
    expect(await post(`/admin/members/${one.memberId}/merge`, link)).toMatchObject({ status: 200, body: { merged: false } });
    expect(await shown()).toEqual([400, 400]);
    other.shop.sandbox.refundLines(orders[1], [{ productNumber: 'LAMP', quantity: 1 }]);
    expect(await shown()).toEqual([300, 300]);
    await proveBooks();
    const { shopId, customerId } = other;
    const part = { shopId, customerId, points: 0, idempotencyKey: 'ticket-0002' };
    const parted = await post(`/admin/members/${one.memberId}/unlink`, part);
    expect(parted).toMatchObject({ status: 201, body: { split: true } });
    expect(await shown()).toEqual([200, 100]);
    one.shop.sandbox.refundAll(orders[0]);
    other.shop.sandbox.refundAll(orders[1]);
    expect(await shown()).toEqual([0, 0]);
    await proveBooks();
  });
});
