import fc from 'fast-check';
import { isTable, productRows, readTable } from '../../../../sidecar/admin-ui/src/pages/programme/edit/pasted-table';

describe('a table that is pasted', () => {
  it('has cells between tabs and rows between lines, of any system', () => {
    expect(readTable('LAMP-1\t12,50\t11\r\nCUP-1\t\t9,99\n')).toEqual([
      ['LAMP-1', '12,50', '11'],
      ['CUP-1', '', '9,99'],
    ]);
    expect(readTable('a\rb')).toEqual([['a'], ['b']]);
    expect(readTable('\n\n')).toEqual([]);
    expect(readTable('')).toEqual([]);
    expect(readTable(' a \t b ')).toEqual([['a', 'b']]);
  });

  it('has cells with tabs and lines of their own in quotes', () => {
    expect(readTable('"a\tb"\t"say ""hi"""\n"two\nlines"\tx')).toEqual([
      ['a\tb', 'say "hi"'],
      ['two\nlines', 'x'],
    ]);
    expect(readTable('17" screen\t5')).toEqual([['17" screen', '5']]);
  });

  it('is no single cell', () => {
    expect(isTable('12,50')).toBe(false);
    expect(isTable('12,50\n')).toBe(false);
    expect(isTable('a\tb')).toBe(true);
    expect(isTable('a\nb')).toBe(true);
  });

  it('begins with product numbers, perhaps below a head', () => {
    const table = [
      ['Number', 'Silver', 'Gold'],
      ['LAMP-1', '12,50', '5 %'],
      ['', '1'],
      ['CUP-1', 'x', ''],
    ];
    const rows = [
      { product: 'LAMP-1', cells: ['12,50', '5 %'] },
      { product: 'CUP-1', cells: ['x', ''] },
    ];
    expect(productRows(table, ',')).toEqual(rows);
    expect(productRows(table.slice(1), ',')).toEqual(rows);
    expect(productRows([['LAMP-1']], ',')).toEqual([{ product: 'LAMP-1', cells: [] }]);
  });

  it('is what a spreadsheet had, for any cells', () => {
    const cell = fc
      .stringMatching(/^[a-z0-9,."\t\n]{1,8}$/)
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const quoted = (text: string): string => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (table) => {
        expect(readTable(table.map((row) => row.map(quoted).join('\t')).join('\n'))).toEqual(table);
      }),
    );
  });
});
