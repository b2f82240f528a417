import type { PriceListMirror } from '../../domain/mirror';
import { MAX_RULE_PRIORITY, rulePriorityOf } from '../../domain/shop-settings';
import type { ConnectedShop } from '../platform';
import type { PlannedWrite } from './batch-write';
import type { ShopwareClient } from './client';
import { ownId } from './names';
import { all, any, inOwnChannels, ruleRow, staleConditions, type RuleText } from './rule';

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
export async function planPriceLists(
  client: ShopwareClient,
  shop: ConnectedShop,
  lists: readonly DesiredPriceList[],
): Promise<PlannedWrite[]> {
  const rules = lists.flatMap(({ state }) => (state ? [listRule(shop, state)] : []));
  const stale = await staleConditions(client, shop, rules);
  return lists.map((list, index) => planList(shop, list, index === 0 ? stale : []));
}

function listRule(shop: ConnectedShop, { code, place }: PriceListMirror): RuleText {
  const isBuyer = { type: 'customerTag', value: { operator: '=', identifiers: [listTagId(shop.shopId, code)] } };
  return {
    id: listRuleId(shop.shopId, code),
    name: ruleName(code),
    priority: rulePriorityOf(shop.settings) + MAX_RULE_PRIORITY + place,
    condition: any(all(isBuyer, ...inOwnChannels(shop))),
  };
}

function ruleName(code: string): string {
  return `Loyalty price list ${code}`;
}

function planList(shop: ConnectedShop, { id, state }: DesiredPriceList, stale: readonly string[]): PlannedWrite {
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
  return {
    operations: [
      { entity: 'rule_condition', action: 'delete', payload: stale.map((conditionId) => ({ id: conditionId })) },
      { entity: 'tag', action: 'upsert', payload: [{ id: tagId, name: ruleName(state.code) }] },
      { entity: 'rule', action: 'upsert', payload: [ruleRow(shopId, listRule(shop, state))] },
    ],
  };
}
