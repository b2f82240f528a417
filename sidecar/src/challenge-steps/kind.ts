import type { z } from 'zod';
import type { ChallengeFacts } from '../domain/challenge';

/** How far a member is with a step: done when `value` is at least `target`. */
export interface Progress {
  readonly value: number;
  readonly target: number;
}

/** One kind of step: the settings it takes, and how it is counted. Pure. */
export interface StepKind<Settings = unknown> {
  readonly code: string;
  readonly settings: z.ZodType<Settings>;
  /** The activity that the step counts; the programme must have it. */
  activityOf?(settings: Settings): string | null;
  /** Whether the step looks at the goods of orders. */
  needsGoods?(settings: Settings): boolean;
  /** What it counts happens in no channel. */
  readonly isNowhere?: boolean;
  progress(settings: Settings, facts: ChallengeFacts): Progress;
}

/** What a kind looks like to those who only pass settings through. */
export type AnyStepKind = StepKind<never>;

/** Keeps schema and count of a kind together. */
export function stepKind<Settings>(kind: StepKind<Settings>): AnyStepKind {
  return kind as unknown as AnyStepKind;
}
