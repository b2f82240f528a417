import fc from 'fast-check';
import { readCell, writeCell } from '../../../../sidecar/admin-ui/src/pages/programme/edit/cell-text';
import { applied } from '../../../../sidecar/admin-ui/src/pages/programme/edit/mass-apply';

const given = { cell: null, regularMinor: 999, currency: 'EUR' };

describe('a change of many prices', () => {
  it('takes so much off whatever it costs, or off what it costs now, to the nearest cent', () => {
    expect(applied({ kind: 'percent', bps: 500 }, given)).toEqual({ percentOff: 5 });
    expect(applied({ kind: 'fixed', bps: 500 }, given)).toEqual({ price: 9.49 });
    expect(applied({ kind: 'fixed', bps: 500 }, { ...given, currency: 'JPY' })).toEqual({ price: 949 });
    expect(applied({ kind: 'fixed', bps: 500 }, { ...given, regularMinor: null })).toBeUndefined();
  });

  it('raises and lowers prices, and leaves alone what is none', () => {
    expect(applied({ kind: 'change', bps: 1000 }, { ...given, cell: { price: 10.05 } })).toEqual({ price: 11.06 });
    expect(applied({ kind: 'change', bps: -1000 }, { ...given, cell: { price: 10.05 } })).toEqual({ price: 9.05 });
    expect(applied({ kind: 'change', bps: 1000 }, { ...given, cell: { percentOff: 5 } })).toBeUndefined();
    expect(applied({ kind: 'change', bps: 1000 }, { ...given, cell: { price: 'abc' } })).toBeUndefined();
    expect(applied({ kind: 'clear' }, { ...given, cell: { price: 1 } })).toBeNull();
  });

  it('is never off by more than half a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 10_000 }), (regularMinor, bps) => {
        const cell = applied({ kind: 'fixed', bps }, { ...given, regularMinor }) as { price: number };
        expect(Math.abs(cell.price * 100 - (regularMinor * (10_000 - bps)) / 10_000)).toBeLessThanOrEqual(0.500001);
      }),
    );
  });
});

describe('a cell of prices', () => {
  it.each([
    ['12,50', { price: 12.5 }],
    ['1.234,00 €', { price: 1234 }],
    ['5 %', { percentOff: 5 }],
    ['-5%', { percentOff: 5 }],
    ['', null],
    ['twelve', { price: 'twelve' }],
    ['x %', { percentOff: 'x %' }],
  ])('%s is read, and written as it was meant', (text, cell) => {
    expect(readCell(text, ',')).toEqual(cell);
    expect(readCell(writeCell(cell, 'EUR', ','), ',')).toEqual(cell);
  });

  it('shows all decimals of its currency', () => {
    expect(writeCell({ price: 9.5 }, 'EUR', ',')).toBe('9,50');
    expect(writeCell({ price: 950 }, 'JPY', ',')).toBe('950');
    expect(writeCell({ percentOff: 7.5 }, 'EUR', '.')).toBe('7.5 %');
  });
});
