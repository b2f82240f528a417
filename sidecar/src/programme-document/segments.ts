/** Segments as merchants write them, and what the domain computes with. */
import { z } from 'zod';
import { toMinor } from '../domain/money';
import type { SegmentCondition, SegmentRule } from '../domain/segment';
import { tenThousandths } from './decimals';
import { code, text } from './fields';

const MAX_SEGMENTS = 50;
const MAX_CONDITIONS = 20;
const MAX_AMOUNT = 1_000_000_000;
const MAX_DAYS = 36_500;

const names = z.array(text(191)).min(1).max(1000);
const count = z.int().min(0).max(MAX_AMOUNT);
const money = z.number().min(0).max(MAX_AMOUNT);
const bounds = (amount: z.ZodNumber | z.ZodInt) => ({ atLeast: amount.optional(), atMost: amount.optional() });
/** Over the last so many days; absent = ever. */
const days = z.int().min(1).max(MAX_DAYS).optional();

const kind = <const Kind extends SegmentCondition['kind']>(value: Kind) => z.literal(value);

const conditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: kind('turnover'), ...bounds(money), days }),
  z.strictObject({ kind: kind('averageOrder'), ...bounds(money), days }),
  z.strictObject({ kind: kind('orders'), ...bounds(count), days }),
  z.strictObject({ kind: kind('items'), ...bounds(count), days }),
  z.strictObject({ kind: kind('points'), ...bounds(count), days }),
  z.strictObject({ kind: kind('redeemed'), ...bounds(count), days }),
  z.strictObject({ kind: kind('balance'), ...bounds(count) }),
  z.strictObject({ kind: kind('rewardedReferrals'), ...bounds(count) }),
  z.strictObject({ kind: kind('memberDays'), ...bounds(count) }),
  z.strictObject({ kind: kind('daysSinceLastOrder'), ...bounds(count) }),
  z.strictObject({ kind: kind('overdue'), factor: z.number().min(1).max(100) }),
  z.strictObject({ kind: kind('tier'), tiers: names }),
  z.strictObject({ kind: kind('customerGroup'), groups: names }),
  z.strictObject({ kind: kind('membership'), plans: names }),
]);

export const segmentsSchema = z
  .array(
    z.strictObject({
      code,
      name: text(120),
      match: z.enum(['all', 'any']).default('all'),
      conditions: z.array(conditionSchema).min(1).max(MAX_CONDITIONS),
    }),
  )
  .max(MAX_SEGMENTS);

export type WrittenSegment = z.output<typeof segmentsSchema>[number];
export type WrittenCondition = WrittenSegment['conditions'][number];

const MONEY: readonly SegmentCondition['kind'][] = ['turnover', 'averageOrder'];

/** Whether a condition's bounds are money in the base currency. */
export function isMoney({ kind: what }: WrittenCondition): boolean {
  return MONEY.includes(what);
}

export function segmentRule({ code, name: label, match, conditions }: WrittenSegment, baseCurrency: string): SegmentRule {
  return { code, name: label, match, conditions: conditions.map((one) => condition(one, baseCurrency)) };
}

function condition(written: WrittenCondition, baseCurrency: string): SegmentCondition {
  switch (written.kind) {
    case 'overdue':
      return { kind: 'overdue', factorBps: tenThousandths(written.factor) };
    case 'tier':
    case 'customerGroup':
    case 'membership':
      return written;
    case 'balance':
    case 'rewardedReferrals':
    case 'memberDays':
    case 'daysSinceLastOrder':
      return { kind: written.kind, ...boundsOf(written, (value) => value) };
    default: {
      const inUnits = (value: number): number => (isMoney(written) ? toMinor(value, baseCurrency) : value);
      return { kind: written.kind, days: written.days ?? null, ...boundsOf(written, inUnits) };
    }
  }
}

interface WrittenBounds {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

function boundsOf({ atLeast, atMost }: WrittenBounds, inUnits: (value: number) => number) {
  return {
    ...(atLeast === undefined ? {} : { atLeast: inUnits(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: inUnits(atMost) }),
  };
}
