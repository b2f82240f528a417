import { readNumber, type DecimalSign } from './number-text';

const MAX_ROWS = 5000;
const MAX_COLUMNS = 100;

/** Cells as spreadsheets copy them: tabs between them, a line a row; cells with either in them stand in quotes. */
export function readTable(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/g)) {
    row.push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim());
    if (end === '\t') continue;
    if (row.some((cell) => cell !== '')) rows.push(row.slice(0, MAX_COLUMNS));
    row = [];
    if (end === '' || rows.length >= MAX_ROWS) break;
  }
  return rows;
}

/** Whether a text is more than one cell. */
export function isTable(text: string): boolean {
  return /[\t\n\r]/.test(text.replace(/(\r\n|\n|\r)$/, ''));
}

export interface ProductRow {
  readonly product: string;
  readonly cells: readonly string[];
}

/** Rows that begin with a product number; a first row without a single number in it says what the columns are. */
export function productRows(table: readonly string[][], decimal: DecimalSign): ProductRow[] {
  const isHead = (cells: readonly string[]): boolean =>
    cells.slice(1).some((cell) => cell !== '') &&
    cells.slice(1).every((cell) => cell === '' || readNumber(cell, decimal) === null);
  const rows = table[0] && isHead(table[0]) ? table.slice(1) : table;
  return rows.flatMap(([product = '', ...cells]) => (product === '' ? [] : [{ product, cells }]));
}
