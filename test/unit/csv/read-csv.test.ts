import fc from 'fast-check';
import { z } from 'zod';
import { readCsv } from '../../../sidecar/src/csv/read-csv';
import { readRows } from '../../../sidecar/src/csv/read-rows';
import { unguardFormula } from '../../../sidecar/src/csv/formula';
import { csvTable } from '../../../sidecar/src/csv/write-csv';

async function* bytesOf(content: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content as string);
  for (let from = 0; from < bytes.length; from += size) yield await Promise.resolve(bytes.subarray(from, from + size));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const columns = z.object({
  member_id: z.string().max(5),
  points: z.string().regex(/^\d+$/, 'must be a whole number'),
  note: z.string().optional(),
});
const rows = (content: string | Buffer, limit = 100) => all(readRows(bytesOf(content), columns, limit));

describe('a table', () => {
  it.each([
    ['commas', 'member_id,points\na,1\n'],
    ['semicolons and CRLF', 'member_id;points\r\na;1\r\n'],
    ['tabs', 'member_id\tpoints\na\t1'],
    ['a byte order mark', '\ufeffmember_id,points\na,1'],
    ['the delimiter declared', 'sep=;\r\nmember_id;points\r\na;1'],
    ['names spelled otherwise', 'Points,Member ID\n1,a'],
    ['empty lines', 'member_id,points\n\n,\na,1\n\n'],
  ])('with %s is read', async (_name, content) => {
    expect((await rows(content)).map((read) => read.value)).toEqual([{ member_id: 'a', points: '1' }]);
  });

  it('names the row as a program for tables counts it', async () => {
    const read = await rows('member_id,points,note\na,1,"x\ny"\n\nb,z,\ntoolong,,\nc,1,,extra\n');
    expect(read.flatMap((one): unknown[] => (one.value === null ? [...one.faults] : [one.row]))).toEqual([
      2,
      { row: 4, column: 'points', message: 'must be a whole number' },
      { row: 5, column: 'member_id', message: expect.any(String) as unknown },
      { row: 5, column: 'points', message: 'is required' },
      { row: 6, column: null, message: 'has more fields than the header, 3' },
    ]);
  });

  it.each([
    ['an empty file', '', 'header'],
    ['no rows', 'member_id,points\n', 'rows'],
    ['an unknown column', 'member_id,points,wish\na,1,x', 'header.wish'],
    ['a column twice', 'member_id,points,points\na,1,1', 'header.points'],
    ['a column missing', 'member_id\na', 'header.points'],
    ['too many rows', `member_id,points\n${'a,1\n'.repeat(101)}`, 'rows'],
    ['a quote never closed', 'member_id,points\n"a,1\n', 'line 2'],
    ['a quote within a field', 'member_id,points\na"b,1\n', 'line 2'],
    ['Latin letters of another encoding', Buffer.from('member_id,points\n\xe4,1\n', 'latin1'), 'encoding'],
    ['UTF-16', Buffer.from('\ufeffmember_id,points\na,1\n', 'utf16le'), 'encoding'],
    ['zero bytes', 'member_id,points\na\0,1\n', 'encoding'],
  ])('with %s is refused by name', async (_name, content, field) => {
    await expect(rows(content)).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { fields: [{ field }] } });
  });

  it('comes back as it was written, formulas disarmed', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((text) => text === Buffer.from(text).toString()),
      fc.string({ unit: fc.constantFrom('=', "'", '+', '-', '@', '"', ',', ';', '\t', '\r', '\n', ' ', 'a') }),
    );
    const table = fc.array(fc.tuple(cell, cell, fc.constant('x')), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (written, size) => {
        const clean = written.map((row) => row.map((one) => one.replaceAll('\0', '')));
        const page = clean.map(([a, b, c]) => ({ a: a ?? '', b: b ?? '', c: c ?? '' }));
        const text = (
          await all(
            csvTable(
              ['a', 'b', 'c'],
              () => 0,
              () => Promise.resolve(page),
            ),
          )
        ).join('');
        const [, ...read] = await all(readCsv(bytesOf(text, size)));
        expect(read.map(({ cells }) => cells.map(unguardFormula))).toEqual(clean);
      }),
    );
  });
});
