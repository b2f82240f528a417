/** Reads orders, customers and products from a Magento shop. */
import { z } from 'zod';
import { knownLanguage } from '../../domain/language';
import { toMinor } from '../../domain/money';
import { monthDayOf } from '../../domain/occasion';
import type { OrderSnapshot } from '../../domain/order-snapshot';
import { ShopApiError } from '../../errors';
import { createCoalescedRead } from '../coalesced-read';
import type { CatalogProduct, ChangedPage, ConnectedShop, CustomerContact, CustomerSnapshot, ShopCurrency } from '../platform';
import { byId, readable, type UnreadRow } from '../rows';
import { searchQuery, type Filter, type MagentoClient } from './client';
import { isoTime, mapOrder, parseOrder } from './order-mapping';
import { orderSchema } from './order-schema';

const PAGE = 100;
const INVOICE_PAID = 2;

const listSchema = z.object({ items: z.array(z.unknown()).nullish() });
const invoiceSchema = z.object({ order_id: z.number(), created_at: z.string(), state: z.number().nullish() });
const paidOrderSchema = orderSchema.pick({ entity_id: true, total_paid: true, extension_attributes: true });

const customerSchema = z.object({
  id: z.number(),
  email: z.string(),
  group_id: z.number().nullish(),
  created_at: z.string(),
  /** Date of birth. */
  dob: z.string().nullish(),
  addresses: z.array(z.object({ company: z.string().nullish(), default_billing: z.boolean().nullish() })).nullish(),
  /** Key that awaits its confirmation; gone afterwards. */
  confirmation: z.string().nullish(),
  extension_attributes: z.object({ loyalty_referral_code: z.string().nullish(), loyalty_locale: z.string().nullish() }).nullish(),
});

const contactSchema = z.object({
  email: z.string(),
  firstname: z.string().nullish(),
  extension_attributes: z.object({ loyalty_locale: z.string().nullish() }).nullish(),
});

const ownOrderSchema = z
  .object({ extension_attributes: z.object({ loyalty: z.object({ shop_id: z.string() }) }) })
  .transform(({ extension_attributes: { loyalty } }) => [loyalty.shop_id]);
const ownCustomerSchema = z
  .object({ extension_attributes: z.object({ loyalty_shop_ids: z.array(z.string()) }) })
  .transform((customer) => customer.extension_attributes.loyalty_shop_ids);

const productSchema = z.object({
  id: z.number(),
  sku: z.string(),
  price: z.number().nullish(),
  extension_attributes: z
    .object({ category_links: z.array(z.object({ category_id: z.union([z.string(), z.number()]).transform(String) })).nullish() })
    .nullish(),
});

const currencySchema = z.object({
  base_currency_code: z.string(),
  available_currency_codes: z.array(z.string()).nullish(),
  exchange_rates: z.array(z.object({ currency_to: z.string(), rate: z.number() })).nullish(),
});

export interface MagentoReader {
  order(shop: ConnectedShop, orderId: string): Promise<OrderSnapshot | null>;
  customer(shop: ConnectedShop, customerId: string): Promise<CustomerSnapshot | null>;
  contact(shop: ConnectedShop, customerId: string): Promise<CustomerContact | null>;
  changedOrders(shop: ConnectedShop, since: string, cursor: string | null): Promise<ChangedPage<OrderSnapshot>>;
  changedCustomers(shop: ConnectedShop, since: string, cursor: string | null): Promise<ChangedPage<CustomerSnapshot>>;
  products(shop: ConnectedShop, cursor: string | null): Promise<ChangedPage<CatalogProduct>>;
  currencies(shop: ConnectedShop): Promise<ShopCurrency[]>;
}

export function createMagentoReader(client: MagentoClient, hashEmail: (email: string) => string): MagentoReader {
  const orderMappers = async (shop: ConnectedShop, rows: readonly unknown[]): Promise<UnreadRow<OrderSnapshot>[]> => {
    const invoicedAt = await firstPaidInvoices(client, shop, rows);
    return rows.map((raw) => {
      const id = idOf(raw, 'entity_id');
      const read = () => mapOrder(parseOrder(raw), { shopId: shop.shopId, hashEmail, invoicedAt: invoicedAt.get(id) ?? null });
      return { id, read };
    });
  };
  const customerMappers = (shop: ConnectedShop, rows: readonly unknown[]): UnreadRow<CustomerSnapshot>[] =>
    rows.map((raw) => ({ id: idOf(raw, 'id'), read: () => mapCustomer(raw, shop.shopId, hashEmail) }));
  return {
    order: createCoalescedRead(async (shop, ids) =>
      byId(await orderMappers(shop, await list(client, shop, '/orders', [among(ids)], 'entity_id'))),
    ),
    customer: createCoalescedRead(async (shop, ids) =>
      byId(customerMappers(shop, await list(client, shop, '/customers/search', [among(ids)], 'entity_id'))),
    ),
    contact: async (shop, customerId) => {
      const raw = await client.get(shop, `/customers/${encodeURIComponent(customerId)}`);
      if (raw === null) return null;
      const { email, firstname, extension_attributes: extension } = readRow(contactSchema, raw, 'customer');
      return { email, firstName: firstname ?? null, language: languageTag(extension?.loyalty_locale) };
    },
    changedOrders: async (shop, since, cursor) => {
      const rows = await list(client, shop, '/orders', [changedSince(since), ...after('entity_id', cursor)], 'entity_id');
      const own = rows.filter((raw) => isOfShop(ownOrderSchema, raw, shop));
      return { ...readable(await orderMappers(shop, own)), nextCursor: cursorAfter(rows, 'entity_id') };
    },
    changedCustomers: async (shop, since, cursor) => {
      const filters = [changedSince(since), ...after('entity_id', cursor)];
      const rows = await list(client, shop, '/customers/search', filters, 'entity_id');
      const own = rows.filter((raw) => isOfShop(ownCustomerSchema, raw, shop));
      return { ...readable(customerMappers(shop, own)), nextCursor: cursorAfter(rows, 'id') };
    },
    products: async (shop, cursor) => {
      const rows = await list(client, shop, '/products', after('entity_id', cursor), 'entity_id');
      const products = rows.map((raw) => ({ id: idOf(raw, 'id'), read: () => mapProduct(raw, shop) }));
      return { ...readable(products), nextCursor: cursorAfter(rows, 'id') };
    },
    currencies: async (shop) => {
      const known = readRow(currencySchema, await client.get(shop, '/directory/currency'), 'currency');
      const { base_currency_code: base, available_currency_codes: available, exchange_rates: rates } = known;
      const rateOf = new Map((rates ?? []).map(({ currency_to: currency, rate }) => [currency, rate]));
      return [...new Set([base, ...(available ?? [])])].map((currency) => ({
        currency,
        rate: currency === base ? 1 : (rateOf.get(currency) ?? null),
      }));
    },
  };
}

/** Magento's own notation of a time; its columns hold UTC without a zone. */
function changedSince(since: string): Filter {
  return { field: 'updated_at', value: since.slice(0, 19).replace('T', ' '), condition: 'gteq' };
}

/** Pages by id, not by number: rows that change during a pass cannot shift others out of it. */
function after(field: string, cursor: string | null): Filter[] {
  return cursor === null ? [] : [{ field, value: cursor, condition: 'gt' }];
}

function among(ids: readonly string[]): Filter {
  return { field: 'entity_id', value: ids.join(','), condition: 'in' };
}

function idOf(raw: unknown, field: 'id' | 'entity_id'): string {
  return typeof raw === 'object' && raw !== null ? String((raw as Record<string, unknown>)[field]) : '';
}

function cursorAfter(rows: readonly unknown[], field: 'id' | 'entity_id'): string | null {
  return rows.length === PAGE ? idOf(rows.at(-1), field) : null;
}

/** Several websites of an installation may each be a shop of ours; a row without a mark is from before there were any. */
function isOfShop(schema: z.ZodType<readonly string[]>, raw: unknown, shop: ConnectedShop): boolean {
  const shopIds = schema.safeParse(raw).data ?? [];
  return shopIds.length === 0 || shopIds.includes(shop.externalShopId);
}

async function list(client: MagentoClient, shop: ConnectedShop, path: string, filters: readonly Filter[], sortBy: string) {
  const answer = await client.get(shop, path, searchQuery({ filters, sortBy, pageSize: PAGE }));
  return readRow(listSchema, answer, `list of ${path}`).items ?? [];
}

/** When the first invoice of each order was paid; asked only where the order says it was paid and does not say when. */
async function firstPaidInvoices(
  client: MagentoClient,
  shop: ConnectedShop,
  orders: readonly unknown[],
): Promise<ReadonlyMap<string, string>> {
  const asked = orders.flatMap((raw) => {
    const order = paidOrderSchema.safeParse(raw);
    const known = order.data?.extension_attributes?.loyalty?.paid_at;
    return order.success && order.data.total_paid > 0 && !known ? [String(order.data.entity_id)] : [];
  });
  const first = new Map<string, string>();
  let lastId: string | null = null;
  while (asked.length > 0) {
    const filters: Filter[] = [{ field: 'order_id', value: asked.join(','), condition: 'in' }, ...after('entity_id', lastId)];
    const rows = await list(client, shop, '/invoices', filters, 'entity_id');
    for (const row of rows) {
      const { data } = invoiceSchema.safeParse(row);
      if (!data || (data.state ?? INVOICE_PAID) !== INVOICE_PAID) continue;
      const before = first.get(String(data.order_id));
      if (before === undefined || data.created_at < before) first.set(String(data.order_id), data.created_at);
    }
    if (rows.length < PAGE) break;
    lastId = idOf(rows.at(-1), 'entity_id');
  }
  return first;
}

function readRow<T>(schema: z.ZodType<T>, row: unknown, what: string): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new ShopApiError(`a ${what} of the shop could not be read: ${parsed.error.issues[0]?.path.join('.') ?? ''}`, false);
}

function mapCustomer(raw: unknown, shopId: string, hashEmail: (email: string) => string): CustomerSnapshot {
  const customer = readRow(customerSchema, raw, 'customer');
  return {
    shopId,
    customerId: String(customer.id),
    emailHash: hashEmail(customer.email),
    customerGroup: customer.group_id === null || customer.group_id === undefined ? null : String(customer.group_id),
    company: companyOf(customer.addresses ?? []),
    isGuest: false,
    emailState: customer.confirmation ? 'awaited' : 'unverified',
    registeredAt: isoTime(customer.created_at),
    birthday: monthDayOf(customer.dob ?? ''),
    language: knownLanguage(customer.extension_attributes?.loyalty_locale),
    referralCode: customer.extension_attributes?.loyalty_referral_code ?? null,
    // The module keeps members in tables of its own, which nobody else writes.
    mirrorMissing: false,
  };
}

/** Magento writes `de_DE`. */
function languageTag(locale: string | null | undefined): string | null {
  return locale ? locale.replace('_', '-') : null;
}

/** Magento has it with addresses only; that of the invoice says most. */
function companyOf(addresses: NonNullable<z.infer<typeof customerSchema>['addresses']>): string | null {
  const sorted = [...addresses].sort((a, b) => Number(b.default_billing ?? false) - Number(a.default_billing ?? false));
  const companies = sorted.map(({ company }) => company?.trim().slice(0, 255) ?? '');
  return companies.find((company) => company !== '') ?? null;
}

/** Catalogue prices are in the base currency; whether they include tax is the shop's setting, so both sides are the price. */
function mapProduct(raw: unknown, shop: ConnectedShop): CatalogProduct {
  const product = readRow(productSchema, raw, 'product');
  const currency = typeof shop.settings['baseCurrency'] === 'string' ? shop.settings['baseCurrency'] : 'EUR';
  const minor = toMinor(product.price ?? 0, currency);
  return {
    productId: String(product.id),
    productNumber: product.sku,
    categoryIds: (product.extension_attributes?.category_links ?? []).map((link) => link.category_id),
    prices: { [currency]: { grossMinor: minor, netMinor: minor } },
  };
}
