import type { ChallengeFacts, ChallengeRule, StepProgress } from '../domain/challenge';
import type { AnyStepKind } from './kind';
import { items, orders, turnover } from './purchases';
import { streak } from './streak';
import { activity, referrals } from './taking-part';

/** Every kind of step that a challenge can have. */
export const stepKinds: readonly AnyStepKind[] = [orders, items, turnover, activity, referrals, streak];

/** @throws Error for a kind that no programme can name */
export function stepKindOf(code: string): AnyStepKind {
  const kind = stepKinds.find((one) => one.code === code);
  if (!kind) throw new Error(`there is no kind of step ${code}`);
  return kind;
}

/** How far a member is with each step. */
export function stepProgress({ steps }: ChallengeRule, facts: ChallengeFacts): StepProgress[] {
  return steps.map(({ code, name, kind, settings }) => ({
    code,
    name,
    ...stepKindOf(kind).progress(settings as never, facts),
  }));
}

/** Whether a step of some challenge looks at the goods of orders, which costs reading them. */
export function needsGoods(rules: readonly ChallengeRule[]): boolean {
  return rules.some(({ steps }) => steps.some(({ kind, settings }) => stepKindOf(kind).needsGoods?.(settings as never) ?? false));
}
