/** What shoppers and staff do, drawn from the seed alone: the same with and without faults. */
import type { Random } from './random';

export type Action =
  | { readonly kind: 'register'; readonly customer: string }
  | {
      readonly kind: 'order';
      readonly customer: string;
      readonly orderId: string;
      readonly lines: readonly { productNumber: string; quantity: number; grossMinor: number }[];
      /** Share of the balance the shopper wants to spend, 0..1. */
      readonly redeemShare: number;
      /** Places a hold first; otherwise the shop takes the points by its mirror (the sidecar was not asked). */
      readonly withHold: boolean;
      readonly referredBy: string | null;
    }
  | { readonly kind: 'pay' | 'complete' | 'cancel' | 'unpay'; readonly orderId: string }
  | { readonly kind: 'refund'; readonly orderId: string; readonly line: number; readonly units: number }
  | { readonly kind: 'refund_all'; readonly orderId: string }
  | { readonly kind: 'edit'; readonly orderId: string; readonly line: number; readonly quantity: number };

export interface Script {
  /** Actions by tick. */
  readonly ticks: readonly (readonly Action[])[];
}

export interface ScriptShape {
  readonly ticks: number;
  readonly customers: number;
  readonly actionsPerTick: number;
  /** At most one action of a customer in a tick, so that lots are used in one order only. */
  readonly oneActionPerCustomer: boolean;
}

export function writeScript(random: Random, shape: ScriptShape): Script {
  const customers: string[] = [];
  const orders: { orderId: string; customer: string }[] = [];
  const ticks: Action[][] = [];
  for (let tick = 0; tick < shape.ticks; tick += 1) {
    const actions: Action[] = [];
    const acted = new Set<string>();
    for (let count = 0; count < shape.actionsPerTick; count += 1) {
      const action = nextAction(random, shape, customers, orders);
      const actor = 'customer' in action ? action.customer : orders.find((order) => order.orderId === action.orderId)?.customer;
      if (actor === undefined || (shape.oneActionPerCustomer && acted.has(actor))) continue;
      acted.add(actor);
      actions.push(action);
      if (action.kind === 'register') customers.push(action.customer);
      if (action.kind === 'order') orders.push({ orderId: action.orderId, customer: action.customer });
    }
    ticks.push(actions);
  }
  return { ticks };
}

function nextAction(
  random: Random,
  shape: ScriptShape,
  customers: readonly string[],
  orders: readonly { orderId: string; customer: string }[],
): Action {
  if (customers.length === 0 || (customers.length < shape.customers && random.chance(0.3))) {
    return { kind: 'register', customer: `customer-${customers.length + 1}` };
  }
  if (orders.length === 0 || random.chance(0.35)) return newOrder(random, customers, orders.length + 1);
  const { orderId } = random.pick(orders.slice(-12));
  const roll = random.next();
  if (roll < 0.4) return { kind: 'pay', orderId };
  if (roll < 0.6) return { kind: 'complete', orderId };
  if (roll < 0.68) return { kind: 'cancel', orderId };
  if (roll < 0.72) return { kind: 'unpay', orderId };
  if (roll < 0.88) return { kind: 'refund', orderId, line: random.below(3), units: 1 + random.below(2) };
  if (roll < 0.93) return { kind: 'refund_all', orderId };
  return { kind: 'edit', orderId, line: random.below(3), quantity: 1 + random.below(4) };
}

function newOrder(random: Random, customers: readonly string[], number: number): Action {
  const lines = Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    productNumber: `SKU-${index}`,
    quantity: 1 + random.below(4),
    grossMinor: 100 + random.below(20_000),
  }));
  return {
    kind: 'order',
    customer: random.pick(customers),
    orderId: `order-${number}`,
    lines,
    redeemShare: random.chance(0.5) ? random.next() : 0,
    withHold: random.chance(0.7),
    referredBy: random.chance(0.2) ? random.pick(customers) : null,
  };
}
