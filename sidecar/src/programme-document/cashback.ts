/** Cashback as merchants write it. */
import { z } from 'zod';
import { CALENDAR_PERIODS } from '../domain/calendar';
import type { CashbackRule } from '../domain/cashback';
import { ofCurrency } from '../domain/currency';
import { fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, text } from './fields';
import type { ProgrammeDocument } from './schema';

const MAX_RULES = 20;
const MAX_POINTS = 1_000_000_000;
const MAX_DAYS = 36_500;

const points = z.int().min(1).max(MAX_POINTS).default(1);

export const cashbackSchema = z
  .array(
    z.strictObject({
      code,
      name: text(120),
      minimumPoints: points,
      stepPoints: points,
      payout: z.enum(['voucher', 'credit']),
      /** Of a voucher, and only of one. */
      validDays: z.int().min(1).max(MAX_DAYS).optional(),
      automatic: z.strictObject({ every: z.enum(CALENDAR_PERIODS) }).optional(),
    }),
  )
  .max(MAX_RULES);

export function checkCashback({ cashback, currencies, baseCurrency }: ProgrammeDocument): FieldError[] {
  const hasValue = (ofCurrency(currencies, baseCurrency)?.pointValue ?? null) !== null;
  return [
    ...uniqueCodes('cashback', cashback),
    ...(cashback.length > 0 && !hasValue ? [fault('cashback', `needs a pointValue in ${baseCurrency}`)] : []),
    ...cashback.flatMap(({ payout, validDays }, i) => {
      const field = `cashback[${i}].validDays`;
      if (payout === 'voucher') return validDays === undefined ? [fault(field, 'is required of a voucher')] : [];
      return validDays === undefined ? [] : [fault(field, 'is for vouchers only')];
    }),
  ];
}

export function cashbackRule({ validDays, automatic, ...rule }: ProgrammeDocument['cashback'][number]): CashbackRule {
  return { ...rule, validDays: validDays ?? null, every: automatic?.every ?? null };
}
