/** A challenge from orders of a shop and a visit told by a key, to what the account page has, on both platforms. */
import { ADMIN_TOKEN, settle } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops } from '../support/sandbox-shops';
import { call } from './http-fixture';

const CLUB = {
  code: 'club',
  name: 'Club',
  points: 50,
  badge: { code: 'star', name: 'Star' },
  steps: [
    { code: 'lamps', name: 'Two lamps', kind: 'items', settings: { count: 2, products: ['LAMP'] } },
    { code: 'visit', name: 'Come by', kind: 'activity', settings: { activity: 'open-day' } },
  ],
};

it.each(sandboxShops)('a challenge is shown, completed and taken back in a %s shop', async (_platform, open) => {
  const activities = [{ code: 'open-day', kind: 'attendance', name: 'Open day', points: 10 }];
  const document = programmeDocument({ accrual: { lockDays: 0 }, activities, challenges: [CLUB] });
  const { clock, composed, shop } = await connectShop(open, document);
  shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
  const customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
  await settle(composed, shop.sandbox);
  const { shop_id: shopId } = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
  const event = { id: 'visit-0001', kind: 'attendance', activity: 'open-day', member: { shopId, customerId }, data: {} };
  const told = await call(`${composed.url}/v1/events`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...event, occurredAt: clock.now() }),
  });
  expect(told).toMatchObject({ status: 201, body: { points: 10 } });
  const show = async () => {
    clock.advance(60_000);
    await settle(composed, shop.sandbox);
    clock.advance(60_000);
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop.sandbox);
    return shop.shown(customerId);
  };
  expect(await show()).toMatchObject({ points: 10, challenges: [{ name: 'Club', done: 1, complete: false }] });
  const order = shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 2 }] });
  shop.sandbox.payOrder(order);
  const complete = { points: 10 + 200 + 50, challenges: [{ complete: true }], badges: [{ code: 'star', name: 'Star' }] };
  expect(await show()).toMatchObject(complete);
  shop.sandbox.refundLines(order, [{ productNumber: 'LAMP', quantity: 1 }]);
  const after = await show();
  expect(after).toMatchObject({ points: 10 + 100, challenges: [{ complete: false }] });
  expect(after.badges ?? []).toEqual([]);
  await composed.close();
  await shop.sandbox.stop();
});
