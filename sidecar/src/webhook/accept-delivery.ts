/** Decides whether a delivery is genuine and wanted, and stores it. */
import type { Clock } from '../clock';
import { AppError } from '../errors';
import type { Ids } from '../ids';
import type { BatchedInsert } from '../inbox/batched-insert';
import type { InboxLog } from '../inbox/worker';
import type { PlatformName, RawDelivery, ShopPlatform, VerifiedDelivery } from '../platform/platform';
import type { RateBuckets } from '../security/rate-buckets';
import type { Stored } from '../stores/inbox-store';
import { isConnected, secretsValidAt } from '../stores/shop-store';
import type { KnownShop, ShopDirectory } from './shop-directory';

export interface AcceptDeliveryDeps {
  readonly directory: ShopDirectory;
  readonly inbox: BatchedInsert;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: InboxLog;
  /** By shop id. */
  readonly rate: RateBuckets;
  /** Called after a delivery was stored, so that the worker looks at once. */
  readonly onStored: () => void;
}

export type AcceptDelivery = (platform: ShopPlatform, delivery: RawDelivery) => Promise<Stored>;

interface Genuine {
  readonly shop: KnownShop;
  readonly verified: VerifiedDelivery;
}

/** Refusals that an outdated memory of the shop could cause. */
const MAY_BE_OUTDATED = new Set(['BAD_SIGNATURE', 'SHOP_NOT_ACTIVE']);

/** What the app itself goes through is heard from an inactive shop too: it is how the shop becomes active again. */
const LIFECYCLE_TOPIC = /^app\./;

/** Keys of the inbox are ASCII of bounded length; the sender's values go there as they are. */
const STORABLE_KEY = /^[\x20-\x7e]{1,191}$/;

/**
 * @returns a function that stores a delivery and says whether it was new; it throws AppError and has then stored nothing.
 * UNAVAILABLE means that the sender should try again.
 */
export function createAcceptDelivery(deps: AcceptDeliveryDeps): AcceptDelivery {
  return async (platform, delivery) => {
    const { shop, verified } = await authenticate(deps, platform, delivery);
    requireStorable(verified);
    const waitMs = deps.rate.take(shop.shopId);
    if (waitMs > 0) throw new AppError('RATE_LIMITED', { retryAfterMs: waitMs });
    const stored = await orUnavailable(
      deps,
      deps.inbox.insert({
        messageId: deps.ids.next(),
        shopId: shop.shopId,
        eventId: verified.eventId,
        topic: verified.topic,
        resourceKey: verified.resourceKey,
        body: delivery.body.toString('utf8'),
        receivedAt: deps.clock.now(),
      }),
    );
    if (stored === 'accepted') deps.onStored();
    return stored;
  };
}

async function authenticate(deps: AcceptDeliveryDeps, platform: ShopPlatform, delivery: RawDelivery): Promise<Genuine> {
  const externalShopId = platform.claimedShop(delivery);
  if (externalShopId === null) throw new AppError('UNKNOWN_SHOP');
  const check = (shop: KnownShop | null): Genuine => verify(deps, platform, delivery, shop);
  const shop = await lookUp(deps, 'find', platform.name, externalShopId);
  try {
    return check(shop);
  } catch (error) {
    const worthReading = shop?.remembered === true && error instanceof AppError && MAY_BE_OUTDATED.has(error.code);
    if (!worthReading) throw error;
  }
  return check(await lookUp(deps, 'read', platform.name, externalShopId));
}

function lookUp(
  deps: AcceptDeliveryDeps,
  how: 'find' | 'read',
  platform: PlatformName,
  externalShopId: string,
): Promise<KnownShop | null> {
  return orUnavailable(deps, deps.directory[how](platform, externalShopId));
}

/** The signature comes before the status: a stranger learns nothing about a shop. */
function verify(deps: AcceptDeliveryDeps, platform: ShopPlatform, delivery: RawDelivery, shop: KnownShop | null): Genuine {
  if (shop === null) throw new AppError('UNKNOWN_SHOP');
  const secrets = secretsValidAt(shop.secrets, deps.clock.now());
  if (secrets.length === 0) throw new AppError('SHOP_NOT_ACTIVE');
  const verified = platform.verify(delivery, secrets);
  if (!isConnected(shop.status) && !LIFECYCLE_TOPIC.test(verified.topic)) throw new AppError('SHOP_NOT_ACTIVE');
  return { shop, verified };
}

function requireStorable(verified: VerifiedDelivery): void {
  for (const field of ['eventId', 'topic', 'resourceKey'] as const) {
    if (!STORABLE_KEY.test(verified[field])) throw new AppError('INVALID_INPUT', { field });
  }
}

async function orUnavailable<T>(deps: AcceptDeliveryDeps, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    deps.log.error({ error }, 'the database did not take a delivery');
    throw new AppError('UNAVAILABLE');
  }
}
