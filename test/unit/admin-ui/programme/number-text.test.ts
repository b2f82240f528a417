import fc from 'fast-check';
import { readNumber, writeNumber } from '../../../../sidecar/admin-ui/src/pages/programme/edit/number-text';

describe('numbers as people write them', () => {
  it.each([
    ['12', 12],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['1.234,50 €', 1234.5],
    ['1,234.50', 1234.5],
    ['1 234,50', 1234.5],
    ["1'234.50 CHF", 1234.5],
    ['€ 9,99', 9.99],
    ['5 %', 5],
    ['1.234.567', 1234567],
    ['-3', -3],
    ['0,5', 0.5],
    [',5', 0.5],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text, ',')).toBe(value);
  });

  it.each(['', 'abc', '1.2.3,4', '12,34,56', '1.23.456', '--1', '1e5', 'EUR', '1,2,3.4', '.'])('%s is none', (text) => {
    expect(readNumber(text, ',')).toBeNull();
  });

  it('takes a sign before three digits for the one of the language', () => {
    expect(readNumber('1.234', ',')).toBe(1234);
    expect(readNumber('1.234', '.')).toBe(1.234);
    expect(readNumber('1,234', '.')).toBe(1234);
    expect(readNumber('1,234', ',')).toBe(1.234);
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(',' as const, '.' as const), (cents, decimal) => {
        expect(readNumber(writeNumber(cents / 100, decimal, 2), decimal)).toBe(cents / 100);
      }),
    );
    expect(writeNumber(5, ',', 2)).toBe('5,00');
    expect(writeNumber(0.125, ',')).toBe('0,125');
  });
});
