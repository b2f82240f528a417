/** A whole sidecar beside a sandbox Magento that asks it before it takes an order. */
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import { seededRandom } from '../simulation/random';
import { pairingCode, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { call, errorCode } from './http-fixture';

const LINES = [{ productNumber: 'LAMP', quantity: 1 }];
const MUG = { code: 'mug', products: ['MUG'], quantity: 1, minimumGoods: { EUR: 50 }, limitPerMember: 1 };
const EARLY = {
  timeZone: 'Europe/Berlin',
  tiers: { levels: [{ code: 'gold', name: 'Gold', threshold: 1000, perks: { earlyAccess: true } }] },
  earlyAccess: [{ code: 'spring', products: ['LAMP'], until: '2026-04-01' }],
};
const REFERRAL = { friendDiscount: { percentOff: 10 }, referrerReward: { points: 5 }, codePrefix: 'DEMO' };

describe('a checkout in a Magento shop', () => {
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxMagento>;
  let customerId: string;

  beforeEach(async () => {
    const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    composed = await startSidecar({ clock, random: () => random.next() });
    const document = programmeDocument({ welcome: { points: 100 }, referral: REFERRAL, freeProducts: [MUG] });
    await publish(composed.sidecar.context, document, '2026-01-01T00:00:00.000Z');
    shop = createSandboxMagento({ clock, random: () => random.next() });
    await shop.start();
    await shop.connect(composed.url, await pairingCode(composed.url, PROGRAMME_ID));
    shop.addProduct({ productNumber: 'LAMP', grossMinor: 14_900, taxRate: 19, categoryIds: [] });
    shop.addProduct({ productNumber: 'MUG', grossMinor: 900, taxRate: 19, categoryIds: [] });
    customerId = shop.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop);
  });
  afterEach(async () => {
    await composed.close();
    await shop.stop();
  });

  const wish = (points: number, intent: string) => ({ points, valueMinor: points, intent });
  const place = (points: number, holdId: string) =>
    shop.placeOrder({ customerId, lines: LINES, redeem: { points, valueMinor: points, holdId } });

  it('reserves the points of one order, and refuses another that spends the same', async () => {
    expect(await shop.checkout({ customerId, redeem: wish(80, 'wish-1') })).toBeNull();
    expect(await shop.checkout({ customerId, redeem: wish(80, 'wish-2') })).toBe('insufficient_points');
    place(80, 'wish-1');
    await settle(composed, shop);
    expect(shop.member(customerId)).toMatchObject({ available_points: 20, held_points: 0, spent_intent: 'wish-1' });
    expect(await shop.checkout({ customerId, redeem: wish(20, 'wish-3') })).toBeNull();
  });

  it('refuses a wish that has paid for an order of which nothing was heard yet', async () => {
    expect(await shop.checkout({ customerId, redeem: wish(40, 'wish-1') })).toBeNull();
    place(40, 'wish-1');
    expect(await shop.checkout({ customerId, redeem: wish(40, 'wish-1') })).toBe('points_already_used');
  });

  it('takes coupons of the merchant, and friends\u2019 codes but for the owner and for later orders', async () => {
    const code = String(shop.member(customerId)['referral_code']);
    expect(await shop.checkout({ customerId, coupon: 'SUMMER' })).toBeNull();
    expect(await shop.checkout({ customerId, coupon: code })).toBe('own_friend_code');
    expect(await shop.checkout({ customerId: null, coupon: code })).toBeNull();
    shop.placeOrder({ guestEmail: 'guest@example.com', lines: LINES });
    await settle(composed, shop);
    expect(await shop.checkout({ customerId: null, coupon: code })).toBe('friend_code_not_first');
  });

  it('refuses a friend\u2019s code for an order after one that the books have not heard of', async () => {
    const code = String(shop.member(customerId)['referral_code']);
    const friend = shop.registerCustomer({ email: 'friend@example.com' });
    await settle(composed, shop);
    expect(await shop.checkout({ customerId: friend, coupon: code })).toBeNull();
    shop.placeOrder({ customerId: friend, lines: LINES });
    expect(await shop.checkout({ customerId: friend, coupon: code })).toBe('friend_code_not_first');
    expect(await shop.checkout({ customerId: friend, coupon: 'SUMMER' })).toBeNull();
  });

  it('refuses what is not open yet, also to guests, and tells the module what to say', async () => {
    await publish(composed.sidecar.context, programmeDocument(EARLY), '2026-02-01T00:00:00.000Z');
    expect(await shop.checkout({ customerId, goods: ['LAMP'] })).toBe('early_access');
    expect(await shop.checkout({ customerId: null, goods: ['MUG', 'LAMP'] })).toBe('early_access');
    expect(await shop.checkout({ customerId, goods: ['MUG'] })).toBeNull();
    const { db } = composed.storage;
    const terms = await db.selectFrom('desired_state').select('desired').where('resource_type', '=', 'terms').executeTakeFirst();
    expect(JSON.parse(terms?.desired ?? '{}')).toMatchObject({
      earlyAccess: [{ products: ['LAMP'], tiers: ['gold'], until: '2026-03-31T22:00:00.000Z', localUntil: '2026-04-01T00:00' }],
    });
  });

  it('tells the shop how many of a limited gift a member had, and that a cancelled order gave none', async () => {
    const order = shop.placeOrder({ customerId, lines: LINES, gifts: [{ ruleCode: 'mug', productNumber: 'MUG' }] });
    await settle(composed, shop);
    expect(shop.member(customerId)).toMatchObject({ given_gifts: { mug: 1 } });
    shop.cancelOrder(order);
    await settle(composed, shop);
    expect(shop.member(customerId)).toMatchObject({ given_gifts: null });
  });

  it.each([
    ['nothing that is a question', '{}', 'INVALID_INPUT'],
    [
      'a question without a signature',
      JSON.stringify({ shop_id: 's', customer_id: null, email: null, currency: 'EUR', code: null, orders: 0, points: null }),
      'MISSING_SIGNATURE',
    ],
  ])('refuses %s', async (_what, body, code) => {
    const answer = await call(`${composed.url}/magento/checkout`, { headers: { 'content-type': 'application/json' }, body });
    expect(errorCode(answer)).toBe(code);
  });
});
