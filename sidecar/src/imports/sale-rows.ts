/** The rows of one receipt, and the sale that they are. */
import { z } from 'zod';
import { currencyExponent } from '../domain/currency';
import type { Programme } from '../domain/programme';
import { MAX_SALE_MINOR, MAX_SALE_QUANTITY, SALE_DECIMALS, SALE_NUMBER, type SaleData, type SaleLine } from '../domain/sale';
import { readScaled } from '../domain/written-number';
import { currency, decimal, email, key, moment, momentOf, productNumber, yesNo } from './columns';
import type { KeptRow, Sealed, UnitFault } from './kind';

const MAX_CATEGORIES = 100;
const UNPAID = 'unpaid';

export const saleColumns = z
  .object({
    number: z.string().regex(SALE_NUMBER, 'must be 1 to 48 printable ASCII characters without spaces'),
    placedAt: moment,
    paidAt: z.union([z.string().toLowerCase().pipe(z.literal(UNPAID)), moment], `must be a time, or "${UNPAID}"`).optional(),
    currency,
    customerId: key.optional(),
    email: email.optional(),
    cancelled: yesNo.optional(),
    referralCode: z.string().max(64, 'must be at most 64 characters').optional(),
    lineId: key.optional(),
    productNumber: productNumber.optional(),
    categories: z
      .string()
      .transform((text) => text.split('|').map((one) => one.trim()))
      .pipe(z.array(productNumber.min(1, 'must name a category between each "|"')).max(MAX_CATEGORIES))
      .optional(),
    quantity: decimal.optional(),
    refundedQuantity: decimal.optional(),
    gross: decimal,
    net: decimal,
  })
  .refine((row) => row.customerId !== undefined || row.email !== undefined, {
    path: ['email'],
    message: 'or customerId is required: somebody must have bought',
  });

export type SaleRow = Sealed<z.output<typeof saleColumns>>;
type KeptSaleRow = KeptRow<SaleRow>;

/** What each row of a receipt says of the whole. */
const OF_THE_SALE = ['placedAt', 'paidAt', 'currency', 'customerId', 'emailHash', 'cancelled', 'referralCode'] as const;

export type ReadSale =
  { readonly ok: true; readonly data: SaleData } | { readonly ok: false; readonly faults: readonly UnitFault[] };

/** @param rows at least one, of one number */
export function readSale(rows: readonly KeptSaleRow[], programme: Pick<Programme, 'timeZone'>, now: string): ReadSale {
  const [first] = rows;
  if (!first) throw new Error('a sale without rows');
  const { number, placedAt, paidAt, currency: code, cancelled = false, referralCode = null } = first.values;
  const faults = rows.flatMap((row) => differences(first, row));
  const lines = rows.map((row, index) => readLine(row, index, code));
  const ids = new Map<string, number>();
  for (const [index, kept] of rows.entries()) {
    const lineId = lineIdOf(kept, index);
    const known = ids.get(lineId);
    if (known !== undefined) faults.push({ row: kept.row, column: 'lineId', message: `is that of row ${known}` });
    ids.set(lineId, kept.row);
  }
  const placed = momentOf(placedAt, programme);
  const paid = paidAt === undefined ? undefined : paidAt === UNPAID ? null : momentOf(paidAt, programme);
  if (placed > now) faults.push({ row: first.row, column: 'placedAt', message: 'lies in the future' });
  if (paid !== undefined && paid !== null && paid > now) {
    faults.push({ row: first.row, column: 'paidAt', message: 'lies in the future' });
  }
  faults.push(...lines.flatMap((line) => line.faults));
  if (faults.length > 0) return { ok: false, faults };
  const read = lines.flatMap(({ line }) => (line === null ? [] : [line]));
  const data = { number, placedAt: placed, currency: code, isCancelled: cancelled, lines: read, referralCode };
  return { ok: true, data: paid === undefined ? data : { ...data, paidAt: paid } };
}

function differences(first: KeptSaleRow, { row, values }: KeptSaleRow): UnitFault[] {
  return OF_THE_SALE.filter((column) => values[column] !== first.values[column]).map((column) => ({
    row,
    column: column === 'emailHash' ? 'email' : column,
    message: `differs from row ${first.row}, which has the same number`,
  }));
}

function lineIdOf({ values: { lineId } }: KeptSaleRow, index: number): string {
  return lineId ?? String(index + 1);
}

function readLine(kept: KeptSaleRow, index: number, code: string): { line: SaleLine | null; faults: UnitFault[] } {
  const { row, values } = kept;
  const faults: UnitFault[] = [];
  const wrong = (column: string, message: string): number => {
    faults.push({ row, column, message });
    return 0;
  };
  const exponent = currencyExponent(code);
  const minor = (column: 'gross' | 'net'): number => {
    const value = readScaled(values[column], exponent);
    if (value === null) return wrong(column, `has more decimals than ${code}, ${exponent}`);
    return value > MAX_SALE_MINOR ? wrong(column, `must be at most ${MAX_SALE_MINOR / 10 ** exponent}`) : value;
  };
  const amount = (column: 'quantity' | 'refundedQuantity', absent: string): number => {
    const value = readScaled(values[column] ?? absent, SALE_DECIMALS);
    if (value === null) return wrong(column, `must have at most ${SALE_DECIMALS} decimals`);
    const quantity = value / 10 ** SALE_DECIMALS;
    return quantity > MAX_SALE_QUANTITY ? wrong(column, `must be at most ${MAX_SALE_QUANTITY}`) : quantity;
  };
  const line = {
    lineId: lineIdOf(kept, index),
    productNumber: values.productNumber ?? null,
    categoryIds: values.categories ?? [],
    quantity: amount('quantity', '1'),
    refundedQuantity: amount('refundedQuantity', '0'),
    grossMinor: minor('gross'),
    netMinor: minor('net'),
  };
  if (faults.length === 0 && line.netMinor > line.grossMinor) wrong('net', 'must not be more than gross');
  if (faults.length === 0 && line.refundedQuantity > line.quantity) {
    wrong('refundedQuantity', 'must not be more than the quantity');
  }
  return { line: faults.length === 0 ? line : null, faults };
}
