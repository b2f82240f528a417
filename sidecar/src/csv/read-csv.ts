/** Tables as programs for tables write them: UTF-8, fields between commas, semicolons or tabs, quotes, any line ends. */
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '../errors';

export interface CsvRecord {
  /** As a program for tables counts: the header is 1, and a row with line breaks in a field is one. */
  readonly row: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;
/** Within this the first line must end. */
const MAX_HEAD = 65_536;
const MAX_RECORD = 262_144;

/** @throws AppError INVALID_INPUT saying why the whole file cannot be read */
export function refuseFile(field: string, problem: string): AppError {
  return new AppError('INVALID_INPUT', { fields: [{ field, problem }] });
}

/**
 * Records one by one, without empty ones, in constant memory.
 * @throws AppError INVALID_INPUT for what is no such table, with the line of the text
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const texts = decoded(bytes)[Symbol.asyncIterator]();
  const head = await firstLine(texts);
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head.line),
    from_line: isDeclaration(head.line) ? 2 : 1,
    max_record_size: MAX_RECORD,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
  });
  // Whoever reads the parser is told of its fault.
  pipeline(Readable.from(rest(head.text, texts)), parser, () => undefined);
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? refuseFile(`line ${Number(error['lines'] ?? 1)}`, problemOf(error)) : error;
  }
}

function problemOf({ code }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and never closed';
  if (code === 'CSV_MAX_RECORD_SIZE') return `a row has more than ${MAX_RECORD} characters; is a quote not closed?`;
  return 'a quote stands in the middle of a field; write the field between quotes, and each quote in it twice';
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let start = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (start.length < 2) {
      start = Buffer.concat([start, chunk.subarray(0, 2)]);
      if (isUtf16(start)) throw refuseFile('encoding', 'must be UTF-8, and this is UTF-16; save the table as "CSV UTF-8"');
    }
    yield textOf(() => decoder.decode(chunk, { stream: true }));
  }
  yield textOf(() => decoder.decode());
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function textOf(decode: () => string): string {
  let text: string;
  try {
    text = decode();
  } catch {
    throw refuseFile('encoding', 'must be UTF-8; save the table as "CSV UTF-8"');
  }
  if (text.includes('\0')) throw refuseFile('encoding', 'must be text; this file holds zero bytes');
  return text;
}

async function firstLine(texts: AsyncIterator<string>): Promise<{ line: string; text: string }> {
  let text = '';
  for (;;) {
    const [line = ''] = text.replace(/^\ufeff/, '').split(/\r|\n/, 1);
    const next = /[\r\n]/.test(text) ? null : await texts.next();
    if (next === null || next.done === true) return { line, text };
    text += next.value;
    if (text.length > MAX_HEAD && !/[\r\n]/.test(text)) throw refuseFile('header', 'the first line never ends');
  }
}

/** As spreadsheets write it in front of the header, and do not count it. */
function isDeclaration(line: string): boolean {
  return /^"?sep=.$/i.test(line.replace(/"$/, ''));
}

/** That of which the first line has most. */
function delimiterOf(line: string): string {
  if (isDeclaration(line)) return line.replaceAll('"', '').slice(4);
  const count = (delimiter: string): number => line.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

async function* rest(head: string, texts: AsyncIterator<string>): AsyncGenerator<string> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => texts };
}
