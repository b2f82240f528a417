import type { TermsMirror } from '../../domain/mirror';
import { channelsAmong, ownChannels } from '../../domain/shop-branch';
import type { ConnectedShop } from '../platform';
import type { ShopwareClient } from './client';
import { textOf, textsOf, type Fields } from './fields';
import { TERMS_KEY } from './names';
import type { ShopFacts } from './shop-facts';

/**
 * Puts the terms into the app's configuration, where the cart script reads them. Free products,
 * memberships and rules of early access also get `productIds: { <product number>: <id> }`, since scripts and pages find products by id only.
 * Sales channels that take no part get terms of their own, in which nothing is earned, spent or given; so do those that rules
 * name, in which these rules are. In the terms of all others they are not. Where sales channels belong to several programmes, the terms
 * say whose accounts are meant: `homes`, the sales channels they were opened in.
 * @throws ShopApiError
 */
export async function writeTerms(
  { client, facts, appName }: { readonly client: ShopwareClient; readonly facts: ShopFacts; readonly appName: string },
  shop: ConnectedShop,
  terms: TermsMirror | null,
): Promise<void> {
  const key = `${appName}.config.${TERMS_KEY}`;
  const excluded = terms?.excludedChannels ?? [];
  const known = terms && (await withProductIds(client, shop, terms));
  const named = new Set(known ? placedRules(known).flatMap(({ places }) => textsOf(places)) : []);
  // Also of those that nothing names: something may have before.
  const channels = channelsAmong(shop.settings, await facts.everySalesChannelId(shop));
  const own = ownChannels(shop.settings);
  const homes = own !== null && { homes: channels };
  const inherits = own === null || 'but' in own;
  const ofChannel = (channel: string): Fields => {
    if (known === null) return { [key]: null };
    if (excluded.includes(channel)) return { [key]: { ...withoutPart(known), ...homes } };
    return { [key]: inherits && !named.has(channel) ? null : { ...within(known, channel), ...homes } };
  };
  // What is said of all channels is the installation's; a branch speaks of its own.
  const values: Fields = inherits ? { [key]: known && { ...within(known, null), ...homes } } : {};
  await client.writeConfig(shop, values, Object.fromEntries(channels.map((channel) => [channel, ofChannel(channel)])));
}

type PlacedTerms = Pick<TermsMirror, 'campaigns' | 'freeProducts'>;

function placedRules({ campaigns, freeProducts }: PlacedTerms): readonly Readonly<Record<string, unknown>>[] {
  return [...campaigns, ...freeProducts];
}

/** The terms with the rules that hold in a sales channel; null = in those that no rule names. */
function within(terms: PlacedTerms, channel: string | null): Fields {
  const holds = ({ places }: Readonly<Record<string, unknown>>): boolean =>
    places === undefined || (channel !== null && textsOf(places).includes(channel));
  return { ...terms, campaigns: terms.campaigns.filter(holds), freeProducts: terms.freeProducts.filter(holds) };
}

/** Pages still show what members have. */
function withoutPart(terms: TermsMirror): Fields {
  const accrual = { ...terms.accrual, earn: {} };
  return { ...terms, accrual, redemption: null, campaigns: [], freeProducts: [], memberships: [], earlyAccess: [] };
}

interface OfProducts {
  readonly products?: unknown;
}

async function withProductIds(client: ShopwareClient, shop: ConnectedShop, terms: TermsMirror): Promise<TermsMirror> {
  const { freeProducts, memberships, earlyAccess } = terms;
  const numbers = [
    ...new Set(
      [...freeProducts, ...(memberships ?? []), ...(earlyAccess ?? [])].flatMap(({ products }: OfProducts) => textsOf(products)),
    ),
  ];
  if (numbers.length === 0) return terms;
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
