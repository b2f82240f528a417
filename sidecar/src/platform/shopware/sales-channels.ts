import type { ConnectedShop, SalesChannel } from '../platform';
import type { ShopwareClient } from './client';
import { mapOf, textOf } from './fields';

/** More than any shop has. */
const ALL = 500;

/** By their names, as the administration lists them. @throws ShopApiError */
export async function salesChannelsOf(client: ShopwareClient, shop: ConnectedShop): Promise<SalesChannel[]> {
  const rows = await client.search(shop, 'sales_channel', {
    limit: ALL,
    sort: [{ field: 'name', order: 'ASC' }],
    includes: { sales_channel: ['id', 'name', 'translated'] },
  });
  return rows.flatMap((row) => {
    const channelId = textOf(row['id']);
    return channelId === null ? [] : [{ channelId, name: textOf(row['name']) ?? textOf(mapOf(row['translated'])['name']) }];
  });
}
