/** Which fields and rows of orders are asked for: what the mapping needs, and no names or addresses. */
import type { Criteria } from './client';
import type { Fields } from './fields';

const REFUNDS = {
  captures: { associations: { refunds: { associations: { stateMachineState: {}, positions: {} } } } },
};

const includes: Readonly<Record<string, readonly string[]>> = {
  order: [
    'id',
    'autoIncrement',
    'orderNumber',
    'orderDateTime',
    'createdAt',
    'updatedAt',
    'taxStatus',
    'affiliateCode',
    'currency',
    'orderCustomer',
    'lineItems',
    'transactions',
    'stateMachineState',
  ],
  order_customer: ['customerId', 'email', 'customer'],
  customer: ['guest', 'groupId'],
  currency: ['isoCode'],
  state_machine_state: ['technicalName'],
  order_line_item: [
    'id',
    'identifier',
    'type',
    'referencedId',
    'promotionId',
    'parentId',
    'quantity',
    'unitPrice',
    'totalPrice',
    'price',
    'payload',
  ],
  order_transaction: ['id', 'createdAt', 'updatedAt', 'stateMachineState', 'captures'],
  order_transaction_capture: ['refunds'],
  order_transaction_capture_refund: ['stateMachineState', 'positions'],
  order_transaction_capture_refund_position: ['orderLineItemId', 'quantity'],
};

/** @param withRefunds whether the app may read refunds, which only some payment plugins write */
export function orderCriteria(withRefunds: boolean): Criteria {
  return {
    associations: {
      currency: {},
      stateMachineState: {},
      orderCustomer: { associations: { customer: {} } },
      lineItems: {},
      transactions: { associations: { stateMachineState: {}, ...(withRefunds ? REFUNDS : {}) } },
    },
    includes,
  };
}

/** A payment or delivery that changes leaves the order's own `updatedAt` as it was. */
export function changedSince(since: string, withRefunds: boolean): Fields {
  const touched = ['', 'transactions.', 'deliveries.', ...(withRefunds ? ['transactions.captures.refunds.'] : [])];
  return {
    type: 'multi',
    operator: 'or',
    queries: touched.flatMap((path) => [after(`${path}createdAt`, since), after(`${path}updatedAt`, since)]),
  };
}

export function after(field: string, since: string): Fields {
  return { type: 'range', field, parameters: { gte: storedForm(since) } };
}

/** Shopware compares instants as texts in the form in which its database has them. */
function storedForm(instant: string): string {
  return new Date(instant).toISOString().replace('T', ' ').replace('Z', '');
}
