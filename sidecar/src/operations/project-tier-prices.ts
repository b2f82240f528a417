import type { TierPriceMirror } from '../domain/mirror';
import type { Programme } from '../domain/programme';
import { tierPriceRows } from '../domain/tier-price';
import { inTransaction, type Db } from '../storage/transaction';
import { productsAfter, unlistedProducts } from '../stores/catalog-store';
import { setDesiredMany } from '../stores/desired-state-store';

export interface ProjectTierPricesInput {
  readonly shopId: string;
  readonly programme: Programme;
  readonly now: string;
  /** Products a transaction (default 100). */
  readonly batchSize?: number;
}

const BATCH_SIZE = 100;

/**
 * States the tier prices of every product of a shop's catalogue, and that products no longer in it have none.
 * One short transaction a batch; safe to repeat, a second run changes nothing.
 */
export async function projectTierPrices(db: Db, input: ProjectTierPricesInput): Promise<{ products: number; changed: number }> {
  const { shopId, now } = input;
  const batchSize = input.batchSize ?? BATCH_SIZE;
  let products = 0;
  let changed = 0;
  let after: string | null = null;
  for (;;) {
    const batch = await productsAfter(db, shopId, after, batchSize);
    const resources = batch.map((product) => {
      const rows = tierPriceRows(input.programme, product);
      const state: TierPriceMirror | null =
        rows.length === 0 ? null : { productId: product.productId, productNumber: product.productNumber, rows };
      return { id: product.productId, state };
    });
    changed += await inTransaction(db, (trx) => setDesiredMany(trx, shopId, 'tier-price', resources, now));
    products += batch.length;
    after = batch.at(-1)?.productId ?? null;
    if (batch.length < batchSize) break;
  }
  return { products, changed: changed + (await withdrawUnlisted(db, shopId, batchSize, now)) };
}

/** Prices of products that left the catalogue. */
async function withdrawUnlisted(db: Db, shopId: string, batchSize: number, now: string): Promise<number> {
  let changed = 0;
  for (;;) {
    const ids = await unlistedProducts(db, shopId, batchSize);
    const resources = ids.map((id) => ({ id, state: null }));
    changed += await inTransaction(db, (trx) => setDesiredMany(trx, shopId, 'tier-price', resources, now));
    if (ids.length < batchSize) return changed;
  }
}
