/** Paid memberships as merchants write them. */
import { z } from 'zod';
import { membershipSegment, type MembershipPlan } from '../domain/membership';
import type { MultiplierRule } from '../domain/programme';
import { tenThousandths } from './decimals';
import { exactlyOne, fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, factor, someNames, text } from './fields';
import type { ProgrammeDocument } from './schema';

const MAX_PLANS = 20;
const MAX_DAYS = 36_500;
const MAX_MONTHS = 1200;
const MAX_POINTS = 1_000_000_000;

export const membershipsSchema = z
  .array(
    z.strictObject({
      code,
      name: text(120),
      products: someNames,
      /** Of one unit; exactly one of both. */
      durationDays: z.int().min(1).max(MAX_DAYS).optional(),
      durationMonths: z.int().min(1).max(MAX_MONTHS).optional(),
      tier: code.optional(),
      /** Joins the multipliers of accrual. */
      multiplier: factor(100).optional(),
      welcomePoints: z.int().min(1).max(MAX_POINTS).optional(),
      graceDays: z.int().min(0).max(365).default(0),
      endingNoticeDays: z.int().min(1).max(365).nullable().default(14),
    }),
  )
  .max(MAX_PLANS);

type WrittenPlan = ProgrammeDocument['memberships'][number];

export function checkMemberships({ memberships, tiers }: ProgrammeDocument): FieldError[] {
  const levels = new Set(tiers.levels.map((level) => level.code));
  return [
    ...uniqueCodes('memberships', memberships),
    ...memberships.flatMap((plan, i) => {
      const field = `memberships[${i}]`;
      const { tier } = plan;
      return [
        ...exactlyOne(field, plan, ['durationDays', 'durationMonths']),
        ...(tier === undefined || levels.has(tier) ? [] : [fault(`${field}.tier`, `${tier} is not a tier of the programme`)]),
        ...plan.products.flatMap((product, j) => {
          const other = memberships.findIndex((one) => one.products.includes(product));
          const isRepeated = other < i || plan.products.indexOf(product) < j;
          return isRepeated ? [fault(`${field}.products[${j}]`, `${product} already buys memberships[${other}]`)] : [];
        }),
      ];
    }),
  ];
}

export function membershipPlan(plan: WrittenPlan): MembershipPlan {
  const { code: own, name, products, durationDays, durationMonths, tier, welcomePoints, graceDays, endingNoticeDays } = plan;
  return {
    code: own,
    name,
    products,
    term: { months: durationMonths ?? 0, days: durationDays ?? 0 },
    tier: tier ?? null,
    welcomePoints: welcomePoints ?? 0,
    graceDays,
    endingNoticeDays,
  };
}

/** A plan's own multiplier, as the rule it is. */
export function membershipMultipliers({ memberships }: ProgrammeDocument): MultiplierRule[] {
  return memberships.flatMap(({ code: plan, multiplier }) => {
    if (multiplier === undefined) return [];
    const segment = membershipSegment(plan);
    return [{ code: segment, multiplierBps: tenThousandths(multiplier), scope: { segments: [segment] } }];
  });
}
