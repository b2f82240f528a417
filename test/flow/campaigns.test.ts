/** Campaigns from the orders of a shop to what the shop shows and what the merchant is told, on both platforms. */
import type { ManualClock } from '../../sidecar/src/clock';
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { PROGRAMME_ID, programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, type Answer } from './http-fixture';

const MINUTE_MS = 60_000;
const campaigns = [
  { code: 'over', name: 'Over', until: '2026-02-01', bonus: 1000 },
  { code: 'double', name: 'Double points until Sunday', from: '2026-03-01', until: '2026-03-08', multiplier: 2 },
  { code: 'first', name: 'For the first', bonus: 70, stacking: 'all', priority: 1, budget: { points: 100 } },
];

describe.each(sandboxShops)('campaigns of a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;

  beforeEach(async () => {
    const document = programmeDocument({ accrual: { lockDays: 0 }, tiers: { levels: [] }, campaigns });
    ({ clock, composed, shop } = await connectShop(open, document, { publishedAt: '2026-01-01T00:00:00.000Z' }));
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const settled = async (): Promise<void> => {
    clock.advance(MINUTE_MS);
    await settle(composed, shop.sandbox);
    clock.advance(MINUTE_MS);
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop.sandbox);
  };
  const register = async (email: string): Promise<string> => {
    const customerId = shop.sandbox.registerCustomer({ email });
    await settle(composed, shop.sandbox);
    return customerId;
  };
  const buy = async (customerId: string): Promise<string> => {
    const order = shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 2 }] });
    shop.sandbox.payOrder(order);
    await settled();
    return order;
  };
  const asked = (programmeId: string, headers: Record<string, string> = {}): Promise<Answer> =>
    call(`${composed.url}/admin/programmes/${programmeId}/campaigns`, {
      method: 'GET',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...headers },
    });

  it('give points within their budget, take them back with the goods, and report', async () => {
    const [first, second] = [await register('a@example.com'), await register('b@example.com')];
    const order = await buy(first);
    expect(shop.shown(first).points).toBe(200 + 200 + 70);
    await buy(second);
    expect(shop.shown(second).points).toBe(200 + 200 + 30);
    const figures = async () => (await asked(PROGRAMME_ID)).body as { campaigns: Record<string, unknown>[] };
    expect((await figures()).campaigns).toMatchObject([
      { code: 'over', state: 'over', spent: { points: 0, orders: 0 } },
      { code: 'double', state: 'running', spent: { points: 400, orders: 2 }, left: { points: null, orders: null } },
      { code: 'first', state: 'running', spent: { points: 100, orders: 2 }, left: { points: 0, orders: null } },
    ]);
    shop.sandbox.refundLines(order, [{ productNumber: 'LAMP', quantity: 1 }]);
    await settled();
    expect(shop.shown(first).points).toBe(100 + 100 + 35);
    expect((await figures()).campaigns[2]).toMatchObject({ spent: { points: 65, orders: 2 }, left: { points: 35 } });
  });

  it('are known to the shop while they are not over', async () => {
    await register('a@example.com');
    const everywhere = { tiers: null, segments: null, groups: null, products: null, categories: null, minimumMinor: {} };
    const { campaigns: shown } = shop.terms() as { campaigns: unknown };
    expect(shown).toEqual([
      {
        code: 'double',
        name: 'Double points until Sunday',
        from: '2026-03-01T00:00:00.000Z',
        until: '2026-03-08T00:00:00.000Z',
        stacking: 'best',
        multiplierBps: 20_000,
        ...everywhere,
      },
      { code: 'first', name: 'For the first', from: null, until: null, stacking: 'all', multiplierBps: null, ...everywhere },
    ]);
  });

  it('are told to who may know, and to nobody of an unknown programme', async () => {
    expect((await asked('nothing')).status).toBe(404);
    const stranger = await asked(PROGRAMME_ID, { authorization: 'Bearer nobody' });
    expect(stranger.status).toBe(401);
  });
});
