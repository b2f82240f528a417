/** What our promotions have in common. */
import type { PriceEffect } from '../../domain/programme';
import { toMajor } from '../../domain/money';
import type { ConnectedShop } from '../platform';
import type { Fields } from './fields';
import { ownId } from './names';
import { DEFAULT_CURRENCY_ID, type Currencies } from './shop-facts';

/** Where a promotion applies. */
export function salesChannelRows(shop: ConnectedShop, promotionId: string, salesChannelIds: readonly string[]): Fields[] {
  return salesChannelIds.map((salesChannelId) => ({
    id: ownId(shop.shopId, 'sales-channel', promotionId, salesChannelId),
    salesChannelId,
    priority: 1,
  }));
}

/**
 * The one discount of a promotion, on the whole cart. In a currency without an amount of its own, Shopware converts the
 * default currency's; without that one, the first amount stands there, and a rule must keep the promotion from it.
 */
export function discountRow(shop: ConnectedShop, promotionId: string, effect: PriceEffect, currencies: Currencies): Fields {
  const id = ownId(shop.shopId, 'discount', promotionId);
  const common = { id, scope: 'cart', considerAdvancedRules: false };
  if (effect.kind === 'percent') return { ...common, type: 'percentage', value: effect.percentBps / 100 };
  const amounts = Object.entries(effect.priceMinor).flatMap(([currency, minor]) => {
    const currencyId = currencies.idOf.get(currency);
    return currencyId === undefined ? [] : [{ currencyId, amount: toMajor(minor, currency) }];
  });
  const inDefault = amounts.find(({ currencyId }) => currencyId === DEFAULT_CURRENCY_ID);
  return {
    ...common,
    type: 'absolute',
    value: (inDefault ?? amounts[0])?.amount ?? 0,
    promotionDiscountPrices: amounts
      .filter((amount) => amount !== inDefault)
      .map(({ currencyId, amount }) => ({
        id: ownId(shop.shopId, 'discount-price', promotionId, currencyId),
        currencyId,
        price: amount,
      })),
  };
}

/** Currencies an amount off is offered in; null = all, since a percentage needs none. */
export function currencyIdsOf(effect: PriceEffect, currencies: Currencies): string[] | null {
  if (effect.kind === 'percent') return null;
  return Object.keys(effect.priceMinor).flatMap((currency) => currencies.idOf.get(currency) ?? []);
}
