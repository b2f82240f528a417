/** Products that a merchant looks for, by the shop's own search. */
import { INTERACTIVE } from '../http-client';
import type { ConnectedShop, FoundProduct, ProductQuestion } from '../platform';
import type { Criteria, ShopwareClient } from './client';
import { mapOf, textOf, type Fields } from './fields';
import { mapProduct } from './product-mapping';

const includes = { product: ['id', 'productNumber', 'name', 'translated', 'categoryTree', 'price'] };

/** @param currencies ISO codes by Shopware's currency id @throws ShopApiError */
export async function findProducts(
  client: ShopwareClient,
  shop: ConnectedShop,
  question: ProductQuestion,
  currencies: ReadonlyMap<string, string>,
): Promise<FoundProduct[]> {
  const criteria: Criteria = { filter: [filterOf(question)], sort: [{ field: 'productNumber', order: 'ASC' }], includes };
  const limit = 'numbers' in question ? question.numbers.length : question.limit;
  const rows = await client.search(shop, 'product', { ...criteria, limit }, INTERACTIVE);
  return rows.map((row) => foundProduct(row, currencies));
}

function filterOf(question: ProductQuestion): Fields {
  if ('numbers' in question) return { type: 'equalsAny', field: 'productNumber', value: question.numbers };
  const contains = (field: string) => ({ type: 'contains', field, value: question.text });
  return { type: 'multi', operator: 'or', queries: [contains('productNumber'), contains('name')] };
}

function foundProduct(row: Fields, currencies: ReadonlyMap<string, string>): FoundProduct {
  const { productNumber, prices } = mapProduct(row, currencies);
  // A variant has the name of its parent, which is among what is translated only.
  const name = textOf(mapOf(row['translated'])['name']) ?? textOf(row['name']);
  return {
    productNumber,
    name,
    prices: Object.fromEntries(Object.entries(prices).map(([code, { grossMinor }]) => [code, grossMinor])),
  };
}
