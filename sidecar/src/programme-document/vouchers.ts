/** Vouchers as merchants write them, wherever the programme gives one. */
import { z } from 'zod';
import { ofCurrency } from '../domain/currency';
import type { VoucherTerms } from '../domain/voucher';
import { effect, minorByCurrency } from './effect';
import { exactlyOne, fault, moneyMap } from './field-checks';
import type { FieldError } from './field-error';
import { moneyByCurrency, percent } from './fields';
import type { ProgrammeDocument } from './schema';

/** Ten years. */
const MAX_DAYS = 3653;

/** Either `percentOff` or `amountOff`, by currency. */
export const voucherSchema = z.strictObject({
  percentOff: percent.optional(),
  amountOff: moneyByCurrency.optional(),
  /** Goods of the order that is paid with it, by currency. */
  minimumOrder: moneyByCurrency.default({}),
  validDays: z.int().min(1).max(MAX_DAYS),
});

type WrittenVoucher = z.output<typeof voucherSchema>;

export function checkVoucher(document: ProgrammeDocument, field: string, voucher: WrittenVoucher | undefined): FieldError[] {
  if (!voucher) return [];
  const { amountOff, minimumOrder } = voucher;
  const { baseCurrency, currencies } = document;
  const errors = [
    ...exactlyOne(field, voucher, ['percentOff', 'amountOff']),
    ...moneyMap(currencies, `${field}.amountOff`, amountOff),
    ...moneyMap(currencies, `${field}.minimumOrder`, minimumOrder),
  ];
  // Where no other currency is asked for, vouchers are in the base currency.
  if (amountOff && !((ofCurrency(amountOff, baseCurrency) ?? 0) > 0)) {
    errors.push(fault(`${field}.amountOff`, `must state a value greater than 0 in ${baseCurrency}`));
  }
  if (!amountOff && Object.keys(minimumOrder).length > 0 && ofCurrency(minimumOrder, baseCurrency) === null) {
    errors.push(fault(`${field}.minimumOrder`, `must state a value in ${baseCurrency}`));
  }
  return errors;
}

export function voucherTerms({ percentOff, amountOff, minimumOrder, validDays }: WrittenVoucher): VoucherTerms {
  return { discount: effect(amountOff, percentOff), minimumMinor: minorByCurrency(minimumOrder), validDays };
}
