import { isBefore } from './instant';
import { coversGoods, type Goods } from './scope';

/** Goods that members of some tiers may buy before everybody else. Only a rule with goods is one. */
export interface EarlyAccessRule {
  readonly code: string;
  readonly products?: readonly string[];
  readonly categories?: readonly string[];
  readonly tiers: readonly string[];
  /** Before it the rule says nothing; null = it holds already. */
  readonly from: string | null;
  /** From then on the rule says nothing any more. */
  readonly until: string;
}

/** Why goods cannot be bought by somebody yet. */
export interface ClosedGoods {
  /** Tiers that may buy them now. */
  readonly tiers: readonly string[];
  /** When they open for whoever asked. */
  readonly opensAt: string;
}

/**
 * Null = whoever is of the tier may buy the goods. They are closed while a rule for them holds, but for the tiers of each
 * rule that holds: so several rules let one tier in after another.
 */
export function closedFor(
  rules: readonly EarlyAccessRule[],
  goods: Goods,
  { tier, at }: { readonly tier: string | null; readonly at: string },
): ClosedGoods | null {
  const named = rules.filter((rule) => coversGoods(rule, goods));
  const holding = (instant: string): EarlyAccessRule[] => named.filter((rule) => holdsAt(rule, instant));
  const isOpen = (instant: string): boolean => {
    const now = holding(instant);
    return now.length === 0 || now.some(({ tiers }) => tier !== null && tiers.includes(tier));
  };
  if (isOpen(at)) return null;
  const turns = named.flatMap(({ from, until }) => [from ?? until, until]).filter((turn) => isBefore(at, turn));
  // When the last rule is over, nothing is closed any more.
  const opensAt = turns.sort().find(isOpen) ?? at;
  return { tiers: [...new Set(holding(at).flatMap(({ tiers }) => tiers))], opensAt };
}

function holdsAt({ from, until }: EarlyAccessRule, at: string): boolean {
  return (from === null || !isBefore(at, from)) && isBefore(at, until);
}

/** Rules that are not over, for pages and carts. */
export function comingRules(rules: readonly EarlyAccessRule[], at: string): EarlyAccessRule[] {
  return rules.filter(({ until }) => isBefore(at, until));
}
