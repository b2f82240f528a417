import type { PriceListMirror } from '../../domain/mirror';
import { MAX_RULE_PRIORITY, rulePriorityOf } from '../../domain/shop-settings';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import { ownId } from './names';
import { all, any, ruleRow } from './rule';

interface DesiredPriceList {
  readonly id: string;
  readonly state: PriceListMirror | null;
}

export function listTagId(shopId: string, code: string): string {
  return ownId(shopId, 'tag', 'list', code);
}

export function listRuleId(shopId: string, code: string): string {
  return ownId(shopId, 'rule', 'list', code);
}

/** A price list is a tag that its buyers carry, and a rule that holds for them, above those of all tiers. */
export function planPriceLists(shop: ConnectedShop, lists: readonly DesiredPriceList[]): PlannedWrite[] {
  return lists.map((list) => planList(shop, list));
}

function planList(shop: ConnectedShop, { id, state }: DesiredPriceList): PlannedWrite {
  const { shopId } = shop;
  const tagId = listTagId(shopId, id);
  const ruleId = listRuleId(shopId, id);
  if (state === null) {
    return {
      operations: [
        { entity: 'rule', action: 'delete', payload: [{ id: ruleId }] },
        { entity: 'tag', action: 'delete', payload: [{ id: tagId }] },
      ],
    };
  }
  const name = `Loyalty price list ${state.code}`;
  const rule = {
    id: ruleId,
    name,
    priority: rulePriorityOf(shop.settings) + MAX_RULE_PRIORITY + state.place,
    condition: any(all({ type: 'customerTag', value: { operator: '=', identifiers: [tagId] } })),
  };
  return {
    operations: [
      { entity: 'tag', action: 'upsert', payload: [{ id: tagId, name }] },
      { entity: 'rule', action: 'upsert', payload: [ruleRow(shopId, rule)] },
    ],
  };
}
