/** Facts of a shop that hardly ever change and are needed for many writes: read once and remembered for some minutes. */
import type { Clock } from '../../clock';
import { channelsAmong } from '../../domain/shop-branch';
import { ShopApiError } from '../../errors';
import type { ConnectedShop, ShopCurrency } from '../platform';
import type { ShopwareClient } from './client';
import { mapOf, numberOf, textOf, textsOf, type Fields } from './fields';

export interface Currencies {
  /** Shopware's currency id by ISO code. */
  readonly idOf: ReadonlyMap<string, string>;
  /** ISO code by Shopware's currency id. */
  readonly isoOf: ReadonlyMap<string, string>;
}

export interface ShopFacts {
  currencies(shop: ConnectedShop): Promise<Currencies>;
  /** Those its sales channels sell in, the shop's own first; all it knows as long as it sells nowhere. */
  soldCurrencies(shop: ConnectedShop): Promise<readonly ShopCurrency[]>;
  /** Locale, e.g. `de-DE`, by Shopware's language id; empty where the app may not know. @throws ShopApiError */
  locales(shop: ConnectedShop): Promise<ReadonlyMap<string, string>>;
  /** Where promotions apply: those named in the settings, else all. */
  salesChannelIds(shop: ConnectedShop): Promise<readonly string[]>;
  /** Also those of other parts of the installation. */
  everySalesChannelId(shop: ConnectedShop): Promise<readonly string[]>;
}

/** Shopware's own id of every shop's default currency. */
export const DEFAULT_CURRENCY_ID = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';

const REMEMBER_MS = 600_000;
/** More currencies or sales channels than any shop has. */
const ALL = 500;

export function createShopFacts(client: ShopwareClient, clock: Clock): ShopFacts {
  const currencies = remembered(clock, async (shop): Promise<Currencies> => {
    const rows = await currenciesOf(client, shop, []);
    const pairs = rows.map((row) => [textOf(row['isoCode']) ?? '', textOf(row['id']) ?? ''] as const);
    return { idOf: new Map(pairs), isoOf: new Map(pairs.map(([iso, id]) => [id, iso])) };
  });
  const soldCurrencies = remembered(clock, async (shop): Promise<readonly ShopCurrency[]> => {
    const sold = await currenciesOf(client, shop, [{ type: 'equals', field: 'salesChannels.active', value: true }]);
    const rows = sold.length > 0 ? sold : await currenciesOf(client, shop, []);
    return rows
      .toSorted((a, b) => Number(b['id'] === DEFAULT_CURRENCY_ID) - Number(a['id'] === DEFAULT_CURRENCY_ID))
      .flatMap((row) => {
        const currency = textOf(row['isoCode']);
        return currency === null ? [] : [{ currency, rate: numberOf(row['factor']) }];
      });
  });
  const locales = remembered(clock, async (shop): Promise<ReadonlyMap<string, string>> => {
    const rows = await languagesOf(client, shop);
    return new Map(rows.map((row) => [textOf(row['id']) ?? '', textOf(mapOf(row['locale'])['code']) ?? '']));
  });
  const salesChannels = remembered(clock, async (shop) => {
    const rows = await client.search(shop, 'sales_channel', { limit: ALL, includes: { sales_channel: ['id'] } });
    return rows.flatMap((row) => textOf(row['id']) ?? []).sort();
  });
  return {
    currencies,
    soldCurrencies,
    everySalesChannelId: salesChannels,
    locales,
    salesChannelIds: async (shop) => {
      const chosen = textsOf(shop.settings['salesChannelIds']);
      return channelsAmong(shop.settings, chosen.length > 0 ? chosen : await salesChannels(shop));
    },
  };
}

/** A new Shopware knows nine currencies, and sells in one. */
function currenciesOf(client: ShopwareClient, shop: ConnectedShop, filter: readonly Fields[]): Promise<Fields[]> {
  const includes = { currency: ['id', 'isoCode', 'factor'] };
  return client.search(shop, 'currency', { limit: ALL, includes, ...(filter.length === 0 ? {} : { filter }) });
}

/** An app that was installed before it asked for languages has no right to them until it is updated. */
async function languagesOf(client: ShopwareClient, shop: ConnectedShop): Promise<Fields[]> {
  try {
    return await client.search(shop, 'language', {
      limit: ALL,
      associations: { locale: {} },
      includes: { language: ['id', 'locale'], locale: ['id', 'code'] },
    });
  } catch (error) {
    if (error instanceof ShopApiError && error.status === 403) return [];
    throw error;
  }
}

function remembered<T>(clock: Clock, read: (shop: ConnectedShop) => Promise<T>): (shop: ConnectedShop) => Promise<T> {
  const known = new Map<string, { readonly value: T; readonly untilMs: number }>();
  return async (shop) => {
    const entry = known.get(shop.shopId);
    if (entry && entry.untilMs > clock.nowMs()) return entry.value;
    const value = await read(shop);
    known.set(shop.shopId, { value, untilMs: clock.nowMs() + REMEMBER_MS });
    return value;
  };
}
