/** Shopware's rules as trees of conditions. */
import { ownChannels } from '../../domain/shop-branch';
import type { ConnectedShop } from '../platform';
import type { ShopwareClient } from './client';
import { mapsOf, textOf, type Fields } from './fields';
import { ownId } from './names';

export interface Condition {
  readonly type: string;
  readonly value?: Fields;
  readonly children?: readonly Condition[];
}

export interface RuleText {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly condition: Condition;
}

export function all(...children: readonly Condition[]): Condition {
  return { type: 'andContainer', children };
}

export function any(...children: readonly Condition[]): Condition {
  return { type: 'orContainer', children };
}

/** Holds in the sales channels of this part of an installation; nothing where it is not divided. */
export function inOwnChannels({ settings }: ConnectedShop): Condition[] {
  const own = ownChannels(settings);
  if (own === null) return [];
  const value = 'only' in own ? { operator: '=', salesChannelIds: own.only } : { operator: '!=', salesChannelIds: own.but };
  return [{ type: 'salesChannel', value }];
}

/** Id of a rule's topmost condition: another content has another id. */
export function rootId(shopId: string, rule: RuleText): string {
  return ownId(shopId, 'condition', rule.id, JSON.stringify(rule.condition));
}

/** The rule as a row for sync, with stable ids all the way down. */
export function ruleRow(shopId: string, rule: RuleText): Fields {
  return {
    id: rule.id,
    name: rule.name,
    priority: rule.priority,
    conditions: [conditionRow(shopId, rule.condition, rootId(shopId, rule))],
  };
}

function conditionRow(shopId: string, { type, value, children }: Condition, id: string): Fields {
  return {
    id,
    type,
    ...(value ? { value } : {}),
    ...(children
      ? { children: children.map((child, index) => conditionRow(shopId, child, ownId(shopId, 'condition', id, index))) }
      : {}),
  };
}

/** Conditions of an earlier content: left in place, either content would do. */
export async function staleConditions(
  client: ShopwareClient,
  shop: ConnectedShop,
  rules: readonly RuleText[],
): Promise<string[]> {
  if (rules.length === 0) return [];
  const rows = await client.search(shop, 'rule', {
    ids: rules.map((rule) => rule.id),
    limit: rules.length,
    associations: { conditions: {} },
    includes: { rule: ['id', 'conditions'], rule_condition: ['id', 'parentId'] },
  });
  const roots = new Set(rules.map((rule) => rootId(shop.shopId, rule)));
  const isTop = (condition: Fields): boolean => textOf(condition['parentId']) === null;
  return rows
    .flatMap((row) => mapsOf(row['conditions']).filter(isTop))
    .flatMap((condition) => textOf(condition['id']) ?? [])
    .filter((id) => !roots.has(id));
}
