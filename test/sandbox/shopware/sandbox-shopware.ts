/** A Shopware 6.6 that is not there: its API, its webhooks and its registration over real HTTP, its data in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../sidecar/src/clock';
import type { SandboxFaults, SandboxOrderInput, SandboxShop, SandboxWish } from '../sandbox-shop';
import { answerApi, type FlowEvent } from './admin-api';
import { pressButton, type SandboxButtonAnswer } from './action-button';
import { askGateway } from './checkout-request';
import { CustomerBook } from './customer-book';
import { IntegrationAccess, type IntegrationKeys } from './integration-access';
import { OrderBook } from './order-book';
import { promotionLine, unitPrice } from './order-lines';
import { addProduct } from './product-shelf';
import { registerApp } from './registration';
import { addSalesChannel, seedShop, type ShopSeed } from './seed';
import { ShopIds } from './shop-ids';
import { ShopServer } from '../shop-server';
import { StateMachine } from './state-machine';
import type { WrittenRow } from './sync';
import { TableStore, type Row } from './table-store';
import { toShopTime } from './times';
import { WebhookPayloads, writtenPayload } from './webhook-payload';
import { SHOPWARE_HEADERS, signature, WebhookQueue, type WebhookTarget } from './webhook-queue';

export interface SandboxShopwareOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly appName: string;
  readonly appSecret: string;
  readonly shopId?: string;
  readonly registrationPath?: string;
  readonly webhookPath?: string;
  readonly port?: number;
  /** True (6.7): a connected shop signs a new registration with its present secret as well. False: as 6.6 does. */
  readonly signsReRegistration?: boolean;
  /** Events the app's manifest asks for; absent = those the sidecar lives on. */
  readonly events?: readonly string[];
  /** The merchant's setting; absent = off, as in every new shop. */
  readonly keepsNetworkAddresses?: boolean;
  /** Triggers the app's flow.xml declares; absent = those of ours. */
  readonly flowEvents?: readonly string[];
}

export interface SandboxShopwareExtras {
  readonly shopId: string;
  /** Keys of the app's integration, null while there is no app. */
  keys(): IntegrationKeys | null;
  /** Replaces the rights of the app's integration, e.g. `order:read`. */
  setPrivileges(privileges: Iterable<string>): void;
  /** A button of the app on the page of a customer or an order, and what the administration makes of the answer. */
  pressButton(entity: 'customer' | 'order', id: string): Promise<SandboxButtonAnswer>;
  /** What the app wrote into the system configuration. */
  config(key: string): unknown;
  /** All rows of an entity as they are stored. */
  rows(entity: string): readonly Row[];
  /** Lines of a cart, in the order and the form in which an order would have them; a guest's without a customer. @throws Error where the shop does not take a code */
  cart(input: SandboxOrderInput): Row[];
  /** What a script of the app keeps with a customer; fields that are there already stay. */
  keepFields(customerId: string, fields: Row): void;
  /** What stops the order in a cart, in words; empty when nothing does. @throws Error when the app answers as no shop takes it */
  checkout(input: SandboxOrderInput, promotion?: { id: string; code: string }): Promise<string[]>;
  /** Address at which the administration opens the app's page, signed. */
  modulePage(): string;
  /** Names of the queued webhooks. */
  pendingEvents(): readonly string[];
  /** What the app told the Flow Builder, oldest first. */
  flowEvents(): readonly FlowEvent[];
  /** Staff delete a rule in the rule builder, after the prices that it has. @throws Error where there is none of the name */
  deleteRule(name: string): void;
  /** The merchant switches the app off; its keys no longer work. */
  deactivateApp(): void;
  /** The merchant removes the app. */
  deleteApp(): void;
}

const APP_VERSION = '1.0.0';
const MODULE_PATH = '/shopware/admin';
const BUTTON_PATH = '/shopware/action';
const GATEWAY_PATH = '/shopware/checkout-gateway';
/** What the app of ours declares, as a shop reads it when the app is installed. */
const FLOW_EVENTS = [
  ...readFileSync(join(__dirname, '../../../shopware-app/Resources/flow.xml'), 'utf8').matchAll(
    /<name>(loyalty\.[^<]+)<\/name>/g,
  ),
].map(([, name = '']) => name);
const DAY_MS = 86_400_000;
const NO_FAULTS: SandboxFaults = { down: false, slowMs: 0, failNext: [], dropWebhook: 0, duplicateWebhook: 0, reorderWebhook: 0 };

export function createSandboxShopware(options: SandboxShopwareOptions): SandboxShop & SandboxShopwareExtras {
  return new SandboxShopware(options);
}

class SandboxShopware implements SandboxShop, SandboxShopwareExtras {
  readonly platform = 'shopware';
  readonly faults: SandboxFaults = { ...NO_FAULTS, failNext: [] };
  readonly shopId: string;

  private readonly ids: ShopIds;
  private readonly store: TableStore;
  private readonly states: StateMachine;
  private readonly seed: ShopSeed;
  private readonly orders: OrderBook;
  private readonly customers: CustomerBook;
  private readonly payloads: WebhookPayloads;
  private readonly access: IntegrationAccess;
  private readonly queue: WebhookQueue;
  private readonly server: ShopServer;
  private readonly configuration = new Map<string, unknown>();
  private readonly triggered: FlowEvent[] = [];
  private target: WebhookTarget | null = null;
  private integration: IntegrationKeys | null = null;
  private isInstalled = false;
  /** Asked about at the checkout, and about to order. */
  private guestAtCheckout: Row | null = null;

  constructor(private readonly options: SandboxShopwareOptions) {
    const { clock, random } = options;
    const now = (): string => toShopTime(clock.nowMs());
    const dayFromNow = (days: number): string => toShopTime((Math.floor(clock.nowMs() / DAY_MS) + days) * DAY_MS);
    this.ids = new ShopIds(clock, random);
    this.shopId = options.shopId ?? this.ids.letters(16);
    this.store = new TableStore(now);
    this.states = new StateMachine(this.store, this.ids);
    const seed = seedShop(this.store, this.ids);
    this.seed = seed;
    const { store, ids, states } = this;
    this.orders = new OrderBook({
      store,
      ids,
      states,
      seed,
      now,
      dayFromNow,
      keepsNetworkAddresses: options.keepsNetworkAddresses ?? false,
    });
    this.customers = new CustomerBook(store, ids, seed, now);
    this.payloads = new WebhookPayloads(store);
    this.access = new IntegrationAccess(clock, ids);
    this.queue = new WebhookQueue(clock, random, this.faults);
    const { access, configuration: config, faults } = this;
    const onWritten = (rows: readonly WrittenRow[]): void => this.tellWritten(rows);
    const onTriggered = (event: FlowEvent): void => void this.triggered.push(event);
    const flowEvents = options.flowEvents ?? FLOW_EVENTS;
    const api = { store, ids, access, config, failNext: faults.failNext, onWritten, flowEvents, onTriggered };
    this.server = new ShopServer(faults, (request) => answerApi(api, request));
  }

  get url(): string {
    return this.server.url;
  }

  start(): Promise<void> {
    return this.server.start(this.options.port ?? 0);
  }

  async stop(): Promise<void> {
    this.queue.close();
    await this.server.stop();
  }

  async connect(sidecarUrl: string): Promise<void> {
    const { appName, appSecret, clock } = this.options;
    const keys = { apiKey: this.ids.accessKey(), secretKey: this.ids.letters(43) };
    const signs = this.options.signsReRegistration ?? true;
    const secret = await registerApp(
      `${sidecarUrl}${this.options.registrationPath ?? '/shopware/register'}`,
      { appName, appSecret },
      {
        shopId: this.shopId,
        shopUrl: this.url,
        timestamp: Math.floor(clock.nowMs() / 1000),
        ...keys,
        currentSecret: signs && this.isInstalled ? (this.target?.secret ?? null) : null,
      },
    );
    this.integration = keys;
    this.access.setKeys(keys);
    this.isInstalled = true;
    this.target = { url: `${sidecarUrl}${this.options.webhookPath ?? '/webhooks/shopware'}`, secret };
    this.tell('app.installed', { appVersion: APP_VERSION });
    this.tell('app.activated', []);
  }

  deactivateApp(): void {
    this.tell('app.deactivated', []);
    this.integration = null;
    this.access.setKeys(null);
  }

  deleteApp(): void {
    this.tell('app.deleted', []);
    this.integration = null;
    this.access.setKeys(null);
    this.isInstalled = false;
  }

  addProduct(product: Parameters<SandboxShop['addProduct']>[0]): string {
    return addProduct(this.store, this.ids, product);
  }

  registerCustomer(input: Parameters<SandboxShop['registerCustomer']>[0]): string {
    const { email, referralCode = null, birthday = null, channelId } = input;
    const customer = this.customers.register(email, referralCode, false, birthday, channelId);
    if (input.locale !== undefined)
      this.store.updateQuietly('customer', String(customer.id), { languageId: this.language(input.locale) });
    this.tell('customer.written', this.customers.insertedPayload(customer));
    this.tell('checkout.customer.register', this.payloads.customer(customer));
    return String(customer.id);
  }

  addChannel(name?: string): string {
    const salesChannelId = this.ids.next();
    addSalesChannel(this.store, this.ids, { ...this.seed, salesChannelId }, name);
    return salesChannelId;
  }

  /** Of a locale, installed when the shop has it not. */
  private language(code: string): string {
    const known = [...this.store.table('locale').rows.values()].find((locale) => locale['code'] === code);
    const localeId = String((known ?? this.store.insert('locale', { id: this.ids.next(), code })).id);
    const language = [...this.store.table('language').rows.values()].find((row) => row['localeId'] === localeId);
    return String((language ?? this.store.insert('language', { id: this.ids.next(), name: code, localeId })).id);
  }

  deleteCustomer(id: string): void {
    const payload = this.payloads.customer(this.store.get('customer', id));
    this.customers.remove(id);
    this.tell('checkout.customer.deleted', payload);
    this.tell('customer.deleted', writtenPayload('customer', 'delete', id, []));
  }

  placeOrder(input: SandboxOrderInput): string {
    const orderId = this.orders.place(input, this.buyer(input));
    this.guestAtCheckout = null;
    this.tell('order.written', writtenPayload('order', 'insert', orderId, ORDER_INSERTED));
    this.tell('checkout.order.placed', this.payloads.order(orderId, false));
    return orderId;
  }

  cart(input: SandboxOrderInput): Row[] {
    return this.orders.cart(input, input.customerId === undefined ? null : this.store.get('customer', input.customerId));
  }

  checkout(input: SandboxOrderInput, promotion?: { id: string; code: string }): Promise<string[]> {
    if (!this.target) return Promise.resolve([]);
    const buyer = this.buyer(input);
    const lineItems = [...this.orders.cart(input, buyer), ...(promotion ? [promotionLine(promotion)] : [])];
    const gateway = { url: new URL(GATEWAY_PATH, this.target.url).href, secret: this.target.secret };
    const customer = { id: String(buyer.id), email: String(buyer.email), guest: buyer.guest === true };
    const source = { url: this.url, shopId: this.shopId, appVersion: APP_VERSION };
    return askGateway(gateway, source, {
      currency: 'EUR',
      salesChannelId: input.channelId ?? this.seed.salesChannelId,
      customer,
      lineItems,
      isPlacement: true,
    });
  }

  modulePage(): string {
    if (!this.target) throw new Error('there is no app');
    const time = Math.floor(this.options.clock.nowMs() / 1000);
    const { 'sw-version': version, 'sw-context-language': context, 'sw-user-language': user } = SHOPWARE_HEADERS;
    // The shop's address is not encoded.
    const query = `shop-id=${this.shopId}&shop-url=${this.url}&timestamp=${time}&sw-version=${version}&sw-context-language=${context}&sw-user-language=${user}`;
    const page = new URL(MODULE_PATH, this.target.url).href;
    return `${page}?${query}&shopware-shop-signature=${signature(query, this.target.secret)}`;
  }

  pressButton(entity: 'customer' | 'order', id: string): Promise<SandboxButtonAnswer> {
    if (!this.target) throw new Error('there is no app');
    const button = { url: new URL(BUTTON_PATH, this.target.url).href, secret: this.target.secret };
    return pressButton(button, { url: this.url, shopId: this.shopId, appVersion: APP_VERSION }, { entity, ids: [id] });
  }

  payOrder(id: string): void {
    this.moveTransaction(id, 'paid', 'paid');
  }

  completeOrder(id: string): void {
    if (this.states.stateOf(this.store.get('order', id)) === 'open') this.moveOrder(id, 'process', 'in_progress');
    if (this.moveOrder(id, 'complete', 'completed')) this.customers.countCompleted(this.store.get('order', id));
  }

  cancelOrder(id: string): void {
    this.moveOrder(id, 'cancel', 'cancelled');
  }

  refundLines(id: string, lines: { productNumber: string; quantity: number }[]): void {
    const state = this.store.atomically(() => {
      const nothingLeft = this.orders.refund(id, lines);
      const action = nothingLeft ? 'refund' : 'refund_partially';
      this.states.transition('order_transaction', String(this.orders.transaction(id).id), action);
      return nothingLeft ? 'refunded' : 'refunded_partially';
    });
    this.tell(`state_enter.order_transaction.state.${state}`, this.payloads.order(id, true));
  }

  refundAll(id: string): void {
    this.moveTransaction(id, 'refund', 'refunded');
  }

  editQuantity(id: string, productNumber: string, quantity: number): void {
    this.orders.edit(id, productNumber, quantity);
    this.tell('order.written', writtenPayload('order', 'update', id, ['id', 'versionId', 'price', 'shippingCosts', 'updatedAt']));
  }

  /** As the app's script keeps it with the customer. */
  wish(customerId: string, wish: SandboxWish): Promise<void> {
    const fields = this.store.get('customer', customerId).customFields as { loyalty_wishes?: { key: string }[] } | null;
    const before = fields?.loyalty_wishes ?? [];
    if (before.some(({ key }) => key === wish.key)) return Promise.resolve();
    const wishes = [...before.slice(-4), { ...wish, at: this.options.clock.now() }];
    this.writeFields(customerId, { loyalty_wishes: wishes }, ['languageId']);
    return Promise.resolve();
  }

  keepFields(customerId: string, fields: Row): void {
    this.writeFields(customerId, fields, []);
  }

  private writeFields(customerId: string, fields: Row, alsoWritten: readonly string[]): void {
    const present = this.store.get('customer', customerId).customFields as Row | null;
    this.store.updateQuietly('customer', customerId, { customFields: { ...present, ...fields } });
    const written = ['id', ...alsoWritten, 'customFields', 'updatedAt'];
    this.tell('customer.written', writtenPayload('customer', 'update', customerId, written));
  }

  pendingWebhooks(): number {
    return this.queue.length;
  }

  pendingEvents(): readonly string[] {
    return this.queue.events;
  }

  async deliverWebhooks(limit = Number.MAX_SAFE_INTEGER): Promise<{ sent: number; rejected: number }> {
    if (!this.target) return { sent: 0, rejected: 0 };
    return this.queue.deliver(this.target, { url: this.url, shopId: this.shopId, appVersion: APP_VERSION }, limit);
  }

  member(customerId: string): Record<string, unknown> {
    const customer = this.store.get('customer', customerId);
    const tagIds = this.store
      .table('customer_tag')
      .linked('customerId', customerId)
      .map((mapping) => String(mapping.tagId));
    const tags = tagIds.map((tagId) => this.store.get('tag', tagId).name);
    return { customFields: customer.customFields ?? {}, tagIds, tags };
  }

  tierPriceCount(): number {
    return this.store.table('product_price').rows.size;
  }

  unitPrice(customerId: string | null, productNumber: string, quantity: number): number {
    const customer = customerId === null ? null : this.store.get('customer', customerId);
    return unitPrice(this.store, productNumber, quantity, customer);
  }

  requests(): readonly { method: string; path: string; status: number }[] {
    return this.server.received;
  }

  keys(): IntegrationKeys | null {
    return this.integration;
  }

  setPrivileges(privileges: Iterable<string>): void {
    this.access.setPrivileges(privileges);
  }

  flowEvents(): readonly FlowEvent[] {
    return this.triggered;
  }

  config(key: string): unknown {
    return this.configuration.get(key);
  }

  deleteRule(name: string): void {
    const rule = this.rows('rule').find((row) => row['name'] === name);
    if (rule === undefined) throw new Error(`there is no rule ${name}`);
    for (const price of this.rows('product_price')) {
      if (price['ruleId'] === rule.id) this.store.remove('product_price', String(price.id));
    }
    this.store.remove('rule', String(rule.id));
  }

  rows(entity: string): readonly Row[] {
    return [...this.store.table(entity).rows.values()];
  }

  private buyer(input: SandboxOrderInput): Row {
    if (input.customerId !== undefined) return this.store.get('customer', input.customerId);
    if (input.guestEmail === undefined) throw new Error('an order needs a customer or a guest');
    if (this.guestAtCheckout?.email === input.guestEmail) return this.guestAtCheckout;
    // Shopware keeps a customer row for every guest order.
    const guest = this.customers.register(input.guestEmail, input.referralCode ?? null, true);
    this.tell('customer.written', this.customers.insertedPayload(guest));
    this.guestAtCheckout = guest;
    return guest;
  }

  private moveTransaction(orderId: string, action: string, state: string): void {
    if (!this.states.transition('order_transaction', String(this.orders.transaction(orderId).id), action)) return;
    this.tell(`state_enter.order_transaction.state.${state}`, this.payloads.order(orderId, true));
  }

  private moveOrder(orderId: string, action: string, state: string): boolean {
    if (!this.states.transition('order', orderId, action)) return false;
    this.tell('order.written', writtenPayload('order', 'update', orderId, ['id', 'versionId', 'stateId', 'updatedAt']));
    this.tell(`state_enter.order.state.${state}`, this.payloads.order(orderId, true));
    return true;
  }

  /** The app hears of what it wrote itself, like of any other change. */
  private tellWritten(rows: readonly WrittenRow[]): void {
    for (const { entity, operation, primaryKey, fields } of rows) {
      if (entity === 'customer') this.tell('customer.written', writtenPayload(entity, operation, primaryKey, fields));
    }
  }

  private tell(event: string, payload: unknown): void {
    const events = this.options.events ?? EVENTS;
    const listens = event.startsWith('app.') ? this.isInstalled : this.integration !== null;
    if (!listens || !events.includes(event)) return;
    this.queue.add({ event, payload, eventId: this.ids.next() });
  }
}

const EVENTS: readonly string[] = [
  'app.installed',
  'app.activated',
  'app.deactivated',
  'app.deleted',
  'checkout.customer.register',
  'customer.written',
  'checkout.customer.deleted',
  'customer.deleted',
  'checkout.order.placed',
  'order.written',
  'state_enter.order_transaction.state.paid',
  'state_enter.order_transaction.state.refunded',
  'state_enter.order_transaction.state.refunded_partially',
  'state_enter.order.state.completed',
  'state_enter.order.state.cancelled',
];

const ORDER_INSERTED = [
  'id',
  'versionId',
  'billingAddressId',
  'billingAddressVersionId',
  'currencyId',
  'languageId',
  'salesChannelId',
  'stateId',
  'orderNumber',
  'orderDateTime',
  'price',
  'shippingCosts',
  'currencyFactor',
  'deepLinkCode',
  'affiliateCode',
  'campaignCode',
  'customerComment',
  'source',
  'ruleIds',
  'itemRounding',
  'totalRounding',
  'createdAt',
];
