/** A sale outside the shop, as tills and imports tell it, and the order it is in the books. */
import { z } from 'zod';

import type { OrderSnapshot } from '../../domain/order-snapshot';
import { AppError } from '../../errors';
import { findNamedMember } from '../../operations/find-member';
import { findIdentity, identitiesOf, isGuestKey } from '../../stores/member-store';
import type { Db } from '../../storage/transaction';
import { decimalsOf } from '../../programme-document/decimals';
import { instantSchema } from '../paging';
import { storedKey } from '../parse-body';
import { currencySchema } from './holds';

const MAX_LINES = 1000;
const MAX_MINOR = 1_000_000_000_000;
const quantity = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((value) => decimalsOf(value) <= 3, 'must have at most 3 decimals');
const minor = z.int().min(0).max(MAX_MINOR);
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
  number: z.string().regex(/^[\x21-\x7e]{1,48}$/, 'must be 1 to 48 printable ASCII characters without spaces'),
  placedAt: instantSchema,
  /** Absent = as it was placed; null = not paid yet. */
  paidAt: instantSchema.nullable().optional(),
  currency: currencySchema,
  isCancelled: z.boolean().default(false),
  lines: z
    .array(lineSchema)
    .min(1)
    .max(MAX_LINES)
    .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, 'must have a lineId of its own each'),
  referralCode: z.string().max(64).nullable().default(null),
});

interface SentSale {
  readonly member: { readonly shopId: string } & ({ readonly customerId: string } | { readonly email: string });
  readonly data: z.output<typeof saleDataSchema>;
}

export interface SaleDeps {
  readonly context: { readonly db: Db };
  readonly hashEmail: (email: string) => string;
}

/** Whose the sale is: a customer who is known by the address, else a guest of it. */
export async function saleSnapshot(
  { context, hashEmail }: SaleDeps,
  { member, data }: SentSale,
  programmeId: string,
): Promise<OrderSnapshot> {
  const { shopId } = member;
  const emailHash = 'email' in member ? hashEmail(member.email) : null;
  const customerId =
    'customerId' in member ? member.customerId : await customerBehind(context.db, programmeId, shopId, emailHash ?? '');
  const customer = customerId === null ? undefined : await findIdentity(context.db, shopId, customerId);
  // Whoever mistypes a number must not open a member for nobody.
  if (customerId !== null && !customer) throw new AppError('NOT_FOUND', { resource: 'member' });
  const paidAt = data.paidAt === undefined ? data.placedAt : data.paidAt;
  return {
    shopId,
    orderId: saleOrderId(data.number),
    orderNumber: data.number,
    customerId,
    emailHash: emailHash ?? customer?.email_hash ?? null,
    isGuest: customerId === null,
    customerGroup: customer?.customer_group ?? null,
    currency: data.currency,
    placedAt: data.placedAt,
    paidAt,
    completedAt: paidAt,
    paymentState: paidAt === null ? 'open' : 'paid',
    orderState: data.isCancelled ? 'cancelled' : 'completed',
    lines: data.lines.map((line) => ({
      lineId: line.lineId,
      kind: 'product',
      productNumber: line.productNumber,
      categoryIds: line.categoryIds,
      quantityMilli: Math.round(line.quantity * 1000),
      refundedMilli: Math.round(line.refundedQuantity * 1000),
      grossMinor: line.grossMinor,
      netMinor: line.netMinor,
      pointsDiscountGrossMinor: 0,
      pointsDiscountNetMinor: 0,
    })),
    redemption: null,
    gifts: [],
    referralCode: data.referralCode,
    refundNeedsReview: false,
  };
}

/** No shop gives such an id to an order of its own. */
export function saleOrderId(number: string): string {
  return `sale:${number}`;
}

async function customerBehind(db: Db, programmeId: string, shopId: string, emailHash: string): Promise<string | null> {
  const named = await findNamedMember(db, programmeId, { emailHash });
  if (!named.ok) return null;
  const accounts = await identitiesOf(db, named.value);
  return accounts.find((one) => one.shop_id === shopId && !isGuestKey(one.customer_id))?.customer_id ?? null;
}
