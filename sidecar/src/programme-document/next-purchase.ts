/** Vouchers for the next purchase, as merchants write them. */
import { z } from 'zod';
import type { NextPurchaseRule } from '../domain/next-purchase';
import { minorByCurrency } from './effect';
import { fault, moneyMap, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, moneyByCurrency, placedScope } from './fields';
import type { ProgrammeDocument } from './schema';
import { checkVoucher, voucherSchema, voucherTerms } from './vouchers';

const MAX_RULES = 50;
const MAX_RELEASE_DAYS = 365;
const MAX_REMINDER_DAYS = 365;
const MAX_LIMIT = 1_000_000;

export const nextPurchaseSchema = z
  .array(
    z.strictObject({
      code,
      voucher: voucherSchema,
      /** Goods of the order that earns it, by currency. */
      minimumOrder: moneyByCurrency.default({}),
      scope: placedScope,
      releaseDays: z.int().min(0).max(MAX_RELEASE_DAYS).default(0),
      reminderDays: z.int().min(1).max(MAX_REMINDER_DAYS).nullable().default(null),
      limitPerMember: z.int().min(1).max(MAX_LIMIT).nullable().default(null),
    }),
  )
  .max(MAX_RULES);

type WrittenRule = z.output<typeof nextPurchaseSchema>[number];

export function checkNextPurchase(document: ProgrammeDocument): FieldError[] {
  const { nextPurchase, currencies } = document;
  return [
    ...uniqueCodes('nextPurchase', nextPurchase),
    ...nextPurchase.flatMap(({ voucher, minimumOrder, reminderDays }, i) => {
      const field = `nextPurchase[${i}]`;
      const isTooEarly = reminderDays !== null && reminderDays >= voucher.validDays;
      return [
        ...checkVoucher(document, `${field}.voucher`, voucher),
        ...moneyMap(currencies, `${field}.minimumOrder`, minimumOrder),
        ...(isTooEarly
          ? [fault(`${field}.reminderDays`, `must be less than the voucher's validDays, ${voucher.validDays}`)]
          : []),
      ];
    }),
  ];
}

export function nextPurchaseRule(written: WrittenRule, scope: NextPurchaseRule['scope']): NextPurchaseRule {
  const { code: own, voucher, minimumOrder, releaseDays, reminderDays, limitPerMember } = written;
  return {
    code: own,
    voucher: voucherTerms(voucher),
    minimumMinor: minorByCurrency(minimumOrder),
    scope,
    releaseDays,
    reminderDays,
    limitPerMember,
  };
}
