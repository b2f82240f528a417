/** Levels by several conditions and points for volume, from the orders of a shop to what the shop shows, on both platforms. */
import type { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import type { SandboxShop } from '../sandbox/sandbox-shop';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { ADMIN_TOKEN, APP, pairingCode, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { PROGRAMME_ID, programmeDocument } from '../support/programme';
import { call, errorCode, type Answer } from './http-fixture';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const GOLD = {
  code: 'gold',
  name: 'Gold',
  all: [
    { metric: 'turnover', atLeast: 400 },
    { metric: 'orders', atLeast: 2, windowDays: 30 },
  ],
  perks: { multiplier: 2, discountPercent: 5, freeShipping: true, accountContact: 'Your own line' },
};
const PIECES = { code: 'pieces', name: 'Pieces', metric: 'items', period: 'year', bands: [{ from: 5, points: 500 }] };

interface Shown {
  readonly points: unknown;
  readonly tier: unknown;
}

interface Shop {
  readonly sandbox: SandboxShop;
  connect(composed: ComposedSidecar): Promise<void>;
  shown(customerId: string): Shown;
  terms(): unknown;
  /** How far the customer is, as pages show it. */
  progress(customerId: string): { readonly conditions: unknown; readonly volume: unknown };
  /** What a lamp earns at gold: the carts of one sandbox take the level's price, those of the other the product's own. */
  readonly goldPoints: number;
}

type Random = () => number;

const platforms: [string, (clock: ManualClock, random: Random) => Shop][] = [
  [
    'Shopware',
    (clock, random) => {
      const sandbox = createSandboxShopware({ clock, random, ...APP });
      return {
        sandbox,
        connect: (composed) => sandbox.connect(composed.url),
        shown: (customerId) => {
          const fields = sandbox.member(customerId)['customFields'] as Record<string, unknown>;
          return { points: fields['loyalty_points'], tier: fields['loyalty_tier'] };
        },
        terms: () => sandbox.config(`${APP.appName}.config.programme`),
        progress: (customerId) => {
          const fields = sandbox.member(customerId)['customFields'] as Record<string, unknown>;
          return { conditions: fields['loyalty_next_tier_conditions'], volume: fields['loyalty_volume'] };
        },
        goldPoints: 190,
      };
    },
  ],
  [
    'Magento',
    (clock, random) => {
      const sandbox = createSandboxMagento({ clock, random });
      return {
        sandbox,
        connect: async (composed) => sandbox.connect(composed.url, await pairingCode(composed.url, PROGRAMME_ID)),
        shown: (customerId) => {
          const { available_points: points, tier } = sandbox.member(customerId);
          return { points, tier };
        },
        terms: () => sandbox.api.terms,
        progress: (customerId) => {
          const details = sandbox.member(customerId)['details'] as Record<string, unknown>;
          return { conditions: details['next_tier_conditions'], volume: details['volume'] };
        },
        goldPoints: 200,
      };
    },
  ],
];

describe.each(platforms)('a member of a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: Shop;
  let customerId: string;

  beforeEach(async () => {
    const document = programmeDocument({
      accrual: { lockDays: 0 },
      tiers: { period: 'year', levels: [GOLD] },
      volume: [PIECES],
    });
    ({ clock, composed, shop } = await connectShop(open, document, { publishedAt: '2026-01-01T00:00:00.000Z' }));
    shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 10_000, taxRate: 19, categoryIds: [] });
    customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await settle(composed, shop.sandbox);
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  /** What the shop tells arrives, what is due is released, and the shop shows it. */
  const show = async (): Promise<Shown> => {
    clock.advance(MINUTE_MS);
    await settle(composed, shop.sandbox);
    clock.advance(MINUTE_MS);
    await composed.sidecar.runJob('release-due-points');
    await settle(composed, shop.sandbox);
    return shop.shown(customerId);
  };
  const buy = (quantity: number): string => {
    const order = shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity }] });
    shop.sandbox.payOrder(order);
    return order;
  };
  const night = async (): Promise<Shown> => {
    clock.advance(DAY_MS);
    await composed.sidecar.runJob('review-tiers');
    return show();
  };
  const giveTier = async (tier: string | null, endsAt: string | null = null): Promise<Answer> => {
    const { member_id: memberId } = await composed.storage.db.selectFrom('member').select('member_id').executeTakeFirstOrThrow();
    return call(`${composed.url}/admin/members/${memberId}/manual-tier`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tier, endsAt, reason: 'agreed with sales', actor: 'staff' }),
    });
  };

  it('reaches a level by turnover and orders, is paid for pieces, and a refund takes both back', async () => {
    buy(3);
    expect(await show()).toEqual({ points: 300, tier: null });
    const second = buy(2);
    expect(await show()).toEqual({ points: 500 + 500, tier: 'gold' });
    shop.sandbox.refundLines(second, [{ productNumber: 'LAMP', quantity: 1 }]);
    expect(await show()).toEqual({ points: 400, tier: 'gold' });
    expect(await night()).toEqual({ points: 400, tier: 'gold' });
    shop.sandbox.refundLines(second, [{ productNumber: 'LAMP', quantity: 1 }]);
    expect(await show()).toEqual({ points: 300, tier: 'gold' });
    expect(await night()).toEqual({ points: 300, tier: null });
  });

  it('earns double as gold, also for an order refunded after gold is lost', async () => {
    await giveTier('gold', '2026-03-02T00:00:00Z');
    expect(await show()).toEqual({ points: 0, tier: 'gold' });
    const order = buy(2);
    expect(await show()).toEqual({ points: 2 * shop.goldPoints, tier: 'gold' });
    clock.advance(DAY_MS);
    await composed.sidecar.runJob('end-manual-tiers');
    shop.sandbox.refundLines(order, [{ productNumber: 'LAMP', quantity: 1 }]);
    expect(await show()).toEqual({ points: shop.goldPoints, tier: null });
  });

  it('is given a level by staff and keeps it at night, until they take it away', async () => {
    expect(await giveTier('gold')).toMatchObject({ status: 200, body: { changed: true } });
    expect(await giveTier('gold')).toMatchObject({ status: 200, body: { changed: false } });
    expect(await night()).toEqual({ points: 0, tier: 'gold' });
    expect(await giveTier(null)).toMatchObject({ status: 200, body: { changed: true } });
    expect(await show()).toEqual({ points: 0, tier: null });
    const wrong = [await giveTier('iron'), await giveTier('gold', '2026-01-01T00:00:00Z')];
    expect(wrong.map(errorCode)).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
  });

  it('finds levels, perks and bands in the terms', () => {
    expect(shop.terms()).toMatchObject({
      accrual: { tierMultiplierBps: { gold: 20_000 } },
      tiers: [
        {
          code: 'gold',
          threshold: 40_000,
          requirement: {
            combine: 'all',
            conditions: [
              { metric: 'turnover', atLeast: 40_000, window: { period: 'year' } },
              { metric: 'orders', atLeast: 2, window: { days: 30 } },
            ],
          },
          perks: { freeShipping: true, fasterShipping: false, accountContact: 'Your own line' },
        },
      ],
      volume: [{ code: 'pieces', name: 'Pieces', metric: 'items', bands: [{ from: 5, points: 500 }] }],
    });
  });

  it('pays the price of the level for goods that no rule names', async () => {
    await composed.sidecar.runJob('refresh-catalogue');
    await settle(composed, shop.sandbox);
    expect(shop.sandbox.tierPriceCount()).toBe(1);
  });

  it('sees how far it is with each incentive and condition', async () => {
    buy(3);
    await show();
    expect(shop.progress(customerId)).toMatchObject({
      conditions: [
        { metric: 'turnover', value: 30_000, missing: 10_000 },
        { metric: 'orders', value: 1, missing: 1 },
      ],
      volume: [
        {
          code: 'pieces',
          value: 3,
          points: 0,
          nextBand: { from: 5, points: 500, missing: 2 },
          endsAt: '2027-01-01T00:00:00.000Z',
        },
      ],
    });
  });
});
