import type { OrderLine, OrderSnapshot, PaymentState } from '../../sidecar/src/domain/order-snapshot';
import type { DesiredResource } from '../../sidecar/src/domain/mirror';
import { ShopApiError } from '../../sidecar/src/errors';
import type { CustomerSnapshot, PushOutcome, ShopPlatform } from '../../sidecar/src/platform/platform';
import type { Random } from './random';

export const SHOP_ID = 'shop-sim';

export interface SimulatedDelivery {
  readonly eventId: string;
  readonly topic: string;
  readonly resourceKey: string;
  readonly body: string;
}

export interface ShopFaults {
  /** Probability that an API call fails before it did anything. */
  readonly failCall: number;
  /** Probability that a write took effect and its answer was lost. */
  readonly loseAnswer: number;
  readonly random: Random;
}

interface Stored<T> {
  value: T;
  changedAt: string;
}

export interface NewOrder {
  readonly orderId: string;
  readonly customerId: string;
  readonly placedAt: string;
  readonly lines: readonly { productNumber: string; quantity: number; grossMinor: number }[];
  readonly redemption: { points: number; valueMinor: number; holdId: string | null } | null;
  readonly referralCode: string | null;
}

/** A shop in memory that implements the platform port: its state is the truth the books must follow. */
export class SimulatedShop {
  readonly outbox: SimulatedDelivery[] = [];
  readonly pushed = new Map<string, string>();
  private readonly orders = new Map<string, Stored<OrderSnapshot>>();
  private readonly customers = new Map<string, Stored<CustomerSnapshot>>();
  private events = 0;

  constructor(private readonly faults: ShopFaults | null) {}

  registerCustomer(customerId: string, at: string): void {
    this.customers.set(customerId, {
      changedAt: at,
      value: {
        shopId: SHOP_ID,
        customerId,
        emailHash: `hash-of-${customerId}`,
        customerGroup: 'retail',
        company: null,
        isGuest: false,
        registeredAt: at,
        birthday: null,
        language: null,
        referralCode: null,
        mirrorMissing: false,
        emailState: 'unverified',
      },
    });
    this.emit('customer_registered', `customer:${customerId}`, { customerId, at });
  }

  placeOrder(order: NewOrder): void {
    const goods = order.lines.reduce((sum, line) => sum + line.grossMinor, 0);
    let share = order.redemption?.valueMinor ?? 0;
    const lines = order.lines.map((line, index): OrderLine => {
      const last = index === order.lines.length - 1;
      const discount = last ? share : Math.floor(((order.redemption?.valueMinor ?? 0) * line.grossMinor) / Math.max(goods, 1));
      share -= discount;
      return {
        lineId: `${order.orderId}-${index}`,
        kind: 'product',
        productNumber: line.productNumber,
        categoryIds: [],
        quantityMilli: line.quantity * 1000,
        refundedMilli: 0,
        grossMinor: line.grossMinor,
        netMinor: Math.round(line.grossMinor / 1.19),
        pointsDiscountGrossMinor: discount,
        pointsDiscountNetMinor: Math.round(discount / 1.19),
      };
    });
    this.orders.set(order.orderId, {
      changedAt: order.placedAt,
      value: {
        shopId: SHOP_ID,
        orderId: order.orderId,
        orderNumber: order.orderId,
        customerId: order.customerId,
        emailHash: `hash-of-${order.customerId}`,
        isGuest: false,
        customerGroup: 'retail',
        currency: 'EUR',
        placedAt: order.placedAt,
        paidAt: null,
        completedAt: null,
        paymentState: 'open',
        orderState: 'open',
        lines,
        redemption: order.redemption ? { points: order.redemption.points, holdId: order.redemption.holdId } : null,
        gifts: [],
        referralCode: order.referralCode,
        refundNeedsReview: false,
      },
    });
    this.emit('order_placed', `order:${order.orderId}`, { orderId: order.orderId, at: order.placedAt });
  }

  /** Changes an order and sends the event; `twice` sends what real shops do: a second event about the same change. */
  changeOrder(orderId: string, at: string, kind: string, change: (order: OrderSnapshot) => Partial<OrderSnapshot>): void {
    const stored = this.orders.get(orderId);
    if (!stored) throw new Error(`no order ${orderId}`);
    stored.value = { ...stored.value, ...change(stored.value) };
    stored.changedAt = at;
    this.emit(kind, `order:${orderId}`, { orderId, at });
    this.emit('order_edited', `order:${orderId}`, { orderId, at });
  }

  order(orderId: string): OrderSnapshot {
    const stored = this.orders.get(orderId);
    if (!stored) throw new Error(`no order ${orderId}`);
    return stored.value;
  }

  private emit(topic: string, resourceKey: string, payload: Record<string, unknown>): void {
    this.events += 1;
    this.outbox.push({ eventId: `event-${this.events}`, topic, resourceKey, body: JSON.stringify(payload) });
  }

  private call(): void {
    if (this.faults?.random.chance(this.faults.failCall)) throw new ShopApiError('simulated fault', true, 503);
  }

  /** The port, as the sidecar sees this shop. */
  platform(): ShopPlatform {
    return {
      name: 'shopware',
      verify: () => {
        throw new Error('the simulation delivers behind the signature check');
      },
      claimedShop: () => SHOP_ID,
      salesChannels: () => Promise.resolve([]),
      readContact: () => {
        throw new Error('the simulation sends no mails');
      },
      currencies: () => Promise.resolve([{ currency: 'EUR', rate: 1 }]),
      normalise: (topic, body) => {
        const payload = JSON.parse(body) as { orderId?: string; customerId?: string; at: string };
        return { kind: topic, ...payload, occurredAt: payload.at } as never;
      },
      readOrder: async (_shop, orderId) => {
        this.call();
        return Promise.resolve(structuredClone(this.orders.get(orderId)?.value ?? null));
      },
      readCustomer: async (_shop, customerId) => {
        this.call();
        return Promise.resolve(structuredClone(this.customers.get(customerId)?.value ?? null));
      },
      changedOrders: async (_shop, since) => {
        this.call();
        return Promise.resolve({ items: changedSince(this.orders, since), nextCursor: null });
      },
      changedCustomers: async (_shop, since) => {
        this.call();
        return Promise.resolve({ items: changedSince(this.customers, since), nextCursor: null });
      },
      products: () => Promise.resolve({ items: [], nextCursor: null }),
      findProducts: () => Promise.resolve([]),
      push: async (_shop, resources) => Promise.resolve(resources.map((resource) => this.receive(resource))),
      maxBatch: () => 10,
    };
  }

  private receive(resource: DesiredResource): PushOutcome {
    const faults = this.faults;
    const failed: PushOutcome = { ok: false, retryable: true, error: 'simulated fault' };
    if (faults?.random.chance(faults.failCall)) return failed;
    this.pushed.set(`${resource.type}:${resource.id}`, JSON.stringify(resource.state));
    return faults?.random.chance(faults.loseAnswer) ? failed : { ok: true };
  }
}

function changedSince<T>(rows: ReadonlyMap<string, Stored<T>>, since: string): T[] {
  return [...rows.values()]
    .filter((row) => row.changedAt >= since)
    .sort((left, right) => left.changedAt.localeCompare(right.changedAt))
    .map((row) => structuredClone(row.value));
}

export function paid(at: string): (order: OrderSnapshot) => Partial<OrderSnapshot> {
  return () => ({ paymentState: 'paid' satisfies PaymentState, paidAt: at });
}

/** Gives `units` more units of a line back, as far as there are any. */
export function refundUnits(lineIndex: number, units: number): (order: OrderSnapshot) => Partial<OrderSnapshot> {
  return (order) => {
    const lines = order.lines.map((line, index) =>
      index === lineIndex % order.lines.length
        ? { ...line, refundedMilli: Math.min(line.quantityMilli, line.refundedMilli + units * 1000) }
        : line,
    );
    return { lines, paymentState: order.paidAt === null ? order.paymentState : 'partially_refunded' };
  };
}
