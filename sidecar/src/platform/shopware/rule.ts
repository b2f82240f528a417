/** Shopware's rules as trees of conditions. */
import type { Fields } from './fields';
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
