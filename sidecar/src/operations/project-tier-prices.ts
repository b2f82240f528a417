import type { TierPriceMirror } from '../domain/mirror';
import { reason, type Reason } from '../domain/reason';
import { decideTierPrices } from '../domain/tier-price';
import type { Ids } from '../ids';
import { inTransaction, type Db } from '../storage/transaction';
import { productsAfter, unlistedProducts } from '../stores/catalog-store';
import { recordDecisions } from '../stores/decision-store';
import { setDesiredChanged } from '../stores/desired-state-store';
import type { PublishedProgramme } from '../stores/programme-store';

export interface ProjectTierPricesInput {
  readonly shopId: string;
  readonly published: PublishedProgramme;
  readonly ids: Ids;
  readonly now: string;
  /** Products a transaction (default 100). */
  readonly batchSize?: number;
}

interface DecidedPrices {
  readonly id: string;
  readonly state: TierPriceMirror | null;
  readonly reasons: readonly Reason[];
}

const BATCH_SIZE = 100;

/**
 * States the tier prices of every product of a shop's catalogue, and that products no longer in it have none; where they
 * change, with the decision that explains them. One short transaction a batch; safe to repeat, a second run changes nothing.
 */
export async function projectTierPrices(db: Db, input: ProjectTierPricesInput): Promise<{ products: number; changed: number }> {
  const { shopId } = input;
  const batchSize = input.batchSize ?? BATCH_SIZE;
  let products = 0;
  let changed = 0;
  let after: string | null = null;
  for (;;) {
    const batch = await productsAfter(db, shopId, after, batchSize);
    const decided = batch.map((product): DecidedPrices => {
      const { rows, reasons } = decideTierPrices(input.published.programme, product);
      const { productId, productNumber } = product;
      return { id: productId, state: rows.length === 0 ? null : { productId, productNumber, rows }, reasons };
    });
    changed += await project(db, input, decided);
    products += batch.length;
    after = batch.at(-1)?.productId ?? null;
    if (batch.length < batchSize) break;
  }
  return { products, changed: changed + (await withdrawUnlisted(db, input, batchSize)) };
}

/** Prices of products that left the catalogue. */
async function withdrawUnlisted(db: Db, input: ProjectTierPricesInput, batchSize: number): Promise<number> {
  let changed = 0;
  for (;;) {
    const ids = await unlistedProducts(db, input.shopId, batchSize);
    const reasons = [reason('tier_price_product_gone', true)];
    changed += await project(
      db,
      input,
      ids.map((id) => ({ id, state: null, reasons })),
    );
    if (ids.length < batchSize) return changed;
  }
}

async function project(db: Db, input: ProjectTierPricesInput, decided: readonly DecidedPrices[]): Promise<number> {
  const { shopId, published, ids, now } = input;
  return inTransaction(db, async (trx) => {
    const changed = new Set(await setDesiredChanged(trx, shopId, 'tier-price', decided, now));
    const decisions = decided.filter(({ id }) => changed.has(id));
    await recordDecisions(
      trx,
      decisions.map(({ id, state, reasons }) => ({
        decisionId: ids.next(),
        programmeId: published.programmeId,
        memberId: null,
        kind: 'tier_price',
        subject: `product:${shopId}:${id}`.slice(0, 191),
        programmeVersionId: published.versionId,
        decidedAt: now,
        inputs: { product: state?.productNumber ?? id },
        outcome: { prices: state?.rows.length ?? 0 },
        reasons,
      })),
    );
    return changed.size;
  });
}
