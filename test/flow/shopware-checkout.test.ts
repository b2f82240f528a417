/** A whole sidecar beside a sandbox shop that asks it before it takes an order. */
import { ManualClock } from '../../sidecar/src/clock';
import { findIdentity, findMember } from '../../sidecar/src/stores/member-store';
import { ownId } from '../../sidecar/src/platform/shopware/names';
import { findShop } from '../../sidecar/src/stores/shop-store';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { call, type Answer } from './http-fixture';

const START_MS = Date.parse('2026-03-01T10:00:00.000Z');
const LINES = [{ productNumber: 'LAMP', quantity: 1 }];
const EARLY = {
  timeZone: 'Europe/Berlin',
  tiers: { levels: [{ code: 'gold', name: 'Gold', threshold: 1000, perks: { earlyAccess: true } }] },
  earlyAccess: [{ code: 'spring', products: ['LAMP'], until: '2026-04-01' }],
};
const REFERRAL = { friendDiscount: { percentOff: 10 }, referrerReward: { points: 5 }, codePrefix: 'DEMO' };

describe('a checkout in a Shopware shop', () => {
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let customerId: string;
  let shopId: string;

  beforeEach(async () => {
    const clock = new ManualClock(START_MS);
    const random = seededRandom(5);
    composed = await startSidecar({ clock, random: () => random.next() });
    const document = programmeDocument({ welcome: { points: 100 }, referral: REFERRAL });
    await publish(composed.sidecar.context, document, '2026-01-01T00:00:00.000Z');
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    await shop.start();
    await shop.connect(composed.url);
    shop.addProduct({ productNumber: 'LAMP', grossMinor: 14_900, taxRate: 19, categoryIds: [] });
    customerId = shop.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop);
    shopId = (await findShop(composed.storage.db, 'shopware', shop.shopId))?.shop_id ?? '';
  });
  afterEach(async () => {
    await composed.close();
    await shop.stop();
  });

  const cart = (points: number, intent: string) => ({
    customerId,
    lines: LINES,
    redeem: { points, valueMinor: points, holdId: intent },
  });

  it('takes an order whose points are there, and refuses a second one that spends the same', async () => {
    expect(shop.member(customerId)['customFields']).toMatchObject({ loyalty_points: 100 });
    expect(await shop.checkout({ customerId, lines: LINES })).toEqual([]);
    expect(await shop.checkout(cart(80, 'wish-1'))).toEqual([]);
    shop.placeOrder(cart(80, 'wish-1'));
    expect(await shop.checkout(cart(80, 'wish-2'))).toEqual([expect.stringContaining('points')]);
    await settle(composed, shop);
    expect(shop.member(customerId)['customFields']).toMatchObject({ loyalty_points: 20 });
    expect(await shop.checkout(cart(20, 'wish-3'))).toEqual([]);
  });

  it('refuses a wish that has paid for an order already', async () => {
    expect(await shop.checkout(cart(40, 'wish-1'))).toEqual([]);
    shop.placeOrder(cart(40, 'wish-1'));
    expect(await shop.checkout(cart(40, 'wish-1'))).toEqual([expect.stringContaining('already used')]);
  });

  it('refuses the shopper’s own friend code, and takes that of another', async () => {
    const identity = await findIdentity(composed.storage.db, shopId, customerId);
    const code = (await findMember(composed.storage.db, identity?.member_id ?? '')).referral_code ?? '';
    const promotion = { id: ownId(shopId, 'friend-promotion', code), code };
    expect(await shop.checkout({ customerId, lines: LINES }, promotion)).toEqual([expect.stringContaining('own referral code')]);
    const friend = shop.registerCustomer({ email: 'friend@example.com' });
    await settle(composed, shop);
    expect(await shop.checkout({ customerId: friend, lines: LINES }, promotion)).toEqual([]);
  });

  it('refuses what is not open yet, with the day in the shopper’s clock, and keeps why', async () => {
    await publish(composed.sidecar.context, programmeDocument(EARLY), '2026-02-01T00:00:00.000Z');
    const [message] = await shop.checkout({ customerId, lines: LINES });
    expect(message).toContain('LAMP is open to Gold only for now. It opens for you on 1 Apr 2026, 00:00.');
    await shop.checkout({ customerId, lines: LINES });
    const kept = await composed.storage.db.selectFrom('decision').selectAll().where('kind', '=', 'checkout_refused').execute();
    expect(kept).toHaveLength(1);
    expect(JSON.parse(kept[0]?.reasons ?? '[]')).toMatchObject([
      {
        code: 'checkout_early_access',
        figures: { productNumber: 'LAMP', tier: null, tiers: 'Gold', opensAt: '2026-03-31T22:00:00.000Z' },
      },
    ]);
    const identity = await findIdentity(composed.storage.db, shopId, customerId);
    const memberId = identity?.member_id ?? '';
    await composed.storage.db.updateTable('member').set({ tier: 'gold' }).where('member_id', '=', memberId).execute();
    expect(await shop.checkout({ customerId, lines: LINES })).toEqual([]);
  });

  it('goes on while the shop is being left, until nothing is left of us in it', async () => {
    const ask = (method: 'GET' | 'POST', path: string): Promise<Answer> =>
      call(`${composed.url}${path}`, { method, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    const removalsLeft = async (): Promise<unknown> => {
      const { shops } = (await ask('GET', '/admin/health')).body as { shops: { removalsLeft: number | null }[] };
      return shops[0]?.removalsLeft;
    };
    expect(await removalsLeft()).toBeNull();
    expect((await ask('POST', `/admin/shops/${shopId}/withdraw`)).status).toBe(202);
    expect(await removalsLeft()).toBeGreaterThan(0);
    shop.placeOrder({ customerId, lines: LINES });
    await settle(composed, shop);
    expect(await removalsLeft()).toBe(0);
    expect(await shop.checkout(cart(80, 'wish-1'))).toEqual([]);
    expect(Object.values(shop.member(customerId)['customFields'] as object).every((value) => value === null)).toBe(true);
  });
});
