import { z } from 'zod';
import { currencyExponent } from '../domain/currency';
import {
  MAX_PERCENT_BPS,
  MAX_PRICE_MINOR,
  MAX_PRICES,
  MAX_QUANTITY,
  PriceSheet,
  readRow,
  type WrittenRow,
} from '../domain/price-list';
import { readScaled } from '../domain/written-number';
import type { OperationContext } from '../operations/context';
import { replaceListPrices } from '../operations/replace-prices';
import { findPriceList } from '../stores/price-list-store';
import { decimal, productNumber, wholeNumber, yesNo } from './columns';
import {
  applied,
  importKind,
  faulty,
  type ImportTarget,
  type KeptRow,
  type Sealed,
  type UnitFault,
  type UnitOutcome,
} from './kind';

const MAX_PRICE_BYTES = 8_000_000;

const priceColumns = z
  .object({
    productNumber: productNumber.optional(),
    categoryId: z.string().max(191, 'must be at most 191 characters').optional(),
    allGoods: yesNo.optional(),
    quantityFrom: wholeNumber(1, MAX_QUANTITY).optional(),
    price: decimal.optional(),
    priceMinor: wholeNumber(0, MAX_PRICE_MINOR).optional(),
    percent: decimal.optional(),
    percentBps: wholeNumber(0, MAX_PERCENT_BPS).optional(),
  })
  .superRefine(({ price, priceMinor, percent, percentBps, ...row }, context) => {
    const given = [price, priceMinor, percent, percentBps].filter((one) => one !== undefined).length;
    const message = 'or priceMinor, percent or percentBps is required, one of them';
    if (given !== 1) context.addIssue({ code: 'custom', path: ['price'], message });
    const isPriced = price !== undefined || priceMinor !== undefined;
    const read = readRow({ ...row, ...(isPriced ? { priceMinor: 0 } : { percentBps: 0 }) });
    if (read.ok) return;
    const column = read.field === 'priceMinor' && price !== undefined ? 'price' : read.field;
    context.addIssue({ code: 'custom', path: [column], message: read.problem });
  });

type PriceRow = Sealed<z.output<typeof priceColumns>>;

/** All prices of a list, in the place of those it has; with a wrong row, none. */
export const prices = importKind({
  code: 'prices',
  scope: 'price-lists:write',
  columns: priceColumns,
  shop: 'none',
  priceList: 'needed',
  maxRows: MAX_PRICES,
  maxUnitRows: MAX_PRICES,
  maxBytes: MAX_PRICE_BYTES,
  unit: 'file',
  subjectColumn: null,
  subject: () => 'prices',
  apply,
});

async function apply(context: OperationContext, target: ImportTarget, rows: readonly KeptRow<PriceRow>[]): Promise<UnitOutcome> {
  const { programmeId, priceList: code, actor, reason } = target;
  const row = rows[0]?.row ?? 0;
  const list = code === null ? undefined : await findPriceList(context.db, programmeId, code);
  if (!list) return faulty(row, null, 'the price list is not there any more');
  const sheet = new PriceSheet();
  const faults = rows.flatMap((one) => faultsOf(one, list.currency, sheet));
  if (faults.length > 0) return { ok: false, faults };
  const replaced = await replaceListPrices(context, { programmeId, code: list.code, prices: sheet.rows(), actor, reason });
  if (!replaced.ok) return faulty(row, null, 'the price list is not there any more');
  const { changedProducts, changedDiscounts } = replaced.value;
  return applied(changedProducts + changedDiscounts > 0 ? 'changed' : 'unchanged');
}

function faultsOf({ row, values }: KeptRow<PriceRow>, currency: string, sheet: PriceSheet): UnitFault[] {
  const worth = values.percent === undefined && values.percentBps === undefined ? priceOf(values, currency) : percentOf(values);
  if ('fault' in worth) return [{ row, ...worth.fault }];
  const { productNumber: number, categoryId, allGoods, quantityFrom } = values;
  const read = readRow({ productNumber: number, categoryId, allGoods, quantityFrom, ...worth });
  if (!read.ok) return [{ row, column: read.field, message: read.problem }];
  const problem = sheet.add(read.row);
  const column = categoryId === undefined ? 'productNumber' : 'categoryId';
  return problem === null ? [] : [{ row, column, message: problem }];
}

type Worth = Pick<WrittenRow, 'priceMinor' | 'percentBps'> | { readonly fault: Omit<UnitFault, 'row'> };

function priceOf(values: PriceRow, currency: string): Worth {
  const exponent = currencyExponent(currency);
  const priceMinor = values.priceMinor ?? readScaled(values.price ?? '', exponent);
  const fault = (message: string): Worth => ({ fault: { column: 'price', message } });
  if (priceMinor === null) return fault(`has more decimals than ${currency}, ${exponent}`);
  return priceMinor > MAX_PRICE_MINOR ? fault(`must be at most ${MAX_PRICE_MINOR / 10 ** exponent}`) : { priceMinor };
}

function percentOf(values: PriceRow): Worth {
  const percentBps = values.percentBps ?? readScaled(values.percent ?? '', 2);
  if (percentBps === null) return { fault: { column: 'percent', message: 'must have at most 2 decimals' } };
  return percentBps > MAX_PERCENT_BPS ? { fault: { column: 'percent', message: 'must be at most 100' } } : { percentBps };
}
