import type { TierPriceMirror } from '../domain/mirror';
import { contractSteps, decideContractPrices, type ContractPrices, type WideDiscount } from '../domain/price-list';
import { reason, type Reason } from '../domain/reason';
import { decideTierPrices, type PricedProduct } from '../domain/tier-price';
import type { Ids } from '../ids';
import { inTransaction, type Db } from '../storage/transaction';
import { productsAfter, productsOfNumbers, unlistedProducts, type ListedProduct } from '../stores/catalog-store';
import { recordDecisions } from '../stores/decision-store';
import { setDesiredChanged } from '../stores/desired-state-store';
import { listsInForce, rowsOfProducts, wideDiscounts, type PriceList } from '../stores/price-list-store';
import type { PublishedProgramme } from '../stores/programme-store';

export interface ProjectTierPricesInput {
  readonly shopId: string;
  readonly published: PublishedProgramme;
  readonly ids: Ids;
  readonly now: string;
  /** Products a transaction (default 100). */
  readonly batchSize?: number;
  /** Asked between transactions; whoever stops it does it again. */
  readonly isStopping?: () => boolean;
}

interface DecidedPrices {
  readonly id: string;
  readonly state: TierPriceMirror | null;
  readonly reasons: readonly Reason[];
}

const BATCH_SIZE = 100;

/**
 * States the prices of tiers and contracts of every product of a shop's catalogue, and that products no longer in it have
 * none; where they change, with the decision that explains them. One short transaction a batch; safe to repeat, a second
 * run changes nothing.
 */
export async function projectTierPrices(db: Db, input: ProjectTierPricesInput): Promise<{ products: number; changed: number }> {
  const { shopId } = input;
  const batchSize = input.batchSize ?? BATCH_SIZE;
  const lists = await knownLists(db, input);
  let products = 0;
  let changed = 0;
  let after: string | null = null;
  for (;;) {
    const batch = await productsAfter(db, shopId, after, batchSize);
    changed += await project(db, input, await decide(db, input, lists, batch));
    products += batch.length;
    after = batch.at(-1)?.productId ?? null;
    if (input.isStopping?.()) return { products, changed };
    if (batch.length < batchSize) break;
  }
  return { products, changed: changed + (await withdrawUnlisted(db, input, batchSize)) };
}

/** The same for products by their numbers. */
export async function projectPricesOf(
  db: Db,
  input: ProjectTierPricesInput,
  productNumbers: readonly string[],
): Promise<{ changed: number }> {
  const lists = await knownLists(db, input);
  let changed = 0;
  for (let from = 0; from < productNumbers.length; from += BATCH_SIZE) {
    const batch = await productsOfNumbers(db, input.shopId, productNumbers.slice(from, from + BATCH_SIZE));
    changed += await project(db, input, await decide(db, input, lists, batch));
  }
  return { changed };
}

async function decide(
  db: Db,
  { published }: ProjectTierPricesInput,
  lists: KnownLists,
  products: readonly ListedProduct[],
): Promise<DecidedPrices[]> {
  const contractsOf = await contracts(db, lists, products);
  return products.map((product) => {
    const { productId, productNumber } = product;
    const tiers = decideTierPrices(published.programme, product);
    const contract = decideContractPrices(product, contractsOf(product));
    const isPlain = tiers.rows.length === 0 && contract.rows.length === 0;
    const ofLists = contract.rows.length > 0 && { lists: contract.rows };
    const state = isPlain ? null : { productId, productNumber, rows: tiers.rows, ...ofLists };
    return { id: productId, state, reasons: [...contract.reasons, ...tiers.reasons] };
  });
}

/** What the lists say of each product, read once for all of them. */
async function contracts(
  db: Db,
  { lists, wide }: KnownLists,
  products: readonly ListedProduct[],
): Promise<(product: PricedProduct) => ContractPrices[]> {
  const numbers = products.map((product) => product.productNumber);
  const listIds = lists.map((list) => list.list_id);
  const known = await rowsOfProducts(db, listIds, numbers);
  return (product) =>
    lists.flatMap(({ list_id: listId, code: list, currency, basis }) => {
      const own = known.get(listId)?.get(product.productNumber) ?? [];
      const steps = contractSteps(product, own, wide.get(listId) ?? []);
      return steps.length > 0 ? [{ list, currency, basis, steps }] : [];
    });
}

interface KnownLists {
  readonly lists: readonly PriceList[];
  readonly wide: ReadonlyMap<string, readonly WideDiscount[]>;
}

/** Lists in force, with what they say of more than one product. */
async function knownLists(db: Db, { published, now }: ProjectTierPricesInput): Promise<KnownLists> {
  const lists = await listsInForce(db, published.programmeId, now);
  const listIds = lists.map((list) => list.list_id);
  return { lists, wide: await wideDiscounts(db, listIds) };
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
        outcome: { prices: (state?.rows.length ?? 0) + (state?.lists?.length ?? 0) },
        reasons,
      })),
    );
    return changed.size;
  });
}
