import type { ShopIds } from './shop-ids';
import type { TableStore } from './table-store';

/** Ids of what every Shopware shop has from its installation. */
export interface ShopSeed {
  readonly currencyId: string;
  readonly languageId: string;
  readonly salesChannelId: string;
  readonly groupId: string;
  readonly countryId: string;
  readonly paymentMethodId: string;
  readonly shippingMethodId: string;
}

/** The same in every Shopware. */
const DEFAULT_CURRENCY = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';
const FURTHER_CURRENCY = '5b1f0d1c3a6e4c0e9a3f7a1d2c4b6e80';
const DEFAULT_LANGUAGE = '2fbb5fe2e29a4d70aa5854ce7ce3e20b';
const DEFAULT_GROUP = 'cfbd5018d38d41d8adca10d94fc8bdd6';
const STOREFRONT_TYPE = '8a243080f92e4c719546314b577cf82b';

const ROUNDING = { extensions: [], decimals: 2, interval: 0.01, roundForNet: true, apiAlias: 'cash_rounding_config' };

export function seedShop(store: TableStore, ids: ShopIds): ShopSeed {
  const seed = {
    currencyId: DEFAULT_CURRENCY,
    languageId: DEFAULT_LANGUAGE,
    salesChannelId: ids.next(),
    groupId: DEFAULT_GROUP,
    countryId: ids.next(),
    paymentMethodId: ids.next(),
    shippingMethodId: ids.next(),
  };
  store.insert('currency', {
    id: seed.currencyId,
    isoCode: 'EUR',
    factor: 1,
    symbol: '€',
    shortName: 'EUR',
    name: 'Euro',
    isSystemDefault: true,
    itemRounding: ROUNDING,
    totalRounding: ROUNDING,
  });
  // Every new Shopware knows more currencies than any of its sales channels has.
  store.insert('currency', {
    id: FURTHER_CURRENCY,
    isoCode: 'USD',
    factor: 1.17,
    symbol: '$',
    shortName: 'USD',
    name: 'US-Dollar',
  });
  const localeId = ids.next();
  store.insert('locale', { id: localeId, code: 'en-GB' });
  store.insert('language', { id: seed.languageId, name: 'English', localeId });
  addSalesChannel(store, ids, seed);
  store.insert('customer_group', { id: seed.groupId, name: 'Standard customer group', displayGross: true });
  return seed;
}

export function addSalesChannel(
  store: TableStore,
  ids: ShopIds,
  of: Pick<ShopSeed, 'salesChannelId' | 'currencyId' | 'languageId'>,
  name = 'Storefront',
) {
  store.insert('sales_channel', {
    id: of.salesChannelId,
    name,
    active: true,
    typeId: STOREFRONT_TYPE,
    currencyId: of.currencyId,
    languageId: of.languageId,
    accessKey: ids.accessKey(),
  });
  store.insert('sales_channel_currency', { salesChannelId: of.salesChannelId, currencyId: of.currencyId });
}
