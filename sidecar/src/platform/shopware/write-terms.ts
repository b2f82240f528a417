import type { TermsMirror } from '../../domain/mirror';
import type { ConnectedShop } from '../platform';
import type { ShopwareClient } from './client';
import { textOf, textsOf, type Fields } from './fields';
import { TERMS_KEY } from './names';

/**
 * Puts the terms into the app's configuration, where the cart script reads them. Free products also get
 * `productIds: { <product number>: <id> }`, since a cart script can add products by id only.
 * @throws ShopApiError
 */
export async function writeTerms(
  client: ShopwareClient,
  shop: ConnectedShop,
  appName: string,
  terms: TermsMirror | null,
): Promise<void> {
  const value = terms && { ...terms, freeProducts: await withProductIds(client, shop, terms.freeProducts) };
  await client.writeConfig(shop, { [`${appName}.config.${TERMS_KEY}`]: value });
}

async function withProductIds(
  client: ShopwareClient,
  shop: ConnectedShop,
  rules: TermsMirror['freeProducts'],
): Promise<Fields[]> {
  const numbers = [...new Set(rules.flatMap((rule) => textsOf(rule['products'])))];
  if (numbers.length === 0) return [...rules];
  const rows = await client.search(shop, 'product', {
    filter: [{ type: 'equalsAny', field: 'productNumber', value: numbers }],
    limit: numbers.length,
    includes: { product: ['id', 'productNumber'] },
  });
  const ids = new Map(rows.map((row) => [textOf(row['productNumber']), textOf(row['id'])]));
  return rules.map((rule) => ({
    ...rule,
    productIds: Object.fromEntries(
      textsOf(rule['products']).flatMap((number) => (ids.get(number) ? [[number, ids.get(number)]] : [])),
    ),
  }));
}
