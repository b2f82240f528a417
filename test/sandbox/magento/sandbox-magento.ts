import type { Clock } from '../../../sidecar/src/clock';
import type { SandboxFaults, SandboxOrderInput, SandboxShop } from '../sandbox-shop';
import type { ApiAnswer, ApiRequest } from '../shop-server';
import { ShopServer } from '../shop-server';
import { adminQuery } from './admin-query';
import { MagentoBooks } from './magento-books';
import { ModuleWebhooks, type ModuleTarget } from './module-webhooks';
import { OAuthCheck } from './oauth-check';
import { RestApi } from './rest-api';

type Row = Record<string, unknown>;

export interface SandboxMagentoOptions {
  readonly clock: Clock;
  /** In [0, 1); draws the faults. */
  readonly random: () => number;
  readonly pairPath?: string;
  readonly port?: number;
}

const KEYS = {
  consumerKey: 'sandboxconsumerkey0123456789abcd',
  consumerSecret: 'sandboxconsumersecret0123456789a',
  accessToken: 'sandboxaccesstoken0123456789abcd',
  accessTokenSecret: 'sandboxaccesstokensecret01234567',
};

/** A cart whose order is about to be placed. */
export interface AskedCart {
  readonly customerId: string | null;
  readonly redeem?: { readonly points: number; readonly valueMinor: number; readonly intent: string };
  readonly coupon?: string;
  /** Product numbers that a rule of early access names. */
  readonly goods?: readonly string[];
}

/** Somebody who opens the admin pages; what is not said is as usual. */
export interface AdminVisit {
  readonly user?: string;
  readonly role?: string;
  readonly locale?: string;
  /** Where the administration runs, if not where the shop does. */
  readonly admin?: string;
}

interface SandboxMagento extends SandboxShop {
  /** Why the order cannot be taken; null = it may be placed. */
  checkout(cart: AskedCart): Promise<string | null>;

  /** Address by which the administration shows the admin pages in its frame, another one each time. */
  adminPage(visit?: AdminVisit): string;

  /** What the account page of whoever buys for a company is told; null = they buy for none. */
  company(customerId: string): Promise<unknown>;

  readonly api: RestApi;
  readonly books: MagentoBooks;
}

/** A Magento shop with our module, in memory. */
export function createSandboxMagento(options: SandboxMagentoOptions): SandboxMagento {
  const faults: SandboxFaults = { down: false, slowMs: 0, failNext: [], dropWebhook: 0, duplicateWebhook: 0, reorderWebhook: 0 };
  const books = new MagentoBooks(options.clock);
  const api = new RestApi(books);
  const oauth = new OAuthCheck(KEYS, options.clock);
  const webhooks = new ModuleWebhooks(options.clock, options.random, faults);
  const answer = (request: ApiRequest): ApiAnswer =>
    failing(faults) ?? authorised(oauth, server.url, request) ?? api.answer(request);
  const server: ShopServer = new ShopServer(faults, answer);
  let target: ModuleTarget | null = null;
  let stores = 1;
  let visits = 0;
  const after = (type: string, id: string, act: (order: ReturnType<MagentoBooks['order']>) => void): void => {
    act(books.order(id));
    webhooks.add(type, Number(id));
  };
  return {
    platform: 'magento',
    api,
    books,
    faults,
    get url() {
      return server.url;
    },
    start: () => server.start(options.port ?? 0),
    stop: async () => {
      webhooks.close();
      await server.stop();
    },
    connect: async (sidecarUrl, pairingCode = '') => {
      target = await pair(`${sidecarUrl}${options.pairPath ?? '/magento/pair'}`, server.url, pairingCode);
      books.shopId = target.shopId;
    },
    addChannel: () => {
      stores += 1;
      return String(stores);
    },
    addProduct: (product) =>
      String(
        books.addProduct({
          sku: product.productNumber,
          name: product.name ?? product.productNumber,
          price: product.grossMinor / 100,
          taxRate: product.taxRate,
          categoryIds: product.categoryIds,
        }).id,
      ),
    registerCustomer: (customer) => {
      const id = books.register(customer.email, customer.referralCode ?? null, customer.birthday, customer.locale);
      webhooks.add('customer.registered', id);
      return String(id);
    },
    deleteCustomer: (id) => {
      books.customers.delete(Number(id));
      webhooks.add('customer.deleted', Number(id));
    },
    placeOrder: (input) => {
      const order = books.place(
        input,
        input.voucherCode === undefined ? 0 : api.useCoupon(input.voucherCode, goodsOf(input, books)),
      );
      webhooks.add('order.placed', order.entity_id);
      return String(order.entity_id);
    },
    payOrder: (id) => after('order.invoiced', id, (order) => books.pay(order)),
    completeOrder: (id) => after('order.completed', id, (order) => books.complete(order)),
    cancelOrder: (id) => after('order.cancelled', id, (order) => books.cancel(order)),
    refundLines: (id, lines) =>
      after('order.refunded', id, (order) =>
        books.refund(order, new Map(lines.map((line) => [line.productNumber, line.quantity]))),
      ),
    refundAll: (id) => after('order.refunded', id, (order) => books.refundAll(order)),
    editQuantity: (id, sku, quantity) => after('order.saved', id, (order) => books.edit(order, sku, quantity)),
    checkout: async (cart) => {
      if (target === null) throw new Error('the sandbox is not connected');
      const answer = await webhooks.ask(target, '/magento/checkout', questionOf(target, cart, books));
      return (answer as { denial: string | null }).denial;
    },
    wish: async (customerId, wish) => {
      if (target === null) throw new Error('the sandbox is not connected');
      await webhooks.ask(target, '/magento/wish', { shop_id: target.shopId, customer_id: Number(customerId), ...wish });
    },
    company: async (customerId) => {
      if (target === null) throw new Error('the sandbox is not connected');
      const question = { shop_id: target.shopId, customer_id: Number(customerId) };
      return ((await webhooks.ask(target, '/magento/company', question)) as { company: unknown }).company;
    },
    adminPage: ({ user = 'anna', role = 'manage', locale = 'en-US', admin = server.url } = {}) => {
      if (target === null) throw new Error('the sandbox is not connected');
      visits += 1;
      const query = adminQuery(target.secret, {
        shop: target.shopId,
        admin,
        user,
        role,
        locale,
        nonce: `nonce-of-visit-${String(visits).padStart(4, '0')}`,
        timestamp: String(Math.floor(options.clock.nowMs() / 1000)),
      });
      return `${new URL('/magento/admin', target.url).href}?${query}`;
    },
    pendingWebhooks: () => webhooks.length,
    deliverWebhooks: async (limit = Number.MAX_SAFE_INTEGER) => {
      if (target === null) throw new Error('the sandbox is not connected');
      return webhooks.deliver(target, limit);
    },
    member: (customerId) => ({ ...api.members.get(Number(customerId)) }),
    tierPriceCount: () => api.tierPrices.size + [...api.modulePrices.values()].flat().length,
    unitPrice: (customerId, sku, quantity) => {
      const product = books.products.get(sku);
      if (!product) throw new Error(`there is no product ${sku}`);
      const own = Math.round(product.price * 100);
      const member = customerId === null ? undefined : api.members.get(Number(customerId));
      return Math.min(own, modulePrice(member, api.modulePrices.get(product.id) ?? [], quantity) ?? own);
    },
    requests: () => server.received,
  };
}

/** As the module's plugin decides: the first key of the member that has prices of the product. */
function modulePrice(member: Row | undefined, rows: readonly Row[], quantity: number): number | null {
  const details = (member?.['details'] ?? {}) as { price_keys?: readonly string[] };
  const keys = [...(details.price_keys ?? []), ...(typeof member?.['tier'] === 'string' ? [member['tier']] : [])];
  const key = keys.find((one) => rows.some((row) => row['tier'] === one));
  const steps = rows.filter((row) => row['tier'] === key && Number(row['quantity']) <= quantity);
  const step = steps.sort((a, b) => Number(b['quantity']) - Number(a['quantity']))[0];
  return step === undefined ? null : Math.round(Number(step['price']) * 100);
}

function goodsOf({ lines }: SandboxOrderInput, books: MagentoBooks): number {
  return lines.reduce((sum, { productNumber, quantity }) => sum + (books.products.get(productNumber)?.price ?? 0) * quantity, 0);
}

function questionOf(target: ModuleTarget, { customerId, redeem, coupon, goods = [] }: AskedCart, books: MagentoBooks) {
  const customer = customerId === null ? undefined : books.customers.get(Number(customerId));
  return {
    shop_id: target.shopId,
    customer_id: customerId === null ? null : Number(customerId),
    email: customer?.['email'] ?? 'guest@example.com',
    currency: 'EUR',
    store_id: 1,
    goods: goods.map((sku) => ({ sku, name: `Product ${sku}`, categories: [] })),
    code: coupon ?? null,
    orders: [...books.orders.values()].filter((order) => customer !== undefined && order['customer_id'] === customer['id'])
      .length,
    points: redeem ? { intent: redeem.intent, points: redeem.points, value: redeem.valueMinor / 100 } : null,
  };
}

function failing(faults: SandboxFaults): ApiAnswer | null {
  const status = faults.failNext.shift();
  if (status === undefined) return null;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (status === 429) headers['retry-after'] = '1';
  return { status, headers, body: { message: 'simulated fault' } };
}

function authorised(oauth: OAuthCheck, shopUrl: string, request: ApiRequest): ApiAnswer | null {
  const { authorization } = request.headers;
  const verdict = oauth.verify({
    method: request.method,
    baseUrl: `${shopUrl}${request.path}`,
    rawQuery: request.rawQuery,
    authorization: typeof authorization === 'string' ? authorization : '',
  });
  if (verdict.ok) return null;
  return {
    status: verdict.status,
    headers: { 'content-type': 'application/json' },
    body: { message: verdict.message, parameters: { resources: 'Magento_Sales::sales' } },
  };
}

async function pair(url: string, shopUrl: string, code: string): Promise<ModuleTarget> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code,
      shopUrl,
      website: null,
      websiteIds: [1],
      baseCurrency: 'EUR',
      moduleVersion: '1.0.0',
      oauth: KEYS,
    }),
  });
  const answer = (await response.json()) as { shopId?: string; webhookSecret?: string; webhookUrl?: string };
  const { shopId, webhookSecret, webhookUrl } = answer;
  if (!response.ok || !shopId || !webhookSecret?.startsWith('whsec_') || !webhookUrl) {
    throw new Error(`pairing answered ${response.status}: ${JSON.stringify(answer)}`);
  }
  return { url: webhookUrl, shopId, secret: webhookSecret };
}
