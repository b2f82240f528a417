import { z } from 'zod';
import { currencyExponent } from '../domain/currency';
import { MAX_PRICE_MINOR, MAX_PRICES, MAX_QUANTITY, PriceSheet } from '../domain/price-list';
import { readScaled } from '../domain/written-number';
import type { OperationContext } from '../operations/context';
import { replaceListPrices } from '../operations/replace-prices';
import { findPriceList } from '../stores/price-list-store';
import { decimal, productNumber, wholeNumber } from './columns';
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
    productNumber,
    quantityFrom: wholeNumber(1, MAX_QUANTITY).optional(),
    price: decimal.optional(),
    priceMinor: wholeNumber(0, MAX_PRICE_MINOR).optional(),
  })
  .refine((row) => (row.price === undefined) !== (row.priceMinor === undefined), {
    path: ['price'],
    message: 'or priceMinor is required, one of them',
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
  const replaced = await replaceListPrices(context, { programmeId, code: list.code, prices: sheet.prices(), actor, reason });
  if (!replaced.ok) return faulty(row, null, 'the price list is not there any more');
  return applied(replaced.value.changedProducts > 0 ? 'changed' : 'unchanged');
}

function faultsOf({ row, values }: KeptRow<PriceRow>, currency: string, sheet: PriceSheet): UnitFault[] {
  const exponent = currencyExponent(currency);
  const priceMinor = values.priceMinor ?? readScaled(values.price ?? '', exponent);
  if (priceMinor === null) return [{ row, column: 'price', message: `has more decimals than ${currency}, ${exponent}` }];
  if (priceMinor > MAX_PRICE_MINOR)
    return [{ row, column: 'price', message: `must be at most ${MAX_PRICE_MINOR / 10 ** exponent}` }];
  const problem = sheet.add({ productNumber: values.productNumber, quantityFrom: values.quantityFrom ?? 1, priceMinor });
  return problem === null ? [] : [{ row, column: 'productNumber', message: problem }];
}
