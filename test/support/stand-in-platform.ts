import type {
  CatalogProduct,
  ChangedPage,
  ConnectedShop,
  CustomerSnapshot,
  DesiredResource,
  DesiredResourceType,
  PushOutcome,
  ShopPlatform,
} from '../../sidecar/src/platform/platform';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import type { Db } from '../../sidecar/src/storage/transaction';

export interface Push {
  readonly shopId: string;
  readonly resources: readonly DesiredResource[];
  readonly idempotencyKey: string;
}

export interface StandInPlatform extends ShopPlatform {
  readonly pushes: Push[];
  /** Answers a push; default: everything is taken. May be replaced at any time. */
  answer: (push: Push) => Promise<readonly PushOutcome[]> | readonly PushOutcome[];
  /** What every shop shows, by `shop/type/id`. */
  readonly shown: Map<string, unknown>;
  batch: (type: DesiredResourceType) => number;
  changedOrdersPage: (since: string, cursor: string | null) => ChangedPage<OrderSnapshot>;
  changedCustomersPage: (since: string, cursor: string | null) => ChangedPage<CustomerSnapshot>;
  productsPage: (cursor: string | null) => ChangedPage<CatalogProduct>;
}

const NO_PAGE = { items: [], nextCursor: null };

/** A platform that records what it is told and answers as the test says. */
export function standInPlatform(): StandInPlatform {
  const notAsked = (): never => {
    throw new Error('this test does not expect the call');
  };
  const platform: StandInPlatform = {
    name: 'shopware',
    pushes: [],
    shown: new Map(),
    answer: (push) => push.resources.map(() => ({ ok: true })),
    batch: () => 10,
    changedOrdersPage: () => NO_PAGE,
    changedCustomersPage: () => NO_PAGE,
    productsPage: () => NO_PAGE,
    verify: notAsked,
    claimedShop: notAsked,
    normalise: notAsked,
    readOrder: notAsked,
    readCustomer: notAsked,
    readContact: notAsked,
    changedOrders: async (_shop, since, cursor) => Promise.resolve(platform.changedOrdersPage(since, cursor)),
    changedCustomers: async (_shop, since, cursor) => Promise.resolve(platform.changedCustomersPage(since, cursor)),
    salesChannels: async () => Promise.resolve([]),
    currencies: async () => Promise.resolve([{ currency: 'EUR', rate: 1 }]),
    findProducts: () => Promise.resolve([]),
    products: async (_shop, cursor) => Promise.resolve(platform.productsPage(cursor)),
    maxBatch: (type) => platform.batch(type),
    push: async (shop, resources, options) => {
      const push = { shopId: shop.shopId, resources, idempotencyKey: options.idempotencyKey };
      platform.pushes.push(push);
      const outcomes = await platform.answer(push);
      resources.forEach((resource, index) => {
        if (outcomes[index]?.ok === true) platform.shown.set(`${shop.shopId}/${resource.type}/${resource.id}`, resource.state);
      });
      return outcomes;
    },
  };
  return platform;
}

export function connectedShop(shopId: string): ConnectedShop {
  return {
    shopId,
    platform: 'shopware',
    externalShopId: `external-${shopId}`,
    programmeId: 'programme-1',
    url: `https://${shopId}.example`,
    credentials: {},
    settings: {},
  };
}

export async function insertShop(db: Db, shopId: string, status: 'active' | 'inactive' = 'active'): Promise<void> {
  await db
    .insertInto('shop')
    .values({
      shop_id: shopId,
      platform: 'shopware',
      external_shop_id: `external-${shopId}`,
      programme_id: 'programme-1',
      url: `https://${shopId}.example`,
      status,
      signing_secret: null,
      previous_signing_secret: null,
      previous_valid_until: null,
      pending_signing_secret: null,
      pending_url: null,
      api_credentials: null,
      settings: '{}',
      app_version: null,
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
    })
    .execute();
}
