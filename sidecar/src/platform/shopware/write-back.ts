/** Makes a Shopware shop equal to the desired resources. */
import type { DesiredResource, DesiredResourceType } from '../../domain/mirror';
import type { ConnectedShop, PushOutcome } from '../platform';
import { outcomeOf, writeBatch, type PlannedWrite } from './batch-write';
import type { ShopwareClient } from './client';
import type { ShopFacts } from './shop-facts';
import { planFriendCodes } from './write-friend-code';
import { planMembers } from './write-member';
import { tellNotices } from './write-notice';
import { planPriceLists } from './write-price-list';
import { planTierPrices } from './write-tier-price';
import { planTiers } from './write-tier';
import { writeTerms } from './write-terms';
import { planVouchers } from './write-voucher';

export interface WriteBackDeps {
  readonly client: ShopwareClient;
  readonly facts: ShopFacts;
  readonly appName: string;
}

type OfType<T extends DesiredResourceType> = Extract<DesiredResource, { type: T }>;

/** Writing prices makes the shop index each product, so few at a time. */
export const maxBatch: Readonly<Record<DesiredResourceType, number>> = {
  member: 100,
  tier: 20,
  'price-list': 50,
  'tier-price': 50,
  'friend-code': 20,
  voucher: 50,
  terms: 1,
  notice: 20,
};

/** Outcomes in the order of the resources, which are all of one type. Never throws for a shop's fault. */
export async function pushResources(
  deps: WriteBackDeps,
  shop: ConnectedShop,
  resources: readonly DesiredResource[],
): Promise<PushOutcome[]> {
  try {
    const [first] = resources;
    if (first?.type === 'terms') {
      await writeTerms(deps, shop, first.state);
      return [{ ok: true }];
    }
    if (first?.type === 'notice') return await tellNotices(deps.client, shop, resources as OfType<'notice'>[]);
    const writes = await plan(deps, shop, resources);
    return await writeBatch((operations) => deps.client.sync(shop, operations), writes);
  } catch (error) {
    const outcome = outcomeOf(error);
    return resources.map(() => outcome);
  }
}

async function plan(deps: WriteBackDeps, shop: ConnectedShop, resources: readonly DesiredResource[]): Promise<PlannedWrite[]> {
  switch (resources[0]?.type) {
    case 'member':
      return planMembers(deps.client, shop, resources as OfType<'member'>[]);
    case 'tier':
      return planTiers(deps, shop, resources as OfType<'tier'>[]);
    case 'price-list':
      return planPriceLists(deps.client, shop, resources as OfType<'price-list'>[]);
    case 'tier-price':
      return planTierPrices(deps, shop, resources as OfType<'tier-price'>[]);
    case 'friend-code':
      return planFriendCodes(deps, shop, resources as OfType<'friend-code'>[]);
    case 'voucher':
      return planVouchers(deps.facts, shop, resources as OfType<'voucher'>[]);
    default:
      return [];
  }
}
