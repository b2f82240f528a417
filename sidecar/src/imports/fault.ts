import type { NewFault } from '../stores/import-store';
import type { UnitFault } from './kind';

/** As much of a cell as helps to find it. */
const MAX_VALUE = 60;
const MAX_MESSAGE = 500;
/** Whose cells are not kept. */
const PERSONAL = ['email'];

/** A fault with the beginning of what stands in the cell. */
export function shownFault({ row, column, message }: UnitFault, cells: Readonly<Record<string, unknown>>): NewFault {
  const cell = column === null || PERSONAL.includes(column) ? undefined : cells[column];
  const value = typeof cell === 'string' || typeof cell === 'number' ? shortened(String(cell)) : null;
  return { at_row: row, column_name: column, value, message: message.slice(0, MAX_MESSAGE) };
}

function shortened(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}
