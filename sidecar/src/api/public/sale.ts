/** A sale outside the shop, as tills tell it. */
import { z } from 'zod';
import { MAX_SALE_LINES, MAX_SALE_MINOR, MAX_SALE_QUANTITY, SALE_DECIMALS, SALE_NUMBER, type SaleData } from '../../domain/sale';
import { decimalsOf } from '../../programme-document/decimals';
import { instantSchema } from '../paging';
import { storedKey } from '../parse-body';
import { currencySchema } from './holds';

const quantity = z
  .number()
  .min(0)
  .max(MAX_SALE_QUANTITY)
  .refine((value) => decimalsOf(value) <= SALE_DECIMALS, `must have at most ${SALE_DECIMALS} decimals`);
const minor = z.int().min(0).max(MAX_SALE_MINOR);
const productName = z.string().min(1).max(191);

const lineSchema = z
  .strictObject({
    lineId: storedKey,
    productNumber: productName.nullable().default(null),
    categoryIds: z.array(productName).max(100).default([]),
    quantity: quantity.default(1),
    /** Of the quantity. */
    refundedQuantity: quantity.default(0),
    /** For the whole quantity, after discounts. */
    grossMinor: minor,
    netMinor: minor,
  })
  .refine(({ quantity: all, refundedQuantity }) => refundedQuantity <= all, {
    path: ['refundedQuantity'],
    message: 'must not be more than the quantity',
  })
  .refine(({ grossMinor, netMinor }) => netMinor <= grossMinor, {
    path: ['netMinor'],
    message: 'must not be more than grossMinor',
  });

export const saleDataSchema = z.strictObject({
  /** Of the till; unique in the shop. */
  number: z.string().regex(SALE_NUMBER, 'must be 1 to 48 printable ASCII characters without spaces'),
  placedAt: instantSchema,
  /** Absent = as it was placed; null = not paid yet. */
  paidAt: instantSchema.nullable().optional(),
  currency: currencySchema,
  isCancelled: z.boolean().default(false),
  lines: z
    .array(lineSchema)
    .min(1)
    .max(MAX_SALE_LINES)
    .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, 'must have a lineId of its own each'),
  referralCode: z.string().max(64).nullable().default(null),
}) satisfies z.ZodType<SaleData>;
