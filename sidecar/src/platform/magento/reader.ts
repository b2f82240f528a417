/** Reads orders, customers and products from a Magento shop. */
import { z } from 'zod';
import { toMinor } from '../../domain/money';
import type { OrderSnapshot } from '../../domain/order-snapshot';
import { ShopApiError } from '../../errors';
import type { CatalogProduct, ChangedPage, ConnectedShop, CustomerSnapshot } from '../platform';
import { searchQuery, type Filter, type MagentoClient } from './client';
import { isoTime, mapOrder, parseOrder } from './order-mapping';
import type { MagentoOrder } from './order-schema';

const PAGE = 100;
const INVOICE_PAID = 2;

const listSchema = z.object({ items: z.array(z.unknown()).nullish() });
const invoiceSchema = z.object({ created_at: z.string(), state: z.number().nullish() });

const customerSchema = z.object({
  id: z.number(),
  email: z.string(),
  group_id: z.number().nullish(),
  created_at: z.string(),
  extension_attributes: z.object({ loyalty_referral_code: z.string().nullish() }).nullish(),
});

const productSchema = z.object({
  id: z.number(),
  sku: z.string(),
  price: z.number().nullish(),
  extension_attributes: z
    .object({ category_links: z.array(z.object({ category_id: z.union([z.string(), z.number()]).transform(String) })).nullish() })
    .nullish(),
});

export interface MagentoReader {
  order(shop: ConnectedShop, orderId: string): Promise<OrderSnapshot | null>;
  customer(shop: ConnectedShop, customerId: string): Promise<CustomerSnapshot | null>;
  changedOrders(shop: ConnectedShop, since: string, cursor: string | null): Promise<ChangedPage<OrderSnapshot>>;
  changedCustomers(shop: ConnectedShop, since: string, cursor: string | null): Promise<ChangedPage<CustomerSnapshot>>;
  products(shop: ConnectedShop, cursor: string | null): Promise<ChangedPage<CatalogProduct>>;
}

export function createMagentoReader(client: MagentoClient, hashEmail: (email: string) => string): MagentoReader {
  const snapshot = async (shop: ConnectedShop, raw: unknown): Promise<OrderSnapshot> => {
    const order = parseOrder(raw);
    return mapOrder(order, { shopId: shop.shopId, hashEmail, invoicedAt: await invoicedAt(client, shop, order) });
  };
  return {
    order: async (shop, orderId) => {
      const raw = await client.get(shop, `/orders/${encodeURIComponent(orderId)}`);
      return raw === null ? null : snapshot(shop, raw);
    },
    customer: async (shop, customerId) => {
      const raw = await client.get(shop, `/customers/${encodeURIComponent(customerId)}`);
      return raw === null ? null : mapCustomer(raw, shop.shopId, hashEmail);
    },
    changedOrders: async (shop, since, cursor) => {
      const rows = await list(client, shop, '/orders', [changedSince(since), ...after('entity_id', cursor)], 'entity_id');
      const items: OrderSnapshot[] = [];
      for (const row of rows) items.push(await snapshot(shop, row));
      return pageOf(items, (order) => order.orderId);
    },
    changedCustomers: async (shop, since, cursor) => {
      const rows = await list(
        client,
        shop,
        '/customers/search',
        [changedSince(since), ...after('entity_id', cursor)],
        'entity_id',
      );
      return pageOf(
        rows.map((row) => mapCustomer(row, shop.shopId, hashEmail)),
        (customer) => customer.customerId,
      );
    },
    products: async (shop, cursor) => {
      const rows = await list(client, shop, '/products', after('entity_id', cursor), 'entity_id');
      return pageOf(
        rows.map((row) => mapProduct(row, shop)),
        (product) => product.productId,
      );
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

function pageOf<T>(items: readonly T[], idOf: (item: T) => string): ChangedPage<T> {
  const last = items[items.length - 1];
  return { items, nextCursor: last !== undefined && items.length === PAGE ? idOf(last) : null };
}

async function list(client: MagentoClient, shop: ConnectedShop, path: string, filters: readonly Filter[], sortBy: string) {
  const answer = await client.get(shop, path, searchQuery({ filters, sortBy, pageSize: PAGE }));
  return readRow(listSchema, answer, `list of ${path}`).items ?? [];
}

/** When the first invoice was paid; asked only where the order says it was paid and does not say when. */
async function invoicedAt(client: MagentoClient, shop: ConnectedShop, order: MagentoOrder): Promise<string | null> {
  if (order.total_paid === 0 || order.extension_attributes?.loyalty?.paid_at) return null;
  const rows = await list(client, shop, '/invoices', [{ field: 'order_id', value: String(order.entity_id) }], 'entity_id');
  const invoices = rows.flatMap((row) => {
    const parsed = invoiceSchema.safeParse(row);
    return parsed.success && (parsed.data.state ?? INVOICE_PAID) === INVOICE_PAID ? [parsed.data.created_at] : [];
  });
  return invoices.sort()[0] ?? null;
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
    isGuest: false,
    registeredAt: isoTime(customer.created_at),
    referralCode: customer.extension_attributes?.loyalty_referral_code ?? null,
  };
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
