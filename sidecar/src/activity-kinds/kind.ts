import type { z } from 'zod';
import type { Reason } from '../domain/reason';

/** What the merchant sets and the event says, looked at together. */
export interface Judged<Settings, Data> {
  readonly activity: string;
  /** For doing it at all. */
  readonly points: number;
  readonly settings: Settings;
  readonly data: Data;
  /** Events of this kind and subject that the member sent before, rewarded or not. */
  readonly attempts: number;
}

export interface Judgement {
  /** 0 = nothing is rewarded. */
  readonly points: number;
  readonly reasons: readonly Reason[];
}

/** A fault in settings that their schema cannot see; `field` below the settings. */
export interface SettingsFault {
  readonly field: string;
  readonly message: string;
}

/** A question as a page asks it. */
export interface FormQuestion {
  readonly id: string;
  readonly text: string;
  /** One of the options, several of them, one of a scale, or free text without options. */
  readonly shape: 'one' | 'several' | 'scale' | 'text';
  readonly options: readonly string[];
  readonly isRequired: boolean;
}

/** Questions that a member can answer on a page, without a system of the merchant's. */
export interface AnswerForm {
  readonly questions: readonly FormQuestion[];
  /** How often it may be answered; null = the limits of the activity alone say so. */
  readonly attempts: number | null;
  /** Besides the points; 0 = none. */
  readonly pointsPerRight: number;
  /** What the event says for what was chosen or written, which is at least one text. */
  readonly answerOf: (question: FormQuestion, chosen: readonly string[]) => string | number | readonly string[];
}

/** One kind of event that earns points: its schemas, and its verdict. Pure. */
export interface ActivityKind<Settings = unknown, Data = unknown> {
  readonly code: string;
  readonly settings: z.ZodType<Settings>;
  /** Of the event. */
  readonly data: z.ZodType<Data>;
  /** Whether events must name the activity they are about; the others are looked at by every activity of their kind. */
  readonly isNamed: boolean;
  check?(settings: Settings): readonly SettingsFault[];
  /** What it is about, at most 191 characters; null = nothing in particular. */
  subjectOf(data: Data): string | null;
  /** From 0 to 10, how likely the member recommends the shop; null when the event does not say. */
  recommends?(settings: Settings, data: Data): number | null;
  judge(judged: Judged<Settings, Data>): Judgement;
  /** Absent = nothing that is answered on a page. */
  form?(settings: Settings): AnswerForm;
}

/** What a kind looks like to those who only pass settings and data through. */
export type AnyActivityKind = ActivityKind<never, never>;

/** Keeps schema and verdict of a kind together. */
export function activityKind<Settings, Data>(kind: ActivityKind<Settings, Data>): AnyActivityKind {
  return kind as unknown as AnyActivityKind;
}
