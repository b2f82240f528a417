import type { TermsMirror } from '../../domain/mirror';
import type { ConnectedShop } from '../platform';
import type { ShopwareClient } from './client';
import { textOf, textsOf, type Fields } from './fields';
import { TERMS_KEY } from './names';

/**
 * Puts the terms into the app's configuration, where the cart script reads them. Free products and
 * memberships also get `productIds: { <product number>: <id> }`, since scripts and pages find products by id only.
 * @throws ShopApiError
 */
export async function writeTerms(
  client: ShopwareClient,
  shop: ConnectedShop,
  appName: string,
  terms: TermsMirror | null,
): Promise<void> {
  await client.writeConfig(shop, { [`${appName}.config.${TERMS_KEY}`]: terms && (await withProductIds(client, shop, terms)) });
}

interface OfProducts {
  readonly products?: unknown;
}

async function withProductIds(client: ShopwareClient, shop: ConnectedShop, terms: TermsMirror): Promise<Fields> {
  const { freeProducts, memberships } = terms;
  const numbers = [
    ...new Set([...freeProducts, ...(memberships ?? [])].flatMap(({ products }: OfProducts) => textsOf(products))),
  ];
  if (numbers.length === 0) return { ...terms };
  const rows = await client.search(shop, 'product', {
    filter: [{ type: 'equalsAny', field: 'productNumber', value: numbers }],
    limit: numbers.length,
    includes: { product: ['id', 'productNumber'] },
  });
  const ids = new Map(rows.map((row) => [textOf(row['productNumber']), textOf(row['id'])]));
  const named = <T extends OfProducts>(rule: T) => ({
    ...rule,
    productIds: Object.fromEntries(
      textsOf(rule.products).flatMap((number) => (ids.get(number) ? [[number, ids.get(number)]] : [])),
    ),
  });
  return { ...terms, freeProducts: freeProducts.map(named), ...(memberships && { memberships: memberships.map(named) }) };
}
