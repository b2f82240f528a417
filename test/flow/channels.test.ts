/** Two channels of one shop: rules for one of them, and one that takes no part, on both platforms. */
import { ManualClock } from '../../sidecar/src/clock';
import { seededRandom } from '../simulation/random';
import { settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { programmeDocument, publish } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';

const MINUTE_MS = 60_000;

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

  it('are told which of them take no part, and not of campaigns for some', () => {
    expect(shop.terms()).toMatchObject({ excludedChannels: [outlet], campaigns: [] });
    if (platform !== 'Shopware') return;
    const { config } = shop.sandbox as unknown as { config(key: string): unknown };
    const read = (channel: string): unknown => config.call(shop.sandbox, `${channel}:LoyaltySidecar.config.programme`);
    expect(read(outlet)).toMatchObject({ redemption: null, accrual: { earn: {} } });
    expect(read(trade)).toBeUndefined();
  });
});
