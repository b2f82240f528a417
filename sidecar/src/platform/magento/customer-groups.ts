import { z } from 'zod';
import type { ConnectedShop } from '../platform';
import { searchQuery, type MagentoClient } from './client';

export interface CustomerGroup {
  readonly id: number;
  readonly code: string;
  readonly tax_class_id: number;
}

const groupSchema = z.object({ id: z.number(), code: z.string(), tax_class_id: z.number() });
const listSchema = z.object({ items: z.array(groupSchema).nullish() });

/** Tiers as native customer groups (default), or only in our module's own tables for shops with many tiers. */
export function usesGroups(shop: ConnectedShop): boolean {
  return shop.settings['useCustomerGroups'] !== false;
}

export async function findGroup(client: MagentoClient, shop: ConnectedShop, code: string): Promise<CustomerGroup | null> {
  const query = searchQuery({ filters: [{ field: 'code', value: code }], pageSize: 1 });
  const parsed = listSchema.safeParse(await client.get(shop, '/customerGroups/search', query));
  return parsed.success ? (parsed.data.items?.[0] ?? null) : null;
}
