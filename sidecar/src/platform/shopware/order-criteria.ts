/** Which fields and rows of orders are asked for: what the mapping needs, and no names. */
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
    'salesChannelId',
    'currency',
    'orderCustomer',
    'lineItems',
    'transactions',
    'deliveries',
    'stateMachineState',
  ],
  order_customer: ['customerId', 'email', 'remoteAddress', 'customer'],
  order_delivery: ['shippingOrderAddress'],
  order_address: ['street', 'additionalAddressLine1', 'additionalAddressLine2', 'zipcode'],
  customer: ['guest', 'groupId', 'salesChannelId', 'boundSalesChannelId'],
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

export interface OrderRights {
  /** Refunds, which only some payment plugins write. */
  readonly refunds: boolean;
  /** Addresses of deliveries; apps from before they were asked for may not read them. */
  readonly addresses: boolean;
}

export function orderCriteria({ refunds, addresses }: OrderRights): Criteria {
  return {
    associations: {
      currency: {},
      stateMachineState: {},
      orderCustomer: { associations: { customer: {} } },
      lineItems: {},
      transactions: { associations: { stateMachineState: {}, ...(refunds ? REFUNDS : {}) } },
      ...(addresses ? { deliveries: { associations: { shippingOrderAddress: {} } } } : {}),
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
