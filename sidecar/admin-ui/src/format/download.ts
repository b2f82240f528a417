import { guardFormula } from '../../../src/csv/formula';

/** A table as a file for spreadsheets. */
export function saveCsv(title: string, rows: readonly (readonly (string | number)[])[]): void {
  saveTable(title, `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);
}

/** The same of what is a table already. */
export function saveTable(title: string, table: string): void {
  // The mark tells spreadsheets that the text is UTF-8.
  saveText(`${fileName(title)}.csv`, `\ufeff${table}`, 'text/csv');
}

export function saveJson(title: string, content: unknown): void {
  saveText(`${fileName(title)}.json`, `${JSON.stringify(content, null, 2)}\n`, 'application/json');
}

function saveText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  save(name, address);
  URL.revokeObjectURL(address);
}

export function savePng(title: string, address: string): void {
  save(`${fileName(title)}.png`, address);
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = guardFormula(value);
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}

function save(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
