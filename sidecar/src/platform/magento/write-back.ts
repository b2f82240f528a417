/** Makes a Magento shop show what it should. */
import type { DesiredResource, DesiredResourceType } from '../../domain/mirror';
import { ShopApiError } from '../../errors';
import type { ConnectedShop, PushOutcome } from '../platform';
import type { MagentoClient } from './client';
import { pushMembers } from './write-members';
import { pushFriendCode, pushVoucher } from './write-coupons';
import { pushNotices } from './write-notices';
import { pushTier, pushTierPrices } from './write-tiers';

const MAX_BATCH: Readonly<Record<DesiredResourceType, number>> = {
  member: 100,
  tier: 10,
  'price-list': 200,
  'tier-price': 100,
  'friend-code': 10,
  voucher: 20,
  terms: 1,
  notice: 50,
};

export function maxBatch(type: DesiredResourceType): number {
  return MAX_BATCH[type];
}

type Of<T extends DesiredResourceType> = Extract<DesiredResource, { type: T }>;

export async function pushResources(
  client: MagentoClient,
  shop: ConnectedShop,
  resources: readonly DesiredResource[],
): Promise<readonly PushOutcome[]> {
  const of = <T extends DesiredResourceType>(type: T) =>
    resources.filter((resource): resource is Of<T> => resource.type === type);
  try {
    switch (resources[0]?.type) {
      case 'member':
        return await pushMembers(client, shop, of('member'));
      case 'tier-price':
        return await pushTierPrices(client, shop, of('tier-price'));
      case 'tier':
        return await eachAlone(of('tier'), (tier) => pushTier(client, shop, tier.id, tier.state));
      case 'friend-code':
        return await eachAlone(of('friend-code'), (code) => pushFriendCode(client, shop, code.id, code.state));
      case 'voucher':
        return await eachAlone(of('voucher'), (voucher) => pushVoucher(client, shop, voucher.id, voucher.state));
      case 'terms':
        return await eachAlone(of('terms'), async ({ state }) => {
          await client.send(shop, 'PUT', '/loyalty/terms', { shopId: shop.externalShopId, terms: state });
        });
      // A price names its list, and a member those they buy at.
      case 'price-list':
        return resources.map(() => ({ ok: true }));
      case 'notice':
        return await pushNotices(client, shop, of('notice'));
      case undefined:
        return [];
    }
  } catch (error) {
    const failed = failureOf(error);
    return resources.map(() => failed);
  }
}

/** One call each: what one resource meets does not touch the others. */
async function eachAlone<T>(resources: readonly T[], push: (resource: T) => Promise<void>): Promise<PushOutcome[]> {
  const outcomes: PushOutcome[] = [];
  for (const resource of resources) {
    outcomes.push(
      await push(resource).then(
        (): PushOutcome => ({ ok: true }),
        (error: unknown) => failureOf(error),
      ),
    );
  }
  return outcomes;
}

export function failureOf(error: unknown): PushOutcome {
  if (!(error instanceof ShopApiError)) return { ok: false, retryable: false, error: String(error) };
  const { message, retryable, retryAfterMs } = error;
  return { ok: false, retryable, error: message, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}
