/** States of payments and orders, and when they were entered. */
import type { OrderState, PaymentState } from '../../domain/order-snapshot';
import { instantOf, mapOf, mapsOf, textOf, type Fields } from './fields';

/** When an order or transaction entered a state. */
export interface StateChange {
  readonly referencedId: string;
  readonly state: string;
  readonly at: string;
}

export interface OrderStates {
  readonly paymentState: PaymentState;
  readonly orderState: OrderState;
  readonly paidAt: string | null;
  readonly completedAt: string | null;
}

const paymentStates: Readonly<Record<string, PaymentState>> = {
  paid: 'paid',
  paid_partially: 'partially_paid',
  refunded: 'refunded',
  refunded_partially: 'partially_refunded',
  chargeback: 'refunded',
  failed: 'failed',
  cancelled: 'cancelled',
};

const WAS_PAID: readonly PaymentState[] = ['paid', 'refunded', 'partially_refunded'];
const CAME_TO_NOTHING: readonly PaymentState[] = ['failed', 'cancelled'];

export function stateOf(entity: Fields): string | null {
  return textOf(mapOf(entity['stateMachineState'])['technicalName']);
}

function paymentStateOf(transaction: Fields): PaymentState {
  return paymentStates[stateOf(transaction) ?? ''] ?? 'open';
}

/** @param history state changes of the order and its transactions, in any order; empty when the app may not read them */
export function orderStates(order: Fields, history: readonly StateChange[]): OrderStates {
  const transaction = decidingTransaction(mapsOf(order['transactions']));
  const paymentState = transaction ? paymentStateOf(transaction) : 'open';
  const state = stateOf(order);
  const orderState = state === 'completed' || state === 'cancelled' ? state : 'open';
  return {
    paymentState,
    orderState,
    paidAt:
      transaction && WAS_PAID.includes(paymentState)
        ? (entered(history, transaction, 'paid')[0] ?? lastTouched(transaction))
        : null,
    completedAt: orderState === 'completed' ? (entered(history, order, 'completed').at(-1) ?? lastTouched(order)) : null,
  };
}

/** Ids of the order and of its transactions whose history says when money came or the order was completed. */
export function datedByHistory(order: Fields): string[] {
  const paid = mapsOf(order['transactions']).filter((transaction) => WAS_PAID.includes(paymentStateOf(transaction)));
  const completed = stateOf(order) === 'completed' ? [order] : [];
  return [...completed, ...paid].flatMap((row) => textOf(row['id']) ?? []);
}

/** A shopper who tried several ways to pay left a transaction for each; the one with money in it counts, else the last. */
function decidingTransaction(transactions: readonly Fields[]): Fields | undefined {
  const sorted = [...transactions].sort((a, b) => Date.parse(String(a['createdAt'])) - Date.parse(String(b['createdAt'])));
  const withMoney = sorted.filter((transaction) => WAS_PAID.includes(paymentStateOf(transaction)));
  const hopeful = sorted.filter((transaction) => !CAME_TO_NOTHING.includes(paymentStateOf(transaction)));
  return withMoney.at(-1) ?? hopeful.at(-1) ?? sorted.at(-1);
}

function entered(history: readonly StateChange[], entity: Fields, state: string): string[] {
  return history
    .filter((change) => change.referencedId === entity['id'] && change.state === state)
    .map((change) => change.at)
    .sort();
}

function lastTouched(entity: Fields): string | null {
  return instantOf(entity['updatedAt']) ?? instantOf(entity['createdAt']);
}
