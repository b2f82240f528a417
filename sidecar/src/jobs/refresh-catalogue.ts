import type { Clock } from '../clock';
import type { ConnectedShop, ShopPlatform } from '../platform/platform';
import { inTransaction, type Db } from '../storage/transaction';
import { removeUnseen, storeProducts } from '../stores/catalog-store';
import type { JobLog } from './run-job';

export interface RefreshCatalogueDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly platform: ShopPlatform;
  readonly shop: ConnectedShop;
  readonly signal?: AbortSignal;
}

/** A type and not an interface, so that it is also a record of figures. */
export type CatalogueFigures = { products: number; changed: number; removed: number };

/** A shop's list that never ends is a fault, not a catalogue. */
const MAX_PAGES = 20_000;

/**
 * Reads all products of a shop. Products missing from a complete pass are forgotten; a pass that breaks off, or finds
 * nothing at all, forgets none, since losing the catalogue would take every tier price out of the shop.
 * @throws ShopApiError when a page cannot be read; what was read so far is stored
 */
export async function refreshCatalogue(deps: RefreshCatalogueDependencies): Promise<CatalogueFigures> {
  const { db, clock, platform, shop } = deps;
  const startedAt = clock.now();
  const figures: CatalogueFigures = { products: 0, changed: 0, removed: 0 };
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    if (deps.signal?.aborted === true) return figures;
    const page = await platform.products(shop, cursor);
    figures.products += page.items.length;
    figures.changed += await inTransaction(db, (trx) => storeProducts(trx, shop.shopId, page.items, clock.now()));
    cursor = page.nextCursor;
    if (cursor === null) {
      if (figures.products > 0) figures.removed = await removeUnseen(db, shop.shopId, startedAt);
      else deps.log.warn({ shopId: shop.shopId }, 'the shop lists no products; its catalogue is kept');
      return figures;
    }
  }
  throw new Error(`the product list of shop ${shop.shopId} did not end after ${MAX_PAGES} pages`);
}
