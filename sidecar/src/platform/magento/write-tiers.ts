import { z } from 'zod';
import type { TierMirror, TierPriceMirror } from '../../domain/mirror';
import { toMajor } from '../../domain/money';
import type { ConnectedShop, PushOutcome } from '../platform';
import { messageOf, type MagentoClient } from './client';
import { findGroup, usesGroups } from './customer-groups';
import { groupCode, groupCodePrefix } from './names';

/** Tax class of the customers a tier's group takes over from; the shop's general group has it. */
const GENERAL_TAX_CLASS = 3;

export async function pushTier(
  client: MagentoClient,
  shop: ConnectedShop,
  code: string,
  state: TierMirror | null,
): Promise<void> {
  if (!usesGroups(shop)) {
    await client.send(shop, 'PUT', '/loyalty/tiers', { tiers: [state ?? { code, deleted: true }] });
    return;
  }
  const known = await findGroup(client, shop, groupCode(code));
  if (state === null) {
    // Magento moves the group's customers to the general group.
    if (known) await client.send(shop, 'DELETE', `/customerGroups/${known.id}`);
    return;
  }
  if (known) return;
  await client.send(shop, 'POST', '/customerGroups', { group: { code: groupCode(code), tax_class_id: GENERAL_TAX_CLASS } });
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
  if (!usesGroups(shop)) return pushToModule(client, shop, resources);
  const wanted = resources.flatMap(({ state }) => (state === null ? [] : rowsOf(state)));
  const skus = resources.flatMap(({ state }) => (state === null ? [] : [state.productNumber]));
  const present = await presentRows(client, shop, skus);
  const keys = new Set(wanted.map(keyOf));
  const values = new Set(present.map((row) => `${keyOf(row)} ${row.price}`));
  const stale = present.filter((row) => !keys.has(keyOf(row)));
  const changed = wanted.filter((row) => !values.has(`${keyOf(row)} ${row.price}`));
  const faults = new Map<string, string>();
  if (stale.length > 0) noteFaults(faults, await client.send(shop, 'POST', '/products/tier-prices-delete', { prices: stale }));
  if (changed.length > 0) noteFaults(faults, await client.send(shop, 'POST', '/products/tier-prices', { prices: changed }));
  return resources.map(({ state }): PushOutcome => {
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
function rowsOf(state: TierPriceMirror): MagentoPrice[] {
  return state.rows.map((row) => ({
    price: toMajor(row.grossMinor, row.currency),
    price_type: 'fixed',
    website_id: 0,
    sku: state.productNumber,
    customer_group: groupCode(row.tier),
    quantity: row.quantityFrom,
  }));
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

async function pushToModule(
  client: MagentoClient,
  shop: ConnectedShop,
  resources: readonly TierPriceResource[],
): Promise<PushOutcome[]> {
  await client.send(shop, 'PUT', '/loyalty/tier-prices', {
    products: resources.map(({ id, state }) => ({ product_id: Number(id), rows: state?.rows ?? [] })),
  });
  return resources.map(() => ({ ok: true }));
}
