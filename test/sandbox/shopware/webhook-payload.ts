import { readCriteria, type Criteria } from './criteria';
import { LIVE_VERSION, present } from './search';
import type { Row, TableStore } from './table-store';

/** What Shopware loads for an order's business events. */
const ORDER_LINKS = {
  orderCustomer: {},
  currency: {},
  addresses: {},
  deliveries: { associations: { stateMachineState: {}, shippingOrderAddress: {} } },
  lineItems: { sort: [{ field: 'position' }] },
  transactions: { associations: { stateMachineState: {} } },
  stateMachineState: {},
};

/** Fields Shopware's encoder leaves out, because they are not meant for a shop's front. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  order_customer: ['customerId', 'customer', 'orderId', 'order', 'remoteAddress'],
  order_line_item: ['price', 'product', 'order'],
  order_transaction: ['order'],
  order_delivery: ['order'],
  order: ['salesChannel', 'autoIncrement'],
  customer: ['autoIncrement', 'salesChannel', 'orderCustomers', 'tags'],
};

export class WebhookPayloads {
  private readonly orderCriteria: Criteria;

  constructor(private readonly store: TableStore) {
    this.orderCriteria = readCriteria(store, 'order', { associations: ORDER_LINKS });
  }

  /** `{order}` of a business event; in state events the states of payments and deliveries are not loaded. */
  order(orderId: string, isStateEvent: boolean): Row {
    const shown = present(this.store, 'order', this.store.get('order', orderId), this.orderCriteria);
    if (isStateEvent) {
      for (const part of [shown.transactions, shown.deliveries] as Row[][]) {
        for (const row of part) row.stateMachineState = null;
      }
    }
    return { order: forFront(shown) };
  }

  customer(customer: Row): Row {
    return {
      customer: forFront({ ...present(this.store, 'customer', customer, { associations: [] }), tags: null, tagIds: null }),
    };
  }
}

export function writtenPayload(
  entity: string,
  operation: 'insert' | 'update' | 'delete',
  primaryKey: string,
  fields: readonly string[],
): Row[] {
  const version = entity === 'order' ? { versionId: LIVE_VERSION } : {};
  const updated = operation === 'delete' ? {} : { updatedFields: [...fields] };
  return [{ entity, operation, primaryKey, ...updated, ...version }];
}

/** Without what is hidden; empty maps become empty lists, as in PHP. */
function forFront(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forFront);
  if (typeof value !== 'object' || value === null) return value;
  const { apiAlias } = value as Row;
  const hidden = typeof apiAlias === 'string' ? HIDDEN[apiAlias] : undefined;
  const kept: Row = {};
  let count = 0;
  for (const name of Object.keys(value)) {
    if (hidden?.includes(name)) continue;
    kept[name] = forFront((value as Row)[name]);
    count += 1;
  }
  return count === 0 ? [] : kept;
}
