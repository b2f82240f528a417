/** Challenges as merchants write them: what all have in common, and the settings that each kind of step knows. */
import { z } from 'zod';
import { stepKindOf, stepKinds } from '../challenge-steps/registry';
import { CALENDAR_PERIODS } from '../domain/calendar';
import type { ChallengeRule } from '../domain/challenge';
import type { Scope } from '../domain/programme';
import { fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, placedScope, text } from './fields';
import type { ProgrammeDocument } from './schema';

const MAX_CHALLENGES = 50;
const MAX_STEPS = 20;

const stepFields = { code, name: text(120) };
const [first, ...others] = stepKinds.map((kind) =>
  z.strictObject({ ...stepFields, kind: z.literal(kind.code), settings: (kind.settings as z.ZodType).prefault({}) }),
);
const stepSchema = z.discriminatedUnion(
  'kind',
  first === undefined ? [z.strictObject({ ...stepFields, kind: z.never(), settings: z.unknown() })] : [first, ...others],
);

const badgeSchema = z.strictObject({
  code,
  name: text(120),
  image: z
    .url({ protocol: /^https$/, error: 'must be an address that begins with https://' })
    .max(500)
    .nullable()
    .default(null),
});

export const challengesSchema = z
  .array(
    z.strictObject({
      code,
      name: text(120),
      /** With channels, what was done there counts alone. */
      scope: placedScope,
      /** Anew in each of these; absent = once. */
      repeat: z.enum(CALENDAR_PERIODS).nullable().default(null),
      steps: z.array(stepSchema).min(1).max(MAX_STEPS),
      /** So many of the steps; absent = all. */
      needed: z.int().min(1).max(MAX_STEPS).optional(),
      points: z.int().min(0).max(1_000_000_000).default(0),
      badge: badgeSchema.nullable().default(null),
    }),
  )
  .max(MAX_CHALLENGES);

type WrittenChallenge = z.output<typeof challengesSchema>[number];

export function checkChallenges({ challenges, activities }: ProgrammeDocument): FieldError[] {
  const known = new Set(activities.map((one) => one.code));
  return [
    ...uniqueCodes('challenges', challenges),
    ...challenges.flatMap((challenge, i) => {
      const field = `challenges[${i}]`;
      const { steps, needed, points, badge, scope } = challenge;
      return [
        ...uniqueCodes(`${field}.steps`, steps),
        ...(needed !== undefined && needed > steps.length
          ? [fault(`${field}.needed`, `must be at most ${steps.length}, one for each step`)]
          : []),
        ...(points === 0 && badge === null ? [fault(field, 'must bring points, a badge or both')] : []),
        ...steps.flatMap(({ kind, settings }, j) => {
          const activity = stepKindOf(kind).activityOf?.(settings as never) ?? null;
          const unknown = activity !== null && !known.has(activity);
          const isNowhere = scope.channels !== undefined && (stepKindOf(kind).isNowhere ?? false);
          return [
            ...(unknown
              ? [fault(`${field}.steps[${j}].settings.activity`, `${activity} is not an activity of the programme`)]
              : []),
            ...(isNowhere ? [fault(`${field}.steps[${j}].kind`, `${kind} happen in no channel; leave out scope.channels`)] : []),
          ];
        }),
      ];
    }),
  ];
}

export function challengeRule(written: WrittenChallenge, scope: Scope): ChallengeRule {
  const { code: own, name, repeat, steps, needed, points, badge } = written;
  const { channels, ...who } = scope;
  const where = channels && { channels };
  return { code: own, name, scope: who, ...where, repeat, steps, needed: needed ?? steps.length, points, badge };
}
