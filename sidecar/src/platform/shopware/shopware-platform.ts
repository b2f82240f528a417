import type { Clock } from '../../clock';
import type { ShopHttp } from '../http-client';
import type { ConnectedShop, ShopPlatform } from '../platform';
import { createShopwareClient } from './client';
import { claimedShopOf, verifyDelivery } from './delivery';
import { normalise } from './normalise';
import { orderOfIntent } from './order-of-intent';
import { salesChannelsOf } from './sales-channels';
import { createShopFacts } from './shop-facts';
import { createShopReading } from './shop-reading';
import { maxBatch, pushResources } from './write-back';

export interface ShopwarePlatformDeps {
  readonly http: ShopHttp;
  readonly clock: Clock;
  /** Keyed hash of a normalised e-mail address. */
  readonly hashEmail: (email: string) => string;
  /** The app's technical name, under which its configuration lies. */
  readonly appName: string;
}

export interface ShopwarePlatform extends ShopPlatform {
  /** The order that used a wish to pay with points; null when there is none yet. @throws ShopApiError */
  orderOfIntent(shop: ConnectedShop, customerId: string, intent: string): Promise<string | null>;
}

/**
 * Shopware 6.6 and 6.7 behind the port. A shop's `credentials` are `{ apiKey, secretKey }`; its `settings` may hold
 * `salesChannelIds` (where our promotions apply; default all) and `rulePriority` (of tier rules; default 100).
 */
export function createShopwarePlatform({ http, clock, hashEmail, appName }: ShopwarePlatformDeps): ShopwarePlatform {
  const client = createShopwareClient({ http, clock });
  const facts = createShopFacts(client, clock);
  const reading = createShopReading({ client, facts, clock, hashEmail });
  return {
    name: 'shopware',
    verify: verifyDelivery,
    claimedShop: claimedShopOf,
    normalise,
    ...reading,
    currencies: (shop) => facts.soldCurrencies(shop),
    salesChannels: (shop) => salesChannelsOf(client, shop),
    push: (shop, resources) => pushResources({ client, facts, appName }, shop, resources),
    orderOfIntent: (shop, customerId, intent) => orderOfIntent(client, shop, customerId, intent),
    maxBatch: (type) => maxBatch[type],
  };
}
