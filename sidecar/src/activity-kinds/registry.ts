import type { ActivityRule } from '../domain/activity';
import { attendance, custom, earlyAdoption } from './plain';
import type { AnswerForm, AnyActivityKind } from './kind';
import { quiz } from './quiz';
import { review } from './review';
import { social } from './social';
import { survey } from './survey';

/** Every kind of event that earns points. */
export const activityKinds: readonly AnyActivityKind[] = [review, social, survey, quiz, attendance, earlyAdoption, custom];

/** @throws Error for a kind that no programme can name */
export function activityKindOf(code: string): AnyActivityKind {
  const kind = activityKinds.find((one) => one.code === code);
  if (!kind) throw new Error(`there is no kind of activity ${code}`);
  return kind;
}

/** What a member can answer on a page; null = an activity of another kind. */
export function answerForm({ kind, settings }: Pick<ActivityRule, 'kind' | 'settings'>): AnswerForm | null {
  return activityKindOf(kind).form?.(settings as never) ?? null;
}
