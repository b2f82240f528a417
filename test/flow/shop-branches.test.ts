/** Two brands in one Shopware installation: a sales channel with a programme of its own, beside those of the shop's. */
import { ManualClock } from '../../sidecar/src/clock';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, APP, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { call, errorCode, type Answer } from './http-fixture';

const OTHER = 'brand-b';
const START = '2026-01-01T00:00:00.000Z';
const tiers = (code: string, discountPercent: number) => ({
  levels: [{ code, name: code, threshold: 50, perks: { discountPercent } }],
});

describe('sales channels of a Shopware installation with a programme of their own', () => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxShopware>;
  let own: string;
  let channel: string;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(4);
    composed = await startSidecar({ clock, random: () => random.next() });
    const { context } = composed.sidecar;
    const earning = (points: number) => ({ EUR: { earn: { points, per: 1 }, pointValue: { points: 100, value: 1 } } });
    const document = (points: number, tier: string, percent: number) =>
      programmeDocument({ currencies: earning(points), accrual: { lockDays: 0 }, tiers: tiers(tier, percent) });
    await publish(context, document(1, 'gold', 10), START);
    await publish(context, document(3, 'ruby', 20), START, OTHER);
    shop = createSandboxShopware({ clock, random: () => random.next(), ...APP });
    channel = shop.addChannel();
    await shop.start();
    await shop.connect(composed.url);
    shop.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    await settle(composed, shop);
    const { shops } = (await send('GET', '/admin/shops')).body as { shops: { shopId: string }[] };
    own = shops[0]?.shopId ?? '';
  });
  afterEach(async () => {
    await composed.close();
    await shop.stop();
  });

  const send = (method: string, path: string, body?: object, token = ADMIN_TOKEN): Promise<Answer> =>
    call(`${composed.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const assign = (programmes: object[], shopId = own): Promise<Answer> =>
    send('PUT', `/admin/shops/${shopId}/channels`, { programmes });
  const show = async (): Promise<void> => {
    await composed.sidecar.runJob('refresh-catalogue');
    await settle(composed, shop);
    await settle(composed, shop);
  };
  const fields = (customerId: string) => shop.member(customerId)['customFields'] as Record<string, unknown>;
  const buy = async (customerId: string, channelId?: string): Promise<void> => {
    clock.advance(60_000);
    const input = { customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }], ...(channelId !== undefined && { channelId }) };
    shop.payOrder(shop.placeOrder(input));
    await settle(composed, shop);
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop);
  };
  const terms = (of: string | null): { homes?: string[]; tiers?: { code: string }[] } | undefined =>
    shop.config(`${of === null ? '' : `${of}:`}${APP.appName}.config.programme`) as ReturnType<typeof terms>;

  it('have customers, orders, prices and terms of that programme, and the others go on as before', async () => {
    const assigned = await assign([{ programmeId: OTHER, channelIds: [channel] }]);
    expect(assigned).toMatchObject({ status: 200, body: { programmes: [{ programmeId: OTHER, channelIds: [channel] }] } });
    expect((await send('GET', `/admin/shops/${own}/channels`)).body).toEqual(assigned.body);
    const ann = shop.registerCustomer({ email: 'ann@example.com' });
    const bob = shop.registerCustomer({ email: 'bob@example.com', channelId: channel });
    await show();
    expect(terms(channel)?.tiers?.map(({ code }) => code)).toEqual(['ruby']);
    expect(terms(null)?.tiers?.map(({ code }) => code)).toEqual(['gold']);
    expect([terms(channel)?.homes, terms(null)?.homes?.includes(channel)]).toEqual([[channel], false]);
    await buy(ann);
    await buy(bob, channel);
    expect([fields(ann)['loyalty_points'], fields(ann)['loyalty_tier']]).toEqual([100, 'gold']);
    expect([fields(bob)['loyalty_points'], fields(bob)['loyalty_tier']]).toEqual([300, 'ruby']);
    expect([shop.unitPrice(ann, 'LAMP', 1), shop.unitPrice(bob, 'LAMP', 1), shop.unitPrice(null, 'LAMP', 1)]).toEqual([
      9000, 8000, 10_000,
    ]);
    const { db } = composed.storage;
    const members = await db.selectFrom('member').select('programme_id').orderBy('programme_id').execute();
    expect(members.map((row) => row.programme_id)).toEqual([OTHER, PROGRAMME_ID].sort());
    expect(await verifyBooks(db)).toMatchObject({ ok: true });
    // From the page of a customer in the administration.
    const { member_id: memberId } = await db
      .selectFrom('member_identity')
      .select('member_id')
      .where('customer_id', '=', ann)
      .executeTakeFirstOrThrow();
    expect((await shop.pressButton('customer', ann)).page).toMatch(new RegExp(`/shopware/admin#/members/${memberId}$`));
    expect((await shop.pressButton('customer', bob)).message).toBe('300 points available, 0 pending. Tier: ruby.');
    expect((await shop.pressButton('customer', 'f'.repeat(32))).message).toContain('knows nothing about this yet');
  });

  it('earn nothing for members of another programme, who cannot pay with their points there', async () => {
    await assign([{ programmeId: OTHER, channelIds: [channel] }]);
    const ann = shop.registerCustomer({ email: 'ann@example.com' });
    await show();
    await buy(ann);
    await buy(ann, channel);
    expect(fields(ann)['loyalty_points']).toBe(100);
    expect(await composed.storage.db.selectFrom('order_position').select('shop_id').execute()).toEqual([{ shop_id: own }]);
    const redeem = { points: 100, valueMinor: 100, holdId: 'a'.repeat(32) };
    const cart = { customerId: ann, lines: [{ productNumber: 'LAMP', quantity: 1 }], redeem };
    expect(await shop.checkout(cart)).toEqual([]);
    expect(await shop.checkout({ ...cart, channelId: channel, redeem: { ...redeem, holdId: 'b'.repeat(32) } })).toHaveLength(1);
  });

  it('let their members pay with points, find lost orders again, and follow the app and its keys', async () => {
    await assign([{ programmeId: OTHER, channelIds: [channel] }]);
    const bob = shop.registerCustomer({ email: 'bob@example.com', channelId: channel });
    await show();
    await buy(bob, channel);
    const redeem = { points: 100, valueMinor: 100, holdId: 'c'.repeat(32) };
    const cart = { customerId: bob, channelId: channel, lines: [{ productNumber: 'LAMP', quantity: 1 }], redeem };
    expect(await shop.checkout(cart)).toEqual([]);
    shop.placeOrder(cart);
    await settle(composed, shop);
    expect(fields(bob)['loyalty_points']).toBe(200);
    shop.faults.dropWebhook = 1;
    clock.advance(60_000);
    shop.payOrder(shop.placeOrder({ customerId: bob, channelId: channel, lines: cart.lines }));
    await shop.deliverWebhooks();
    shop.faults.dropWebhook = 0;
    await composed.sidecar.runJob('reconcile-shops');
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop);
    expect(fields(bob)['loyalty_points']).toBe(200 + 3 * 80);
    shop.deactivateApp();
    await settle(composed, shop);
    const statuses = async () =>
      (await composed.storage.db.selectFrom('shop').select('status').execute()).map((row) => row.status);
    expect(await statuses()).toEqual(['inactive', 'inactive']);
    await shop.connect(composed.url);
    await settle(composed, shop);
    expect(await statuses()).toEqual(['active', 'active']);
  });

  it('can be given back: what was made for them goes, new customers are members of the shop’s programme', async () => {
    await assign([{ programmeId: OTHER, channelIds: [channel] }]);
    const bob = shop.registerCustomer({ email: 'bob@example.com', channelId: channel });
    await show();
    await buy(bob, channel);
    expect((await assign([])).body).toEqual({ programmes: [] });
    await show();
    expect(fields(bob)['loyalty_points']).toBeNull();
    expect(shop.unitPrice(bob, 'LAMP', 1)).toBe(10_000);
    expect([terms(channel), terms(null)?.homes]).toEqual([undefined, undefined]);
    const eve = shop.registerCustomer({ email: 'eve@example.com', channelId: channel });
    await settle(composed, shop);
    await buy(eve, channel);
    expect(fields(eve)['loyalty_points']).toBe(100);
    await assign([{ programmeId: OTHER, channelIds: [channel] }]);
    await show();
    const branches = composed.storage.db.selectFrom('shop').select('status').where('branch_of', 'is not', null);
    expect(await branches.execute()).toEqual([{ status: 'active' }]);
  });

  it('are assigned by those who may, once each, to programmes that there are', async () => {
    const fieldsOf = async (programmes: object[]): Promise<unknown> =>
      ((await assign(programmes)).body as { error: { details: { fields?: unknown } } }).error.details.fields;
    const twice = [
      { programmeId: OTHER, channelIds: [channel] },
      { programmeId: 'third', channelIds: [channel] },
    ];
    expect(await fieldsOf(twice)).toMatchObject([
      { field: 'programmes.1.channelIds.0', problem: 'belongs to a programme already' },
    ]);
    expect(await fieldsOf([{ programmeId: OTHER, channelIds: ['7'] }])).toMatchObject([{ field: 'programmes.0.channelIds.0' }]);
    expect(errorCode(await assign([{ programmeId: 'nowhere', channelIds: [channel] }]))).toBe('NOT_FOUND');
    expect(errorCode(await assign([{ programmeId: PROGRAMME_ID, channelIds: [channel] }]))).toBe('CONFLICT');
    expect(errorCode(await assign([], 'nowhere'))).toBe('UNKNOWN_SHOP');
    const key = { programmeId: PROGRAMME_ID, name: 'staff', scopes: ['shops:read', 'shops:write'] };
    const { secret } = (await send('POST', '/admin/api-keys', key)).body as { secret: string };
    const body = { programmes: [{ programmeId: OTHER, channelIds: [channel] }] };
    expect(errorCode(await send('PUT', `/admin/shops/${own}/channels`, body, secret))).toBe('NOT_FOUND');
    // Offered: from then on those who reach the shop's own programme alone may give it channels, and take them back.
    expect((await assign([{ programmeId: OTHER, channelIds: [] }])).body).toEqual({ programmes: [] });
    expect((await send('PUT', `/admin/shops/${own}/channels`, body, secret)).status).toBe(200);
    const known = (await send('GET', `/admin/shops/${own}/sales-channels`, undefined, secret)).body as Record<
      'channels',
      object[]
    >;
    expect(known).toMatchObject({ programmes: [{ programmeId: PROGRAMME_ID }, { programmeId: OTHER }] });
    expect(known.channels).toHaveLength(2);
    expect(known.channels).toContainEqual({ channelId: channel, name: 'Storefront', programmeId: OTHER });
    expect((await send('PUT', `/admin/shops/${own}/channels`, { programmes: [] }, secret)).status).toBe(200);
    expect((await send('PUT', `/admin/shops/${own}/channels`, body, secret)).status).toBe(200);
    await assign([]);
    expect(errorCode(await send('PUT', `/admin/shops/${own}/channels`, body, secret))).toBe('NOT_FOUND');
    const { shops } = (await send('GET', '/admin/shops')).body as { shops: { shopId: string }[] };
    const branch = shops.find(({ shopId }) => shopId !== own)?.shopId ?? '';
    expect(errorCode(await send('GET', `/admin/shops/${branch}/sales-channels`))).toBe('CONFLICT');
  });
});
