/** Whether a member meets what a level asks for, and how far they are. */
import { NO_TOTALS, windowKey, type MemberFacts, type QualifyingWindow } from './qualifying';
import { metricOf, type MetricCode } from './qualifying-metric';
import { reason, type Reason } from './reason';

export interface TierCondition {
  readonly metric: MetricCode;
  /** In the metric's unit; money in minor units of the base currency. */
  readonly atLeast: number;
  /** Null for a metric that counts no orders. */
  readonly window: QualifyingWindow | null;
}

export interface TierRequirement {
  /** `all`: every condition; `any`: one is enough. */
  readonly combine: 'all' | 'any';
  readonly conditions: readonly TierCondition[];
}

export interface ConditionProgress extends TierCondition {
  readonly value: number;
  /** 0 = met. */
  readonly missing: number;
}

export function conditionProgress(condition: TierCondition, facts: MemberFacts): ConditionProgress {
  const value = valueOf(condition, facts);
  return { ...condition, value, missing: Math.max(0, condition.atLeast - value) };
}

function valueOf({ metric, window }: TierCondition, facts: MemberFacts): number {
  const totals = (window && facts.totals.get(windowKey(window))) ?? NO_TOTALS;
  return metricOf(metric).value({ totals, joinedAt: facts.joinedAt, asOf: facts.asOf });
}

export function meetsRequirement({ combine, conditions }: TierRequirement, facts: MemberFacts): boolean {
  const isMet = (condition: TierCondition): boolean => valueOf(condition, facts) >= condition.atLeast;
  return combine === 'all' ? conditions.every(isMet) : conditions.some(isMet);
}

/** A reason for each condition of a level, met or not. */
export function explainRequirement(level: string, requirement: TierRequirement, facts: MemberFacts): Reason[] {
  return requirement.conditions.map((condition) => {
    const { metric, atLeast, window, value, missing } = conditionProgress(condition, facts);
    const figures = { level, metric, value, atLeast, window: window && windowKey(window), combine: requirement.combine };
    return missing === 0 ? reason('tier_condition_met', true, figures) : reason('tier_condition_missed', false, figures);
  });
}
