/** Activities as merchants write them: what all kinds share, and the settings that each kind knows. */
import { z } from 'zod';
import { activityKindOf, activityKinds } from '../activity-kinds/registry';
import type { ActivityRule } from '../domain/activity';
import { fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, placedScope, text } from './fields';
import type { ProgrammeDocument } from './schema';

const MAX_ACTIVITIES = 200;
const MAX_TIMES = 1_000_000_000;

const times = z.int().min(1).max(MAX_TIMES).nullable();
const limits = { perDay: times.default(null), perMember: times.default(null), perSubject: times.default(null) };
const ownLimits = { perDay: times.optional(), perMember: times.optional(), perSubject: times.optional() };

const shared = {
  code,
  name: text(120),
  points: z.int().min(0).max(1_000_000),
  scope: placedScope,
  limits: z.strictObject(limits).prefault({}),
  limitsByTier: z.record(z.string(), z.strictObject(ownLimits)).default({}),
  altogether: z.int().min(1).max(MAX_TIMES).nullable().default(null),
};

const [first, ...others] = activityKinds.map((kind) =>
  z.strictObject({ ...shared, kind: z.literal(kind.code), settings: (kind.settings as z.ZodType).prefault({}) }),
);

export const activitiesSchema = z
  .array(
    z.discriminatedUnion(
      'kind',
      first === undefined ? [z.strictObject({ ...shared, kind: z.never(), settings: z.unknown() })] : [first, ...others],
    ),
  )
  .max(MAX_ACTIVITIES);

type WrittenActivity = z.output<typeof activitiesSchema>[number];

export function checkActivities({ activities, tiers }: ProgrammeDocument): FieldError[] {
  const known = new Set(tiers.levels.map((level) => level.code));
  return [
    ...uniqueCodes('activities', activities),
    ...activities.flatMap(({ kind, settings, limitsByTier }, i) => [
      ...(activityKindOf(kind).check?.(settings as never) ?? []).map(({ field, message }) =>
        fault(`activities[${i}].settings.${field}`, message),
      ),
      ...Object.keys(limitsByTier).flatMap((tier) =>
        known.has(tier) ? [] : [fault(`activities[${i}].limitsByTier.${tier}`, `${tier} is not a tier of the programme`)],
      ),
    ]),
  ];
}

export function activityRule(written: WrittenActivity, scope: ActivityRule['scope']): ActivityRule {
  const { code: own, name, kind, points, settings, limits: general, limitsByTier, altogether } = written;
  return {
    code: own,
    name,
    kind,
    points,
    settings,
    scope,
    limits: general,
    limitsByTier: limitsByTier as ActivityRule['limitsByTier'],
    altogether,
  };
}
