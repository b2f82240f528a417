/** Orders, customers and products of a Magento shop in memory, in the shapes its REST API answers. */
import type { Clock } from '../../../sidecar/src/clock';
import { homeOf } from '../home';
import type { SandboxOrderInput } from '../sandbox-shop';

export interface Product {
  id: number;
  sku: string;
  name: string;
  price: number;
  taxRate: number;
  categoryIds: readonly string[];
}

type Row = Record<string, unknown>;

export interface Item extends Row {
  item_id: number;
  sku: string;
  qty_ordered: number;
  qty_refunded: number;
  qty_canceled: number;
  qty_invoiced: number;
}

export interface Order extends Row {
  entity_id: number;
  state: string;
  updated_at: string;
  grand_total: number;
  items: Item[];
}

const cents = (value: number): number => Math.round(value * 100) / 100;

export class MagentoBooks {
  readonly products = new Map<string, Product>();
  readonly customers = new Map<number, Row>();
  readonly orders = new Map<number, Order>();
  readonly invoices: Row[] = [];
  /** As the sidecar named the shop when it was paired. */
  shopId = '';
  private items = 0;

  constructor(private readonly clock: Clock) {}

  /** UTC as Magento writes it. */
  now(): string {
    return this.clock.now().slice(0, 19).replace('T', ' ');
  }

  addProduct(product: Omit<Product, 'id'>): Product {
    const stored = { ...product, id: this.products.size + 1 };
    this.products.set(product.sku, stored);
    return stored;
  }

  register(email: string, referralCode: string | null, dob?: string, locale = 'en-US'): number {
    const id = this.customers.size + 1;
    this.customers.set(id, {
      id,
      group_id: 1,
      created_at: this.now(),
      updated_at: this.now(),
      created_in: 'Default Store View',
      email,
      ...(dob === undefined ? {} : { dob }),
      firstname: 'Sam',
      lastname: 'Shopper',
      store_id: 1,
      website_id: 1,
      addresses: [],
      disable_auto_group_change: 0,
      extension_attributes: {
        is_subscribed: false,
        loyalty_shop_ids: [this.shopId],
        loyalty_locale: locale.replace('-', '_'),
        ...(referralCode === null ? {} : { loyalty_referral_code: referralCode }),
      },
    });
    return id;
  }

  /** @param coupon what a coupon takes off, in major units */
  place(input: SandboxOrderInput, coupon = 0): Order {
    const id = this.orders.size + 1;
    const customer = input.customerId === undefined ? undefined : this.customers.get(Number(input.customerId));
    const sold = input.lines.map(({ productNumber, quantity }) => ({ product: this.product(productNumber), quantity }));
    const subtotal = sold.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
    const points = (input.redeem?.valueMinor ?? 0) / 100;
    const left = { points, coupon };
    const items = sold.map(({ product, quantity }, index) => {
      const part = (product.price * quantity) / subtotal;
      const take = (what: 'points' | 'coupon', total: number): number => {
        const share = index === sold.length - 1 ? left[what] : cents(total * part);
        left[what] = cents(left[what] - share);
        return share;
      };
      return this.item(product, quantity, { points: take('points', points), coupon: take('coupon', coupon) }, null);
    });
    for (const gift of input.gifts ?? [])
      items.push(this.item({ ...this.product(gift.productNumber), price: 0 }, 1, { points: 0, coupon: 0 }, gift.ruleCode));
    const total = cents(subtotal - points - coupon);
    const customerEmail = (customer?.['email'] ?? input.guestEmail ?? 'guest@example.com') as string;
    const { address, networkAddress } = partyOf(customerEmail, input, id);
    const order: Order = {
      entity_id: id,
      increment_id: String(id).padStart(9, '0'),
      state: 'new',
      status: 'pending',
      created_at: this.now(),
      updated_at: this.now(),
      store_id: Number(input.channelId ?? 1),
      customer_id: customer ? Number(customer['id']) : null,
      customer_is_guest: customer ? 0 : 1,
      customer_email: customerEmail,
      customer_group_id: customer?.['group_id'] ?? 0,
      remote_ip: networkAddress,
      billing_address: { ...address, address_type: 'billing' },
      base_currency_code: 'EUR',
      order_currency_code: 'EUR',
      grand_total: total,
      total_paid: 0,
      total_due: total,
      discount_amount: -cents(points + coupon),
      ...(input.voucherCode === undefined ? {} : { coupon_code: input.voucherCode }),
      items,
      // A column to search by; REST itself shows it below only.
      loyalty_hold_id: input.redeem?.holdId ?? null,
      extension_attributes: {
        shipping_assignments: [{ shipping: { address: { ...address, address_type: 'shipping' }, method: 'flatrate_flatrate' } }],
        loyalty: {
          shop_id: this.shopId,
          points: input.redeem?.points ?? 0,
          hold_id: input.redeem?.holdId ?? null,
          referral_code: input.referralCode ?? null,
        },
      },
    };
    this.orders.set(id, order);
    return order;
  }

  order(id: string): Order {
    const order = this.orders.get(Number(id));
    if (!order) throw new Error(`the sandbox has no order ${id}`);
    return order;
  }

  pay(order: Order): void {
    if (order['total_due'] === 0 || order.state === 'canceled') return;
    const entityId = this.invoices.length + 1;
    this.invoices.push({
      entity_id: entityId,
      order_id: order.entity_id,
      state: 2,
      created_at: this.now(),
      grand_total: order.grand_total,
    });
    for (const item of order.items) item.qty_invoiced = item.qty_ordered - item.qty_canceled;
    this.touch(order, { total_paid: order.grand_total, total_due: 0, state: 'processing', status: 'processing' });
  }

  complete(order: Order): void {
    if (order.state === 'processing') this.touch(order, { state: 'complete', status: 'complete', ...this.completed(order) });
  }

  cancel(order: Order): void {
    if (order['total_paid'] !== 0) return;
    for (const item of order.items) item.qty_canceled = item.qty_ordered;
    this.touch(order, { state: 'canceled', status: 'canceled' });
  }

  /** A credit memo by quantity; when nothing is left, the order is closed. */
  refund(order: Order, units: ReadonlyMap<string, number>): void {
    for (const item of order.items) {
      const left = item.qty_ordered - item.qty_canceled - item.qty_refunded;
      item.qty_refunded += Math.min(left, units.get(item.sku) ?? 0);
    }
    const isClosed = order.items.every((item) => item.qty_refunded + item.qty_canceled >= item.qty_ordered);
    this.touch(order, isClosed ? { state: 'closed', status: 'closed' } : {});
  }

  refundAll(order: Order): void {
    this.refund(order, new Map(order.items.map((item) => [item.sku, item.qty_ordered])));
  }

  /** Magento edits by a new order; what staff take off a line is shown as cancelled units. */
  edit(order: Order, sku: string, quantity: number): void {
    const item = order.items.find((candidate) => candidate.sku === sku);
    if (item) item.qty_canceled = Math.max(0, item.qty_ordered - quantity);
    this.touch(order, {});
  }

  private completed(order: Order): Row {
    const attributes = order['extension_attributes'] as { loyalty: Row };
    return { extension_attributes: { ...attributes, loyalty: { ...attributes.loyalty, completed_at: this.now() } } };
  }

  private touch(order: Order, change: Row): void {
    Object.assign(order, change, { updated_at: this.now() });
  }

  private product(sku: string): Product {
    const product = this.products.get(sku);
    if (!product) throw new Error(`the sandbox has no product ${sku}`);
    return product;
  }

  /** Prices include tax; `row_total` is net of discount, as in REST. */
  private item(
    product: Product,
    quantity: number,
    { points, coupon }: { readonly points: number; readonly coupon: number },
    giftRule: string | null,
  ): Item {
    this.items += 1;
    const discount = cents(points + coupon);
    const gross = cents(product.price * quantity - discount);
    const net = cents(gross / (1 + product.taxRate / 100));
    const rowTotal = cents(cents((product.price * quantity) / (1 + product.taxRate / 100)) - discount);
    return {
      item_id: this.items,
      product_id: product.id,
      sku: product.sku,
      name: product.name,
      product_type: 'simple',
      price: cents(product.price / (1 + product.taxRate / 100)),
      price_incl_tax: product.price,
      tax_percent: product.taxRate,
      qty_ordered: quantity,
      qty_canceled: 0,
      qty_invoiced: 0,
      qty_refunded: 0,
      qty_shipped: 0,
      discount_amount: discount,
      row_total: rowTotal,
      discount_tax_compensation_amount: cents(net - rowTotal),
      tax_amount: cents(gross - net),
      row_total_incl_tax: gross,
      extension_attributes: {
        category_ids: product.categoryIds,
        ...(points > 0 ? { loyalty_points_discount: points } : {}),
        ...(giftRule === null ? {} : { loyalty_gift: giftRule }),
      },
    };
  }
}

function partyOf(email: string, { from = {} }: SandboxOrderInput, orderId: number): { address: Row; networkAddress: string } {
  const { street, postcode, city, networkAddress } = { ...homeOf(email), ...from };
  const name = { firstname: 'Sam', lastname: 'Shopper', telephone: '030123456' };
  return { address: { ...name, parent_id: orderId, email, street: [street], postcode, city, country_id: 'DE' }, networkAddress };
}
