import type { TierPriceMirror } from '../../domain/mirror';
import { toMajor } from '../../domain/money';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import type { ShopwareClient } from './client';
import { mapsOf, textOf, type Fields } from './fields';
import { ownId, ownPrefix } from './names';
import { DEFAULT_CURRENCY_ID, type Currencies, type ShopFacts } from './shop-facts';
import { listRuleId } from './write-price-list';
import { tierRuleId } from './write-tier';

interface DesiredTierPrices {
  readonly id: string;
  readonly state: TierPriceMirror | null;
}

/** Advanced prices of products under our rules of tiers and price lists. Rows of the merchant's own rules stay as they are. @throws ShopApiError */
export async function planTierPrices(
  deps: { readonly client: ShopwareClient; readonly facts: ShopFacts },
  shop: ConnectedShop,
  products: readonly DesiredTierPrices[],
): Promise<PlannedWrite[]> {
  const currencies = await deps.facts.currencies(shop);
  const rows = await deps.client.search(shop, 'product', {
    ids: products.map((product) => product.id),
    limit: products.length,
    associations: { prices: {} },
    includes: { product: ['id', 'prices'], product_price: ['id', 'productId'] },
  });
  const byId = new Map(rows.map((row) => [textOf(row['id']), row]));
  const wanted = products.map(({ state }) => (state === null ? [] : rulePrices(shop, state)));
  const missing = await missingRules(deps.client, shop, new Set(wanted.flat().map(({ ruleId }) => ruleId)));
  return products.map((product, index) => {
    const prices = wanted[index] ?? [];
    const planned = planProduct(shop, product, prices, byId.get(product.id), currencies);
    return 'operations' in planned && prices.some(({ ruleId }) => missing.has(ruleId)) ? LOST : planned;
  });
}

/** Shopware lets a rule go after its prices, so those of all products are gone with it. */
const LOST: PlannedWrite = {
  outcome: {
    ok: false,
    retryable: true,
    error: 'a rule of a tier or price list was deleted in the shop; it is written again with all its prices',
    lost: ['tier', 'price-list', 'tier-price'],
  },
};

/** Our rules that prices need and that somebody deleted in the shop: it would answer 500, as if it were out of order. */
async function missingRules(
  client: ShopwareClient,
  shop: ConnectedShop,
  needed: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (needed.size === 0) return needed;
  const rows = await client.search(shop, 'rule', { ids: [...needed], limit: needed.size, includes: { rule: ['id'] } });
  const known = new Set(rows.map((row) => textOf(row['id'])));
  return new Set([...needed].filter((ruleId) => !known.has(ruleId)));
}

function planProduct(
  shop: ConnectedShop,
  { id, state }: DesiredTierPrices,
  prices: readonly RulePrice[],
  product: Fields | undefined,
  currencies: Currencies,
): PlannedWrite {
  if (!product) {
    if (state === null) return { outcome: { ok: true } };
    return { outcome: { ok: false, retryable: false, error: `the shop has no product ${id}` } };
  }
  const wanted = priceRows(shop, id, prices, currencies);
  if (wanted.some((row) => !mapsOf(row['price']).some((price) => price['currencyId'] === DEFAULT_CURRENCY_ID))) {
    const error = `the tier prices of product ${id} name no price in the shop's default currency`;
    return { outcome: { ok: false, retryable: false, error } };
  }
  const kept = new Set(wanted.map((row) => row['id']));
  const gone = mapsOf(product['prices'])
    // A variant lists its parent's prices as well.
    .filter((row) => row['productId'] === id)
    .flatMap((row) => textOf(row['id']) ?? [])
    .filter((priceId) => priceId.startsWith(ownPrefix(shop.shopId, 'price')) && !kept.has(priceId));
  return {
    operations: [
      { entity: 'product_price', action: 'delete', payload: gone.map((priceId) => ({ id: priceId })) },
      { entity: 'product_price', action: 'upsert', payload: wanted },
    ],
  };
}

/** A price under one of our rules. */
interface RulePrice {
  readonly ruleId: string;
  /** Part of the ids of its rows. */
  readonly name: readonly string[];
  readonly quantityFrom: number;
  readonly currency: string;
  readonly grossMinor: number;
  readonly netMinor: number;
}

function rulePrices({ shopId }: ConnectedShop, { rows, lists = [] }: TierPriceMirror): RulePrice[] {
  return [
    ...rows.map((row) => ({ ...row, ruleId: tierRuleId(shopId, row.tier), name: [row.tier] })),
    ...lists.map((row) => ({ ...row, ruleId: listRuleId(shopId, row.list), name: ['list', row.list] })),
  ];
}

/** One row for each rule and quantity, with its prices in all currencies; a step reaches up to the next one. */
function priceRows(shop: ConnectedShop, productId: string, prices: readonly RulePrice[], currencies: Currencies): Fields[] {
  return [...new Set(prices.map((price) => price.ruleId))].flatMap((ruleId) => {
    const ofRule = prices.filter((price) => price.ruleId === ruleId);
    const steps = [...new Set(ofRule.map((price) => price.quantityFrom))].sort((a, b) => a - b);
    const name = ofRule[0]?.name ?? [];
    return steps.map((quantityStart, index) => {
      const next = steps[index + 1];
      return {
        id: ownId(shop.shopId, 'price', productId, ...name, quantityStart),
        productId,
        ruleId,
        quantityStart,
        quantityEnd: next === undefined ? null : next - 1,
        price: ofRule.filter((price) => price.quantityFrom === quantityStart).flatMap((price) => priceOf(price, currencies)),
      };
    });
  });
}

function priceOf({ currency, grossMinor, netMinor }: RulePrice, currencies: Currencies): Fields[] {
  const currencyId = currencies.idOf.get(currency);
  if (currencyId === undefined) return [];
  return [{ currencyId, gross: toMajor(grossMinor, currency), net: toMajor(netMinor, currency), linked: false }];
}
