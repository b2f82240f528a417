import { z } from 'zod';
import { AppError } from '../errors';
import { unguardFormula } from './formula';
import { readCsv, refuseFile } from './read-csv';

/** What is wrong with one row; a column of null is the whole row. */
export interface RowFault {
  readonly row: number;
  readonly column: string | null;
  readonly message: string;
}

/** Cells by column; those of empty cells are absent. */
export type Cells = Readonly<Record<string, string>>;

/** A row that was read; without a value when it is faulty. */
export interface ReadRow<Value> {
  readonly row: number;
  readonly cells: Cells;
  readonly value: Value | null;
  readonly faults: readonly RowFault[];
}

const MAX_NAME = 64;

/**
 * The rows of a table whose first line names the columns, in any order and spelling of case, spaces, hyphens and underscores. Each
 * row is checked for itself; a wrong one is told and the next is read.
 * @throws AppError INVALID_INPUT for a wrong header, too many rows, or what is no table
 */
export async function* readRows<Columns extends z.ZodObject>(
  bytes: AsyncIterable<Uint8Array>,
  columns: Columns,
  maxRows: number,
): AsyncGenerator<ReadRow<z.output<Columns>>> {
  let header: readonly string[] | null = null;
  let rows = 0;
  for await (const { row, cells: written } of readCsv(bytes)) {
    if (header === null) {
      header = readHeader(written, columns.shape);
      continue;
    }
    rows += 1;
    if (rows > maxRows) throw refuseFile('rows', `must be at most ${maxRows}; split the file`);
    const cells = cellsOf(header, written);
    const surplus = written.slice(header.length).some((cell) => cell !== '');
    const faults = surplus ? [{ row, column: null, message: `has more fields than the header, ${header.length}` }] : [];
    const parsed = columns.safeParse(cells);
    const wrong = [...faults, ...(parsed.error?.issues ?? []).map((issue) => faultOf(row, cells, issue))];
    yield { row, cells, value: parsed.success && wrong.length === 0 ? parsed.data : null, faults: wrong };
  }
  if (header === null) throw refuseFile('header', 'is missing: the file is empty');
  if (rows === 0) throw refuseFile('rows', 'there are none below the header');
}

function readHeader(written: readonly string[], shape: z.core.$ZodShape): string[] {
  const known = new Map(Object.keys(shape).map((name) => [spelled(name), name]));
  const names = [...known.values()];
  const unknown = written.filter((cell) => !known.has(spelled(cell))).map((cell) => cell.slice(0, MAX_NAME));
  if (unknown.length > 0) {
    const fields = unknown.slice(0, names.length).map((cell) => ({
      field: `header.${cell}`,
      problem: `is no column here; there are ${names.join(', ')}`,
    }));
    throw refuseHeader(fields);
  }
  const header = written.map((cell) => known.get(spelled(cell)) ?? cell);
  const twice = new Set(header.filter((name, index) => header.indexOf(name) !== index));
  if (twice.size > 0) throw refuseHeader([...twice].map((name) => ({ field: `header.${name}`, problem: 'stands there twice' })));
  const isNeeded = (name: string): boolean => !z.safeParse(shape[name] as z.ZodType, undefined).success;
  const missing = names.filter((name) => isNeeded(name) && !header.includes(name));
  if (missing.length > 0) throw refuseHeader(missing.map((name) => ({ field: `header.${name}`, problem: 'is missing' })));
  return header;
}

function refuseHeader(fields: readonly { readonly field: string; readonly problem: string }[]): AppError {
  return new AppError('INVALID_INPUT', { fields });
}

function spelled(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function cellsOf(header: readonly string[], written: readonly string[]): Cells {
  const named = header.map((name, index): [string, string] => [name, unguardFormula((written[index] ?? '').trim())]);
  return Object.fromEntries(named.filter(([, cell]) => cell !== ''));
}

function faultOf(row: number, cells: Cells, issue: z.core.$ZodIssue): RowFault {
  const [column] = issue.path;
  if (column === undefined) return { row, column: null, message: issue.message };
  const name = String(column);
  const isMissing = issue.code === 'invalid_type' && cells[name] === undefined;
  return { row, column: name, message: isMissing ? 'is required' : issue.message };
}
