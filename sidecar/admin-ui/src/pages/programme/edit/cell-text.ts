import { currencyExponent } from '../../../../../src/domain/currency';
import { readNumber, writeNumber, type DecimalSign } from './number-text';
import type { Cell } from './price-grid';

/** A price or, with a percent sign, what comes off it. Null = empty; what is neither stays as it is, to be corrected. */
export function readCell(text: string, decimal: DecimalSign): Cell | null {
  const typed = text.trim();
  if (typed === '') return null;
  const value = readNumber(typed.replace(/^-(?=.*%$)/, ''), decimal) ?? typed;
  return typed.endsWith('%') ? { percentOff: value } : { price: value };
}

export function writeCell(cell: Cell | null, currency: string, decimal: DecimalSign): string {
  if (cell === null) return '';
  if ('percentOff' in cell) {
    return typeof cell.percentOff === 'string' ? cell.percentOff : `${writeNumber(cell.percentOff, decimal)} %`;
  }
  return typeof cell.price === 'string' ? cell.price : writeNumber(cell.price, decimal, currencyExponent(currency));
}
