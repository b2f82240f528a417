/** A birthday that a shop knows, rewarded in both sandbox shops. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call } from './http-fixture';

const occasions = [{ code: 'birthday', name: 'Birthday', kind: 'birthday', points: 100 }];

describe.each(sandboxShops)('a birthday in a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;

  beforeEach(async () => {
    ({ clock, composed, shop } = await connectShop(open, programmeDocument({ occasions }), { at: '2027-02-27T10:00:00.000Z' }));
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  it('is rewarded once, on 28 February for who was born on the 29th, and may be set over the API', async () => {
    const born = shop.sandbox.registerCustomer({ email: 'a@example.com', birthday: '1992-02-29' });
    const silent = shop.sandbox.registerCustomer({ email: 'b@example.com' });
    await settle(composed, shop.sandbox);
    await composed.sidecar.runJob('reward-occasions');
    await settle(composed, shop.sandbox);
    expect(shop.shown(born).points).toBe(0);
    clock.advance(86_400_000);
    const { member_id: memberId } = await composed.storage.db
      .selectFrom('member_identity')
      .select('member_id')
      .where('customer_id', '=', silent)
      .executeTakeFirstOrThrow();
    const set = (birthday: object) =>
      call(`${composed.url}/admin/members/${memberId}/birthday`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ birthday }),
      });
    expect((await set({ month: 2, day: 30 })).status).toBe(422);
    expect((await set({ month: 2, day: 28 })).status).toBe(200);
    await composed.sidecar.runJob('reward-occasions');
    await composed.sidecar.runJob('reward-occasions');
    await settle(composed, shop.sandbox);
    expect([shop.shown(born).points, shop.shown(silent).points]).toEqual([100, 100]);
    const kept = await composed.storage.db.selectFrom('member_profile').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain('1992');
  });
});
