import { nextOf } from './paging';

/** Programs for tables compute what begins like a formula; members write some of these texts. */
const FORMULA = /^[=+\-@\t\r]/;

/** A row of a table as RFC 4180 has it. */
function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const ROWS_A_READ = 500;

type Cells<Column extends string> = Readonly<Record<Column, string | number | null>>;

/** All rows under a head, a page at a time, as they are read behind a cursor. */
export async function* csvTable<Column extends string, Row extends Cells<Column>>(
  columns: readonly Column[],
  cursor: (row: Row) => string,
  read: (after: string, limit: number) => Promise<Row[]>,
): AsyncGenerator<string> {
  yield csvLine(columns);
  for (let after = ''; ;) {
    const rows = await read(after, ROWS_A_READ);
    for (const row of rows) yield csvLine(columns.map((column) => row[column]));
    const next = nextOf(rows, cursor, ROWS_A_READ);
    if (next === null) return;
    after = next;
  }
}
