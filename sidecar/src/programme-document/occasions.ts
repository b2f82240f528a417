/** Birthdays, anniversaries and holidays as merchants write them. */
import { z } from 'zod';
import { isMonthDay, OCCASION_KINDS, type OccasionRule } from '../domain/occasion';
import { fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, subjectScope, text } from './fields';
import type { ProgrammeDocument } from './schema';
import { checkVoucher, voucherSchema, voucherTerms } from './vouchers';

const MAX_OCCASIONS = 50;
const MAX_DATES = 50;
const MAX_POINTS = 1_000_000;
const MAX_DAYS_BEFORE = 60;
const MAX_MEMBER_DAYS = 36_500;

const everyYear = z
  .string()
  .refine((written) => /^\d\d-\d\d$/.test(written) && isMonthDay(numbers(written)), 'must be a day of the year, like 12-06');

export const occasionsSchema = z
  .array(
    z.strictObject({
      code,
      name: text(120),
      kind: z.enum(OCCASION_KINDS),
      /** Of a holiday: a day of every year, or the dates of several years. */
      date: everyYear.optional(),
      dates: z.array(z.iso.date('must be a date, like 2026-04-05')).min(1).max(MAX_DATES).optional(),
      points: z.int().min(1).max(MAX_POINTS).optional(),
      voucher: voucherSchema.optional(),
      scope: subjectScope,
      daysBefore: z.int().min(0).max(MAX_DAYS_BEFORE).default(0),
      minimumMemberDays: z.int().min(0).max(MAX_MEMBER_DAYS).default(0),
    }),
  )
  .max(MAX_OCCASIONS);

type WrittenOccasion = z.output<typeof occasionsSchema>[number];

export function checkOccasions(document: ProgrammeDocument): FieldError[] {
  return [
    ...uniqueCodes('occasions', document.occasions),
    ...document.occasions.flatMap((occasion, i) => {
      const field = `occasions[${i}]`;
      const givesNothing = occasion.points === undefined && occasion.voucher === undefined;
      return [
        ...checkDates(field, occasion),
        ...(givesNothing ? [fault(field, 'must have points, a voucher or both')] : []),
        ...checkVoucher(document, `${field}.voucher`, occasion.voucher),
      ];
    }),
  ];
}

function checkDates(field: string, { kind, date, dates }: WrittenOccasion): FieldError[] {
  const given = [date, dates].filter((one) => one !== undefined).length;
  if (kind !== 'holiday') return given === 0 ? [] : [fault(field, `must have no dates: a member's own ${kind} counts`)];
  if (given !== 1) return [fault(field, 'must have exactly one of: date, dates')];
  return (dates ?? []).flatMap((one, i) => {
    const first = (dates ?? []).findIndex((other) => other.slice(0, 4) === one.slice(0, 4));
    return first < i ? [fault(`${field}.dates[${i}]`, `is in the same year as ${dates?.[first] ?? ''}; a year has one`)] : [];
  });
}

export function occasionRule(written: WrittenOccasion, scope: OccasionRule['scope']): OccasionRule {
  const { code: own, name, kind, date, dates, points, voucher, daysBefore, minimumMemberDays } = written;
  return {
    code: own,
    name,
    kind,
    dates: date === undefined ? (dates ?? []) : [date],
    points: points ?? 0,
    voucher: voucher ? voucherTerms(voucher) : null,
    scope,
    daysBefore,
    minimumMemberDays,
  };
}

function numbers(written: string): { month: number; day: number } {
  const [month = 0, day = 0] = written.split('-').map(Number);
  return { month, day };
}
