import type { ConnectedShop } from '../platform';
import type { ShopwareClient } from './client';
import { mapOf, mapsOf, textOf } from './fields';
import { linePayload } from './names';

/** A customer's latest orders are enough: an intent is looked for within minutes of its order. */
const ORDERS = 5;

/** The order that used a shopper's wish to pay with points; null when there is none yet. @throws ShopApiError */
export async function orderOfIntent(
  client: ShopwareClient,
  shop: ConnectedShop,
  customerId: string,
  intent: string,
): Promise<string | null> {
  const rows = await client.search(shop, 'order', {
    filter: [{ type: 'equals', field: 'orderCustomer.customerId', value: customerId }],
    associations: { lineItems: {} },
    sort: [{ field: 'orderDateTime', order: 'DESC' }],
    limit: ORDERS,
    includes: { order: ['id', 'lineItems'], order_line_item: ['payload'] },
  });
  const used = rows.find((row) => mapsOf(row['lineItems']).some((line) => mapOf(line['payload'])[linePayload.hold] === intent));
  return used ? textOf(used['id']) : null;
}
