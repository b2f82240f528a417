import { attendance, custom, earlyAdoption } from './plain';
import type { AnyActivityKind } from './kind';
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
