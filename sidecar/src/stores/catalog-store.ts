/** What the shops sell, as far as tier prices need it. */
import type { PricedProduct } from '../domain/tier-price';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import type { NewRow, Row } from '../storage/tables';
import { GONE_HASH } from './desired-state-store';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

export interface ListedProduct extends PricedProduct {
  /** The product's id in the shop. */
  readonly productId: string;
}

/** Stores products as seen at an instant; returns how many are new or different. */
export async function storeProducts(
  trx: Trx,
  shopId: string,
  products: readonly ListedProduct[],
  seenAt: string,
): Promise<number> {
  if (products.length === 0) return 0;
  // A product may come twice when the shop's list shifts between two pages; the last one counts.
  const rows = new Map(products.map((product) => [product.productId, catalogRow(shopId, product, seenAt)]));
  const known = await contentHashes(trx, shopId, [...rows.keys()]);
  const fresh = [...rows.values()].filter((row) => !known.has(row.product_id));
  const changed = [...rows.values()].filter((row) => known.has(row.product_id) && known.get(row.product_id) !== row.content_hash);
  for (const row of fresh) {
    if (!(await insertOnce(trx, 'catalog_product', row))) changed.push(row);
  }
  for (const row of changed) {
    await trx
      .updateTable('catalog_product')
      .set(row)
      .where('shop_id', '=', shopId)
      .where('product_id', '=', row.product_id)
      .execute();
  }
  await trx
    .updateTable('catalog_product')
    .set({ seen_at: seenAt })
    .where('shop_id', '=', shopId)
    .where('product_id', 'in', [...rows.keys()])
    .execute();
  return fresh.length + changed.length;
}

/** Forgets products not seen since an instant; returns how many. */
export async function removeUnseen(db: Db, shopId: string, seenBefore: string): Promise<number> {
  const deleted = await db
    .deleteFrom('catalog_product')
    .where('shop_id', '=', shopId)
    .where('seen_at', '<', seenBefore)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

/** Products in the order of their ids, after a given id (null = from the start). */
export async function productsAfter(
  db: Db,
  shopId: string,
  afterProductId: string | null,
  limit: number,
): Promise<ListedProduct[]> {
  let query = db.selectFrom('catalog_product').selectAll().where('shop_id', '=', shopId);
  if (afterProductId !== null) query = query.where('product_id', '>', afterProductId);
  return (await query.orderBy('product_id').limit(limit).execute()).map(catalogProduct);
}

/** Products by their numbers; a shop may have several of one. */
export async function productsOfNumbers(db: Db, shopId: string, productNumbers: readonly string[]): Promise<ListedProduct[]> {
  if (productNumbers.length === 0) return [];
  const rows = await db
    .selectFrom('catalog_product')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('product_number', 'in', productNumbers)
    .orderBy('product_id')
    .execute();
  return rows.map(catalogProduct);
}

/** Products that have tier prices in the desired state but are not in the catalogue. */
export async function unlistedProducts(db: Db, shopId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('desired_state')
    .leftJoin('catalog_product', (join) =>
      join
        .onRef('catalog_product.shop_id', '=', 'desired_state.shop_id')
        .onRef('catalog_product.product_id', '=', 'desired_state.resource_id'),
    )
    .select('desired_state.resource_id')
    .where('desired_state.shop_id', '=', shopId)
    .where('desired_state.resource_type', '=', 'tier-price')
    .where('desired_state.desired_hash', '!=', GONE_HASH)
    .where('catalog_product.product_id', 'is', null)
    .orderBy('desired_state.resource_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.resource_id);
}

async function contentHashes(trx: Trx, shopId: string, productIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('catalog_product')
    .select(['product_id', 'content_hash'])
    .where('shop_id', '=', shopId)
    .where('product_id', 'in', productIds)
    .execute();
  return new Map(rows.map((row) => [row.product_id, row.content_hash]));
}

function catalogRow(shopId: string, product: ListedProduct, seenAt: string): NewRow<'catalog_product'> {
  const categoryIds = canonicalJson([...product.categoryIds].sort());
  const prices = canonicalJson(product.prices);
  return {
    shop_id: shopId,
    product_id: product.productId,
    product_number: product.productNumber,
    category_ids: categoryIds,
    prices,
    content_hash: sha256Hex(canonicalJson([product.productNumber, categoryIds, prices])),
    seen_at: seenAt,
  };
}

function catalogProduct(row: Row<'catalog_product'>): ListedProduct {
  return {
    productId: row.product_id,
    productNumber: row.product_number,
    categoryIds: JSON.parse(row.category_ids) as string[],
    prices: JSON.parse(row.prices) as PricedProduct['prices'],
  };
}
