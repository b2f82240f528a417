import type { TierMirror } from '../../domain/mirror';
import { rulePriorityOf } from '../../domain/shop-settings';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import type { ShopwareClient } from './client';
import type { Fields } from './fields';
import { ownId } from './names';
import { salesChannelRows } from './promotion';
import { all, any, inOwnChannels, ruleRow, staleConditions, type RuleText } from './rule';
import type { ShopFacts } from './shop-facts';

interface DesiredTier {
  readonly id: string;
  readonly state: TierMirror | null;
}

export function tierRuleId(shopId: string, tier: string): string {
  return ownId(shopId, 'rule', 'tier', tier);
}

/**
 * A tier is a tag that its members carry, a rule that holds for them, and a promotion where they pay no shipping.
 * @throws ShopApiError
 */
export async function planTiers(
  { client, facts }: { readonly client: ShopwareClient; readonly facts: ShopFacts },
  shop: ConnectedShop,
  tiers: readonly DesiredTier[],
): Promise<PlannedWrite[]> {
  await removeShippingPromotions(client, shop, tiers);
  const rules = tiers.flatMap(({ state }) => (state ? [tierRule(shop, state)] : []));
  const stale = await staleConditions(client, shop, rules);
  const shipsFree = tiers.some(({ state }) => state?.freeShipping === true);
  const salesChannelIds = shipsFree ? await facts.salesChannelIds(shop) : [];
  return tiers.map((tier, index) => planTier(shop, tier, salesChannelIds, index === 0 ? stale : []));
}

/** In a call of their own: Shopware looks for what stands on a rule before it deletes anything of a call. */
async function removeShippingPromotions(
  client: ShopwareClient,
  shop: ConnectedShop,
  tiers: readonly DesiredTier[],
): Promise<void> {
  const payload = tiers.filter(({ state }) => state === null).map(({ id }) => ({ id: shippingPromotionId(shop, id) }));
  if (payload.length > 0) await client.sync(shop, [{ entity: 'promotion', action: 'delete', payload }]);
}

function shippingPromotionId({ shopId }: ConnectedShop, tier: string): string {
  return ownId(shopId, 'shipping-promotion', tier);
}

function tierRule(shop: ConnectedShop, { code, name, rank }: TierMirror): RuleText {
  const isMember = { type: 'customerTag', value: { operator: '=', identifiers: [ownId(shop.shopId, 'tag', code)] } };
  return {
    id: tierRuleId(shop.shopId, code),
    name: `Loyalty tier ${name}`,
    priority: rulePriorityOf(shop.settings) + rank,
    condition: any(all(isMember, ...inOwnChannels(shop))),
  };
}

function planTier(
  shop: ConnectedShop,
  { id, state }: DesiredTier,
  salesChannelIds: readonly string[],
  stale: readonly string[],
): PlannedWrite {
  const { shopId } = shop;
  const tagId = ownId(shopId, 'tag', id);
  const ruleId = tierRuleId(shopId, id);
  const promotionId = shippingPromotionId(shop, id);
  if (state === null) {
    return {
      operations: [
        { entity: 'rule', action: 'delete', payload: [{ id: ruleId }] },
        { entity: 'tag', action: 'delete', payload: [{ id: tagId }] },
      ],
    };
  }
  const { name } = state;
  return {
    operations: [
      { entity: 'rule_condition', action: 'delete', payload: stale.map((conditionId) => ({ id: conditionId })) },
      { entity: 'tag', action: 'upsert', payload: [{ id: tagId, name: `Loyalty tier ${name}` }] },
      { entity: 'rule', action: 'upsert', payload: [ruleRow(shopId, tierRule(shop, state))] },
      state.freeShipping
        ? { entity: 'promotion', action: 'upsert', payload: [shippingPromotion(shop, promotionId, state, salesChannelIds)] }
        : { entity: 'promotion', action: 'delete', payload: [{ id: promotionId }] },
    ],
  };
}

/** Applies by itself to whoever carries the tag, beside any code. */
function shippingPromotion(
  shop: ConnectedShop,
  id: string,
  { code, name }: TierMirror,
  salesChannelIds: readonly string[],
): Fields {
  return {
    id,
    name: `Loyalty tier ${name}: free shipping`,
    active: true,
    useCodes: false,
    useIndividualCodes: false,
    priority: 1,
    exclusive: false,
    useSetGroups: false,
    customerRestriction: false,
    preventCombination: false,
    salesChannels: salesChannelRows(shop, id, salesChannelIds),
    discounts: [
      {
        id: ownId(shop.shopId, 'discount', id),
        scope: 'delivery',
        type: 'percentage',
        value: 100,
        considerAdvancedRules: false,
      },
    ],
    personaRules: [{ id: tierRuleId(shop.shopId, code) }],
  };
}
