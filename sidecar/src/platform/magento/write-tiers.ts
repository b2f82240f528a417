import { z } from 'zod';
import type { TierMirror, TierPriceMirror } from '../../domain/mirror';
import { toMajor } from '../../domain/money';
import { ShopApiError } from '../../errors';
import type { ConnectedShop, PushOutcome } from '../platform';
import { messageOf, type MagentoClient } from './client';
import { groupMode, ShopGroups } from './customer-groups';
import { groupCode, groupCodePrefix, priceListKey } from './names';

/** Without groups, nothing in the shop stands for a tier: members and prices name it. */
export async function pushTier(
  client: MagentoClient,
  shop: ConnectedShop,
  code: string,
  state: TierMirror | null,
): Promise<void> {
  if (groupMode(shop) !== true) return;
  const groups = await ShopGroups.read(client, shop);
  if (state === null) {
    // Whoever is still in one of them goes to the general group: members are brought to the shop first.
    for (const { id } of groups.ofTier(code)) await client.send(shop, 'DELETE', `/customerGroups/${id}`);
    return;
  }
  for (const base of groups.bases()) {
    const wanted = groupCode(code, base.id);
    if (groups.find(wanted)) continue;
    await client.send(shop, 'POST', '/customerGroups', { group: { code: wanted, tax_class_id: base.tax_class_id } });
  }
}

interface TierPriceResource {
  readonly id: string;
  readonly state: TierPriceMirror | null;
}

interface MagentoPrice {
  readonly price: number;
  readonly price_type: 'fixed' | 'discount';
  readonly website_id: number;
  readonly sku: string;
  readonly customer_group: string;
  readonly quantity: number;
}

const priceSchema = z.object({
  price: z.number(),
  price_type: z.enum(['fixed', 'discount']),
  website_id: z.number(),
  sku: z.string(),
  customer_group: z.string(),
  quantity: z.number(),
});
const errorsSchema = z.array(z.object({ message: z.string().nullish(), parameters: z.array(z.unknown()).nullish() }));

/** Adds and changes rows of our groups, removes those that are gone; the merchant's own rows stay. */
export async function pushTierPrices(
  client: MagentoClient,
  shop: ConnectedShop,
  resources: readonly TierPriceResource[],
): Promise<PushOutcome[]> {
  if (groupMode(shop) === null) return pushToModule(client, shop, resources);
  const groups = groupMode(shop) === true ? await ShopGroups.read(client, shop) : null;
  const wanted = groups === null ? [] : resources.flatMap(({ state }) => (state === null ? [] : rowsOf(state, groups)));
  const skus = resources.flatMap(({ state }) => (state === null ? [] : [state.productNumber]));
  const present = await presentRows(client, shop, skus);
  const keys = new Set(wanted.map(keyOf));
  const values = new Set(present.map((row) => `${keyOf(row)} ${row.price}`));
  const stale = present.filter((row) => !keys.has(keyOf(row)));
  const changed = wanted.filter((row) => !values.has(`${keyOf(row)} ${row.price}`));
  const faults = new Map<string, string>();
  if (stale.length > 0) noteFaults(faults, await client.send(shop, 'POST', '/products/tier-prices-delete', { prices: stale }));
  if (changed.length > 0) noteFaults(faults, await client.send(shop, 'POST', '/products/tier-prices', { prices: changed }));
  // One place at a time: prices of groups end where those of the module begin, and the other way round. Those of contracts are always there.
  const inModule = await pushToModule(
    client,
    shop,
    groups === null ? resources : resources.map(({ id, state }) => ({ id, state: state && { ...state, rows: [] } })),
  );
  return resources.map(({ state }, index): PushOutcome => {
    const own = inModule[index];
    if (own && !own.ok) return own;
    const fault = faults.get(state?.productNumber ?? '') ?? faults.get('');
    return fault === undefined ? { ok: true } : { ok: false, retryable: false, error: fault };
  });
}

async function presentRows(client: MagentoClient, shop: ConnectedShop, skus: readonly string[]): Promise<MagentoPrice[]> {
  if (skus.length === 0) return [];
  const answer = await client.send(shop, 'POST', '/products/tier-prices-information', { skus });
  return z
    .array(priceSchema)
    .parse(answer)
    .filter((row) => row.customer_group.startsWith(groupCodePrefix));
}

/** Prices are in the shop's base currency, the first of the mirror's currencies that a tier has. */
function rowsOf(state: TierPriceMirror, groups: ShopGroups): MagentoPrice[] {
  return state.rows.flatMap((row) =>
    groups.ofTier(row.tier).map((group) => ({
      price: toMajor(row.grossMinor, row.currency),
      price_type: 'fixed' as const,
      website_id: 0,
      sku: state.productNumber,
      customer_group: group.code,
      quantity: row.quantityFrom,
    })),
  );
}

function keyOf(row: MagentoPrice): string {
  return `${row.sku}\n${row.customer_group}\n${row.quantity}\n${row.website_id}`;
}

/** Faults come with status 200, one a row, its SKU among the parameters; without one, they are everybody's. */
function noteFaults(faults: Map<string, string>, answer: unknown): void {
  for (const fault of errorsSchema.parse(answer ?? [])) {
    const parameters = (fault.parameters ?? []).map(String);
    // `[sku, website, group, quantity]`, preceded by a value where the message names one.
    const sku = parameters.length >= 4 ? parameters[parameters.length - 4] : '';
    faults.set(sku ?? '', messageOf(fault));
  }
}

const moduleAnswerSchema = z.array(
  z.object({ product_id: z.number(), status: z.enum(['ok', 'error']), message: z.string().nullish() }),
);

async function pushToModule(
  client: MagentoClient,
  shop: ConnectedShop,
  resources: readonly TierPriceResource[],
): Promise<PushOutcome[]> {
  const answered: z.output<typeof moduleAnswerSchema> = [];
  for (const products of calls(resources.map(({ id, state }) => ({ product_id: Number(id), rows: moduleRows(state) })))) {
    const answer = moduleAnswerSchema.safeParse(
      await client.send(shop, 'PUT', '/loyalty/tier-prices', { shopId: shop.externalShopId, products }),
    );
    if (!answer.success) throw new ShopApiError('the module answered something else than a list of products', true);
    answered.push(...answer.data);
  }
  return resources.map(({ id }): PushOutcome => {
    const row = answered.find((candidate) => String(candidate.product_id) === id);
    return row?.status === 'ok'
      ? { ok: true }
      : { ok: false, retryable: false, error: row?.message ?? 'the module said nothing' };
  });
}

interface ModuleProduct {
  readonly product_id: number;
  readonly rows: readonly { readonly tier: string; readonly quantity: number; readonly price: number }[];
}

/** More only where a single product has more. */
const ROWS_A_CALL = 5000;

/** Products with prices of many contracts, in calls that the shop can take. */
function calls(products: readonly ModuleProduct[]): ModuleProduct[][] {
  const parts: ModuleProduct[][] = [[]];
  let rows = 0;
  for (const product of products) {
    rows += product.rows.length;
    if (rows > ROWS_A_CALL && (parts.at(-1) ?? []).length > 0) {
      parts.push([]);
      rows = product.rows.length;
    }
    parts.at(-1)?.push(product);
  }
  return parts;
}

/** What the module keeps prices by: the code of a tier, or that of a price list behind its prefix. */
function moduleRows(state: TierPriceMirror | null): ModuleProduct['rows'] {
  const tiers = (state?.rows ?? []).map((row) => ({ ...row, key: row.tier }));
  const lists = (state?.lists ?? []).map((row) => ({ ...row, key: priceListKey(row.list) }));
  return [...tiers, ...lists].map(({ key, quantityFrom, grossMinor, currency }) => ({
    tier: key,
    quantity: quantityFrom,
    price: toMajor(grossMinor, currency),
  }));
}
