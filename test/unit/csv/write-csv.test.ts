import fc from 'fast-check';
import { guardFormula } from '../../../sidecar/src/csv/formula';
import { csvTable } from '../../../sidecar/src/csv/write-csv';

interface Line {
  readonly id: number;
  readonly text: string | null;
}

/** The table of these rows, and where each read began. */
async function written(rows: readonly Line[]): Promise<{ text: string; reads: (number | null)[] }> {
  const reads: (number | null)[] = [];
  const read = (after: number | null, limit: number): Promise<Line[]> => {
    reads.push(after);
    return Promise.resolve(rows.filter(({ id }) => after === null || id > after).slice(0, limit));
  };
  let text = '';
  for await (const piece of csvTable(['id', 'text'], ({ id }: Line) => id, read)) text += piece;
  return { text, reads };
}

describe('a written table', () => {
  it.each([
    ['plain', 'plain'],
    [null, ''],
    ['a, "b"', '"a, ""b"""'],
    ['a;b', '"a;b"'],
    ['a\tb', '"a\tb"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['＝1', "'＝1"],
    ["'=1", "''=1"],
    ["it's", "it's"],
  ])('has %j as %j', async (text, cell) => {
    expect((await written([{ id: 1, text }])).text).toBe(`id,text\r\n1,${cell}\r\n`);
  });

  it('leaves numbers below zero as they are', async () => {
    expect((await written([{ id: -5, text: null }])).text).toBe('id,text\r\n-5,\r\n');
  });

  it('of no rows has its head', async () => {
    expect((await written([])).text).toBe('id,text\r\n');
  });

  it('has each row once over many pages', async () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, text: 'x' }));
    const { text, reads } = await written(rows);
    expect(text).toBe(`id,text\r\n${rows.map(({ id }) => `${id},x\r\n`).join('')}`);
    expect(reads).toEqual([null, 499, 999]);
  });

  it('never has two texts written alike, nor one that computes', () => {
    const text = fc.string({ unit: fc.constantFrom("'", '=', '+', 'a'), maxLength: 4 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(guardFormula(one) === guardFormula(other)).toBe(one === other);
        expect(guardFormula(one)).not.toMatch(/^[=+]/);
      }),
    );
  });
});
