/** Tiers as customer groups: one group a tier and group of the merchant's, so that nobody loses their own terms or tax class. */
import { z } from 'zod';
import { ShopApiError } from '../../errors';
import type { ConnectedShop } from '../platform';
import { searchQuery, type MagentoClient } from './client';
import { baseGroupId, groupCode, groupCodePrefix } from './names';

export interface CustomerGroup {
  readonly id: number;
  readonly code: string;
  readonly tax_class_id: number;
}

/** Customers without a group of their own are here. */
export const GENERAL_GROUP = 1;
/** Each tier takes one group more for each of these; beyond, the module's own table of prices is the better way. */
const MAX_BASE_GROUPS = 40;
const PAGE = 500;

const groupSchema = z.object({ id: z.number(), code: z.string(), tax_class_id: z.number() });
const listSchema = z.object({ items: z.array(groupSchema).nullish() });

/**
 * - `true`: tiers are customer groups
 * - `false`: they no longer are; customers go back to the groups they came from
 * - `null`, as it comes: prices of tiers are in a table of our module and nobody changes group
 */
export function groupMode(shop: ConnectedShop): boolean | null {
  const wish = shop.settings['useCustomerGroups'];
  return typeof wish === 'boolean' ? wish : null;
}

export class ShopGroups {
  private constructor(private readonly groups: readonly CustomerGroup[]) {}

  static async read(client: MagentoClient, shop: ConnectedShop): Promise<ShopGroups> {
    const parsed = listSchema.safeParse(
      await client.get(shop, '/customerGroups/search', searchQuery({ filters: [], pageSize: PAGE })),
    );
    if (!parsed.success) throw new ShopApiError('the shop answered something else than a list of customer groups', true);
    return new ShopGroups(parsed.data.items ?? []);
  }

  /** The merchant's own, without the one of visitors. @throws ShopApiError when there are too many for tiers as groups */
  bases(): readonly CustomerGroup[] {
    const bases = this.groups.filter(({ id, code }) => id > 0 && !code.startsWith(groupCodePrefix));
    if (bases.length <= MAX_BASE_GROUPS) return bases;
    throw new ShopApiError(`the shop has ${bases.length} customer groups, too many to have one more a tier for each`, false);
  }

  ofTier(tier: string): readonly CustomerGroup[] {
    const codes = new Set(this.bases().map(({ id }) => groupCode(tier, id)));
    return this.groups.filter(({ code }) => codes.has(code));
  }

  find(code: string): CustomerGroup | undefined {
    return this.groups.find((group) => group.code === code);
  }

  /** The merchant's group of a customer who is in `groupId` now. */
  baseOf(groupId: number): number {
    const group = this.groups.find(({ id }) => id === groupId);
    if (!group?.code.startsWith(groupCodePrefix)) return groupId;
    const base = baseGroupId(group.code);
    return this.groups.some(({ id }) => id === base) ? base : GENERAL_GROUP;
  }
}
