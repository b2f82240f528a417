/** Two channels of one shop: rules for one of them, and one that takes no part, on both platforms. */
import { ManualClock } from '../../sidecar/src/clock';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call } from './http-fixture';

const MINUTE_MS = 60_000;

type Placed = readonly { readonly code: string; readonly places?: readonly string[] }[];
interface Rules {
  readonly campaigns?: Placed;
  readonly freeProducts?: Placed;
}

describe.each(sandboxShops)('channels of a %s shop', (platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let customerId: string;
  let outlet: string;
  let trade: string;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(9);
    composed = await startSidecar({ clock, random: () => random.next() });
    shop = open(clock, () => random.next());
    outlet = shop.sandbox.addChannel();
    trade = shop.sandbox.addChannel();
    const document = programmeDocument({
      accrual: {
        lockDays: 0,
        multipliers: [{ code: 'trade-double', multiplier: 2, scope: { channels: ['trade'] } }],
      },
      campaigns: [{ code: 'trade-days', name: 'Trade days', bonus: 50, stacking: 'all', scope: { channels: ['trade'] } }],
      freeProducts: [
        { code: 'mug', products: ['MUG'], minimumGoods: { EUR: 50 } },
        { code: 'trade-mug', products: ['MUG'], minimumGoods: { EUR: 50 }, channels: ['trade'] },
      ],
      nextPurchase: [{ code: 'trade-again', voucher: { percentOff: 5, validDays: 30 }, scope: { channels: ['trade'] } }],
      activities: [{ code: 'trade-visit', kind: 'attendance', name: 'Visit', points: 7, scope: { channels: ['trade'] } }],
      challenges: [
        {
          code: 'trade-two',
          name: 'Twice at the counter',
          scope: { channels: ['trade'] },
          steps: [{ code: 'buy', name: 'Orders', kind: 'orders', settings: { count: 2 } }],
          badge: { code: 'regular', name: 'Regular' },
        },
      ],
      channels: [
        { code: 'trade', name: 'Trade counter', places: [{ id: trade }] },
        { code: 'outlet', name: 'Outlet', takesPart: false, places: [{ id: outlet }] },
      ],
      tiers: { levels: [] },
    });
    await publish(composed.sidecar.context, document, '2026-01-01T00:00:00.000Z');
    await shop.sandbox.start();
    await shop.connect(composed);
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    customerId = shop.sandbox.registerCustomer({ email: 'ann@example.com' });
    await settle(composed, shop.sandbox);
    await composed.sidecar.runJob('refresh-catalogue');
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const buy = async (channelId?: string): Promise<unknown> => {
    clock.advance(MINUTE_MS);
    const lines = [{ productNumber: 'LAMP', quantity: 1 }];
    shop.sandbox.payOrder(shop.sandbox.placeOrder({ customerId, lines, ...(channelId !== undefined && { channelId }) }));
    await settle(composed, shop.sandbox);
    clock.advance(MINUTE_MS);
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop.sandbox);
    return shop.shown(customerId).points;
  };

  it('earn by the rules for them, or nothing', async () => {
    expect(await buy()).toBe(100);
    expect(await buy(trade)).toBe(100 + 2 * 100 + 50);
    expect(await buy(outlet)).toBe(350);
    const rows = await composed.storage.db.selectFrom('decision').select('reasons').execute();
    expect(rows.map(({ reasons }) => reasons).join()).toContain('channel_excluded');
  });

  it('bring vouchers and count for challenges that are for them', async () => {
    const standing = (): unknown => shop.shown(customerId).challenges;
    await buy();
    await composed.sidecar.runJob('grant-next-purchases');
    expect(standing()).toMatchObject([{ code: 'trade-two', steps: [{ value: 0 }] }]);
    const granted = () => composed.storage.db.selectFrom('next_purchase').select('status').orderBy('order_id').execute();
    expect(await granted()).toEqual([{ status: 'refused' }]);
    await buy(trade);
    await buy(trade);
    await composed.sidecar.runJob('grant-next-purchases');
    await settle(composed, shop.sandbox);
    expect((await granted()).map(({ status }) => status).sort()).toEqual(['granted', 'granted', 'refused']);
    expect(standing()).toMatchObject([{ code: 'trade-two', complete: true }]);
  });

  it('give their gifts, and reward what is told to have happened there', async () => {
    const shopId = await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow();
    const post = (path: string, body: object) =>
      call(`${composed.url}${path}`, {
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const cart = { shopId: shopId.shop_id, customerId, currency: 'EUR', goodsMinor: 5000 };
    const due = async (more: object): Promise<unknown> =>
      ((await post('/v1/gifts/due', { ...cart, ...more })).body as { due: { ruleCode: string }[] }).due.map(
        ({ ruleCode }) => ruleCode,
      );
    expect([await due({}), await due({ channelId: trade }), await due({ channelId: outlet })]).toEqual([
      ['mug'],
      ['mug', 'trade-mug'],
      ['mug'],
    ]);
    const event = {
      kind: 'attendance',
      occurredAt: clock.now(),
      member: { shopId: shopId.shop_id, customerId },
      activity: 'trade-visit',
    };
    const told = async (id: string, more: object) =>
      (await post('/v1/events', { ...event, id, data: {}, programmeId: 'default', ...more })).body;
    expect(await told('visit-one', {})).toMatchObject({ points: 0, reasons: [{ code: 'activity_other_channel' }] });
    expect(await told('visit-two', { channelId: trade })).toMatchObject({ points: 7, repeated: false });
    expect(await told('visit-two', { channelId: trade })).toMatchObject({ points: 7, repeated: true });
  });

  it('are told which of them take no part, and of rules for some where these hold', () => {
    const codes = ({ campaigns = [], freeProducts = [] }: Rules): string[] =>
      [...campaigns, ...freeProducts].map(({ code }) => code);
    const terms = shop.terms() as Rules;
    expect(terms).toMatchObject({ excludedChannels: [outlet] });
    const ofTrade = ['trade-days', 'mug', 'trade-mug'];
    expect(codes(terms)).toEqual(platform === 'Shopware' ? ['mug'] : ofTrade);
    if (platform !== 'Shopware') {
      const placed = [...(terms.campaigns ?? []), ...(terms.freeProducts ?? [])].map(({ places }) => places);
      expect(placed).toEqual([[trade], undefined, [trade]]);
      return;
    }
    const { config } = shop.sandbox as unknown as { config(key: string): unknown };
    const read = (channel: string): unknown => config.call(shop.sandbox, `${channel}:LoyaltySidecar.config.programme`);
    expect(read(outlet)).toMatchObject({ redemption: null, accrual: { earn: {} } });
    expect(codes(read(trade) as Rules)).toEqual(ofTrade);
  });
});
