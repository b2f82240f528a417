import type { Clock } from '../clock';
import type { PlatformName } from '../platform/platform';
import type { Sealer } from '../security/sealer';
import type { Db } from '../storage/transaction';
import { findShop, openedSecrets, type OpenedSecret, type ShopStatus } from '../stores/shop-store';

export interface KnownShop {
  readonly shopId: string;
  readonly status: ShopStatus;
  readonly secrets: readonly OpenedSecret[];
  /** Whether it was remembered instead of read just now: a refusal must not rest on that. */
  readonly remembered: boolean;
}

/**
 * Shops by the id they give themselves, remembered for some seconds: a webhook then costs one statement, not two, and no
 * decryption.
 */
export interface ShopDirectory {
  /** Null when there is no such shop. */
  find(platform: PlatformName, externalShopId: string): Promise<KnownShop | null>;
  /** The same, read from the database now. */
  read(platform: PlatformName, externalShopId: string): Promise<KnownShop | null>;
  /** To be called when a shop's secrets or status changed. */
  forget(shopId: string): void;
}

/** How long another process may go on with what it knows of a shop that was deactivated. */
const REMEMBER_MS = 5_000;
const MAX_SHOPS = 1_000;

/** Keys are ASCII in the database; anything else cannot be a shop of ours and must not reach a statement. */
const EXTERNAL_ID = /^[\x21-\x7e]{1,64}$/;

export function createShopDirectory(db: Db, sealer: Sealer, clock: Clock): ShopDirectory {
  const remembered = new Map<string, { readonly shop: KnownShop; readonly untilMs: number }>();
  const reading = new Map<string, Promise<KnownShop | null>>();
  let changes = 0;

  const load = async (platform: PlatformName, externalShopId: string, key: string): Promise<KnownShop | null> => {
    const changesBefore = changes;
    const row = await findShop(db, platform, externalShopId);
    if (!row) return null;
    const shop = { shopId: row.shop_id, status: row.status, secrets: openedSecrets(row, sealer), remembered: false };
    if (changes === changesBefore) {
      if (remembered.size >= MAX_SHOPS) remembered.clear();
      remembered.set(key, { shop: { ...shop, remembered: true }, untilMs: clock.nowMs() + REMEMBER_MS });
    }
    return shop;
  };
  /** Readers of one shop share a statement, so that a flood of bad signatures costs no more than one at a time. */
  const read: ShopDirectory['read'] = (platform, externalShopId) => {
    if (!EXTERNAL_ID.test(externalShopId)) return Promise.resolve(null);
    const key = `${platform} ${externalShopId}`;
    const underWay = reading.get(key);
    if (underWay) return underWay;
    const started = load(platform, externalShopId, key).finally(() => reading.delete(key));
    reading.set(key, started);
    return started;
  };
  return {
    read,
    find: (platform, externalShopId) => {
      const known = remembered.get(`${platform} ${externalShopId}`);
      return known && known.untilMs > clock.nowMs() ? Promise.resolve(known.shop) : read(platform, externalShopId);
    },
    forget: (shopId) => {
      changes += 1;
      // Whoever asks from now on must not share a reading that began before the change.
      reading.clear();
      for (const [key, { shop }] of remembered) if (shop.shopId === shopId) remembered.delete(key);
    },
  };
}
