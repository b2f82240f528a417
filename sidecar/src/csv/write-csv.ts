import { stringify } from 'csv-stringify/sync';
import { guardFormula } from './formula';

export type Cell = string | number | null;
type Cells<Column extends string> = Readonly<Record<Column, Cell>>;

const ROWS_A_READ = 500;

/** Rows as RFC 4180 has them; also what other delimiters or line ends would tear apart is quoted. */
function csvText(rows: readonly (readonly Cell[])[]): string {
  const guarded = rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? guardFormula(cell) : cell)));
  return stringify(guarded, { record_delimiter: 'windows', quoted_match: /[\r\n;\t]/ });
}

/** All rows under a head, a page at a time, as they are read behind a cursor; null = from the beginning. */
export async function* csvTable<Column extends string, Row extends Cells<Column>, Cursor>(
  columns: readonly Column[],
  cursor: (row: Row) => Cursor,
  read: (after: Cursor | null, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<string> {
  yield csvText([columns]);
  for (let after: Cursor | null = null; ;) {
    const rows: readonly Row[] = await read(after, ROWS_A_READ);
    if (rows.length > 0) yield csvText(rows.map((row) => columns.map((column) => row[column])));
    const last: Row | undefined = rows[ROWS_A_READ - 1];
    if (last === undefined) return;
    after = cursor(last);
  }
}
