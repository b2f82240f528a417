import type { TierMirror } from '../../domain/mirror';
import { rulePriorityOf } from '../../domain/shop-settings';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import { ownId } from './names';
import { all, any, ruleRow } from './rule';

export function tierRuleId(shopId: string, tier: string): string {
  return ownId(shopId, 'rule', 'tier', tier);
}

/** A tier is a tag that its members carry, and a rule that holds for them. */
export function planTier(shop: ConnectedShop, tier: { readonly id: string; readonly state: TierMirror | null }): PlannedWrite {
  const { shopId } = shop;
  const tagId = ownId(shopId, 'tag', tier.id);
  const ruleId = tierRuleId(shopId, tier.id);
  if (tier.state === null) {
    return {
      operations: [
        { entity: 'rule', action: 'delete', payload: [{ id: ruleId }] },
        { entity: 'tag', action: 'delete', payload: [{ id: tagId }] },
      ],
    };
  }
  const { name, rank } = tier.state;
  const isMember = { type: 'customerTag', value: { operator: '=', identifiers: [tagId] } };
  const rule = {
    id: ruleId,
    name: `Loyalty tier ${name}`,
    priority: rulePriorityOf(shop.settings) + rank,
    condition: any(all(isMember)),
  };
  return {
    operations: [
      { entity: 'tag', action: 'upsert', payload: [{ id: tagId, name: `Loyalty tier ${name}` }] },
      { entity: 'rule', action: 'upsert', payload: [ruleRow(shopId, rule)] },
    ],
  };
}
