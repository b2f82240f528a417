import { toMinor } from '../../domain/money';
import type { CatalogProduct } from '../platform';
import { mapsOf, numberOf, required, textOf, textsOf, type Fields } from './fields';

/**
 * A product or variant as the Admin API gives it, inheritance resolved. Pure.
 * @param currencies ISO codes by Shopware's currency id; prices in unknown currencies are left out
 * @throws ShopApiError naming the field that is missing
 */
export function mapProduct(product: Fields, currencies: ReadonlyMap<string, string>): CatalogProduct {
  const productId = required(textOf(product['id']), 'a product', 'id');
  return {
    productId,
    productNumber: required(textOf(product['productNumber']), `product ${productId}`, 'productNumber'),
    // With all parents, as order lines have them.
    categoryIds: textsOf(product['categoryTree']),
    prices: Object.fromEntries(mapsOf(product['price']).flatMap((price) => priceEntry(price, currencies))),
  };
}

function priceEntry(
  price: Fields,
  currencies: ReadonlyMap<string, string>,
): [string, { grossMinor: number; netMinor: number }][] {
  const currency = currencies.get(textOf(price['currencyId']) ?? '');
  const gross = numberOf(price['gross']);
  const net = numberOf(price['net']);
  if (currency === undefined || gross === null || net === null) return [];
  return [[currency, { grossMinor: toMinor(gross, currency), netMinor: toMinor(net, currency) }]];
}
