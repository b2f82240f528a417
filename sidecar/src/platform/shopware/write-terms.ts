import type { TermsMirror } from '../../domain/mirror';
import type { ConnectedShop } from '../platform';
import type { ShopwareClient } from './client';
import { textOf, textsOf, type Fields } from './fields';
import { TERMS_KEY } from './names';
import type { ShopFacts } from './shop-facts';

/**
 * Puts the terms into the app's configuration, where the cart script reads them. Free products,
 * memberships and rules of early access also get `productIds: { <product number>: <id> }`, since scripts and pages find products by id only.
 * Sales channels that take no part get terms of their own, in which nothing is earned, spent or given.
 * @throws ShopApiError
 */
export async function writeTerms(
  { client, facts, appName }: { readonly client: ShopwareClient; readonly facts: ShopFacts; readonly appName: string },
  shop: ConnectedShop,
  terms: TermsMirror | null,
): Promise<void> {
  const key = `${appName}.config.${TERMS_KEY}`;
  const excluded = terms?.excludedChannels ?? [];
  const apart = (channel: string): Fields => ({ [key]: terms && excluded.includes(channel) ? withoutPart(terms) : null });
  // Also of those that take part: they may not have before.
  const channels = await facts.everySalesChannelId(shop);
  const values = { [key]: terms && (await withProductIds(client, shop, terms)) };
  await client.writeConfig(shop, values, Object.fromEntries(channels.map((channel) => [channel, apart(channel)])));
}

/** Pages still show what members have. */
function withoutPart(terms: TermsMirror): Fields {
  const accrual = { ...terms.accrual, earn: {} };
  return { ...terms, accrual, redemption: null, campaigns: [], freeProducts: [], memberships: [], earlyAccess: [] };
}

interface OfProducts {
  readonly products?: unknown;
}

async function withProductIds(client: ShopwareClient, shop: ConnectedShop, terms: TermsMirror): Promise<Fields> {
  const { freeProducts, memberships, earlyAccess } = terms;
  const numbers = [
    ...new Set(
      [...freeProducts, ...(memberships ?? []), ...(earlyAccess ?? [])].flatMap(({ products }: OfProducts) => textsOf(products)),
    ),
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
  return {
    ...terms,
    freeProducts: freeProducts.map(named),
    ...(memberships && { memberships: memberships.map(named) }),
    ...(earlyAccess && { earlyAccess: earlyAccess.map(named) }),
  };
}
