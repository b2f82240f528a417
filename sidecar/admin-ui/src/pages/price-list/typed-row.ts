import { currencyExponent } from '../../../../src/domain/currency';
import type { paths } from '../../api/openapi';
import { readCell, writeCell } from '../programme/edit/cell-text';
import { readNumber, type DecimalSign } from '../programme/edit/number-text';
import type { ProductRow } from '../programme/edit/pasted-table';

type Rows = paths['/admin/price-lists/{code}/rows'];
export type ListRow = Rows['get']['responses'][200]['content']['application/json']['rows'][number];
export type RowKey = Omit<ListRow, 'priceMinor' | 'percentBps'>;

export const GOODS = ['product', 'category', 'all'] as const;
export type Goods = (typeof GOODS)[number];

/** A row as it is typed. */
export interface TypedRow {
  readonly goods: Goods;
  /** Number of a product or id of a category. */
  readonly name: string;
  readonly quantity: string;
  /** A price like `12.50`, or what comes off, like `5 %`. */
  readonly value: string;
}

export const emptyRow: TypedRow = { goods: 'product', name: '', quantity: '1', value: '' };

/** What is wrong with a part, as a code that has words. */
export type RowFaults = Partial<Record<'name' | 'quantity' | 'value', RowFault>>;
export type RowFault = 'nameMissing' | 'noQuantity' | 'noValue' | 'noPrice' | 'tooManyDecimals';

export interface Writing {
  readonly currency: string;
  readonly decimal: DecimalSign;
}

/** A row for the API, or what is wrong with what was typed. */
export function readTyped(typed: TypedRow, { currency, decimal }: Writing): { row: ListRow } | { faults: RowFaults } {
  const name = typed.name.trim();
  const quantityFrom = typed.quantity.trim() === '' ? 1 : readNumber(typed.quantity, decimal);
  const value = readValue(typed, currency, decimal);
  const faults: RowFaults = {
    ...(typed.goods !== 'all' && name === '' ? { name: 'nameMissing' } : {}),
    ...(quantityFrom === null || !Number.isInteger(quantityFrom) || quantityFrom < 1 ? { quantity: 'noQuantity' } : {}),
    ...(typeof value === 'string' ? { value } : {}),
  };
  if (typeof value === 'string' || Object.keys(faults).length > 0) return { faults };
  return { row: { ...goodsOf(typed.goods, name), quantityFrom: quantityFrom ?? 1, ...value } };
}

function readValue(
  { goods, value }: TypedRow,
  currency: string,
  decimal: DecimalSign,
): Pick<ListRow, 'priceMinor' | 'percentBps'> | RowFault {
  const cell = readCell(value, decimal);
  if (cell === null) return 'noValue';
  if ('percentOff' in cell) {
    const percentBps = inUnits(cell.percentOff, 2);
    return typeof percentBps === 'string' ? percentBps : percentBps > 10_000 ? 'noValue' : { percentBps };
  }
  if (goods !== 'product') return 'noPrice';
  const priceMinor = inUnits(cell.price, currencyExponent(currency));
  return typeof priceMinor === 'string' ? priceMinor : { priceMinor };
}

/** How many of the smallest unit, which stands so many decimals behind the point. */
function inUnits(value: number | string, decimals: number): number | RowFault {
  if (typeof value === 'string' || value < 0) return 'noValue';
  const units = Math.round(value * 10 ** decimals);
  return units / 10 ** decimals === value ? units : 'tooManyDecimals';
}

function goodsOf(goods: Goods, name: string): Pick<ListRow, 'productNumber' | 'categoryId' | 'allGoods'> {
  if (goods === 'all') return { allGoods: true };
  return goods === 'product' ? { productNumber: name } : { categoryId: name };
}

/** The same row again, to be typed over. */
export function writeTyped(row: ListRow, { currency, decimal }: Writing): TypedRow {
  const { productNumber, categoryId, quantityFrom } = row;
  const goods = productNumber !== undefined ? 'product' : categoryId !== undefined ? 'category' : 'all';
  const cell =
    row.percentBps === undefined
      ? { price: (row.priceMinor ?? 0) / 10 ** currencyExponent(currency) }
      : { percentOff: row.percentBps / 100 };
  return {
    goods,
    name: productNumber ?? categoryId ?? '',
    quantity: String(quantityFrom),
    value: writeCell(cell, currency, decimal),
  };
}

export function keyOf({ productNumber, categoryId, allGoods, quantityFrom }: ListRow): RowKey {
  return {
    ...(productNumber === undefined ? {} : { productNumber }),
    ...(categoryId === undefined ? {} : { categoryId }),
    ...(allGoods === undefined ? {} : { allGoods }),
    quantityFrom,
  };
}

/** The same as a text, for lists on the page. */
export function keyText(row: ListRow): string {
  return JSON.stringify(keyOf(row));
}

export interface WrongLine {
  /** From 1, without the head. */
  readonly line: number;
  readonly product: string;
  readonly fault: RowFault;
}

/** Lines of a spreadsheet: product, price or discount, and from which quantity on. */
export function readPasted(pasted: readonly ProductRow[], writing: Writing): { rows: ListRow[]; wrong: WrongLine[] } {
  const rows: ListRow[] = [];
  const wrong: WrongLine[] = [];
  for (const [index, { product, cells }] of pasted.entries()) {
    const [value = '', quantity = ''] = cells;
    const read = readTyped({ goods: 'product', name: product, quantity, value }, writing);
    if ('row' in read) rows.push(read.row);
    else wrong.push(...Object.values(read.faults).map((fault) => ({ line: index + 1, product, fault })));
  }
  return { rows, wrong };
}
