import { divide, toSafe } from './money';
import type { AccrualTerms, MultiplierRule } from './programme';
import { reason, type Reason } from './reason';
import { coversGoods, namesProduct, subjectMiss, type Goods, type ScopeSubject } from './scope';

/** An exact factor: `numerator / 10_000^power`. */
export interface Factor {
  readonly numerator: bigint;
  readonly power: number;
}

const BPS = 10_000n;
const ONE: Factor = { numerator: 1n, power: 0 };
/** However many campaigns meet on a line, it never earns more than a hundredfold. */
const HIGHEST: Factor = { numerator: 100n, power: 0 };

/** Rules whose conditions on member, time and channel hold for the order; the others each leave a reason. */
export function activeMultipliers(
  accrual: AccrualTerms,
  subject: ScopeSubject,
): { rules: readonly MultiplierRule[]; reasons: readonly Reason[] } {
  const rules: MultiplierRule[] = [];
  const reasons: Reason[] = [];
  for (const rule of accrual.multipliers) {
    const miss = subjectMiss(rule.scope, subject);
    const figures = { rule: rule.code, tier: subject.tier, at: subject.at };
    if (miss !== null) reasons.push(reason(`multiplier_${miss}`, false, figures));
    else rules.push(rule);
  }
  return { rules, reasons };
}

/** The factor of one line out of the rules active for its order. */
export function lineFactor(
  stacking: AccrualTerms['stacking'],
  rules: readonly MultiplierRule[],
  goods: Goods,
): { factor: Factor; reasons: readonly Reason[] } {
  const matching = rules.filter((rule) => coversGoods(rule.scope, goods));
  const best = Math.max(...matching.map((rule) => rule.multiplierBps));
  const chosen = stacking === 'multiply' ? matching : matching.filter((rule) => rule.multiplierBps === best).slice(0, 1);
  const reasons = rules.map((rule) => {
    const figures = { rule: rule.code, multiplierBps: rule.multiplierBps };
    if (chosen.includes(rule)) return reason('multiplier_applied', true, { ...figures, by: matchedBy(rule, goods) });
    return reason(matching.includes(rule) ? 'multiplier_not_best' : 'multiplier_other_goods', false, figures);
  });
  const factor = chosen.reduce<Factor>(
    (product, rule) => ({ numerator: product.numerator * BigInt(rule.multiplierBps), power: product.power + 1 }),
    ONE,
  );
  if (!exceeds(factor, HIGHEST)) return { factor, reasons };
  return { factor: HIGHEST, reasons: [...reasons, reason('multiplier_capped', true, { multiplierBps: factorBps(HIGHEST) })] };
}

/** The factor in basis points, rounded to the nearest; for display only. */
export function factorBps(factor: Factor): number {
  return toSafe(divide(factor.numerator * BPS, BPS ** BigInt(factor.power), 'nearest'));
}

function matchedBy(rule: MultiplierRule, goods: Goods): string {
  if (!rule.scope.products && !rule.scope.categories) return 'all';
  return namesProduct(rule.scope.products, goods) ? 'product' : 'category';
}

function exceeds(left: Factor, right: Factor): boolean {
  return left.numerator * BPS ** BigInt(right.power) > right.numerator * BPS ** BigInt(left.power);
}
