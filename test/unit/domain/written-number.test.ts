import fc from 'fast-check';
import { readDecimal, readScaled } from '../../../sidecar/src/domain/written-number';

test.each<[string, number, number | null]>([
  ['12', 2, 1200],
  ['12.5', 2, 1250],
  ['12,50', 2, 1250],
  ['0,125', 3, 125],
  ['1234,5', 2, 123_450],
  ['1.234', 3, 1234],
  ['1234567.89', 2, 123_456_789],
  ['-3.10', 1, -31],
  ['5.000', 0, 5],
  ['5.001', 2, null],
  ['1,234', 2, null],
  ['12,345', 3, null],
  ['1.234,567', 3, null],
  ['1,234.50', 2, null],
  ['1 234', 2, null],
  ["1'234", 2, null],
  ['', 2, null],
  ['.5', 2, null],
  ['5.', 2, null],
  ['1e3', 2, null],
  ['+5', 2, null],
  ['5 EUR', 2, null],
  ['١٢', 2, null],
  ['9999999999999999', 0, null],
  ['99999999999999', 4, null],
])('%s with %i decimals is %s', (text, decimals, value) => {
  expect(readScaled(text, decimals)).toBe(value);
});

test('each number is read as it was written, with a point or an unambiguous comma', () => {
  const number = fc.tuple(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.integer({ min: 0, max: 4 }));
  fc.assert(
    fc.property(number, fc.constantFrom('.', ','), ([value, decimals], point) => {
      const text = (value / 10 ** decimals).toFixed(decimals).replace('.', point);
      const isAmbiguous = point === ',' && decimals === 3 && /^-?[1-9]\d{0,2},/.test(text);
      expect(readScaled(text, decimals)).toEqual(isAmbiguous ? null : value === 0 ? expect.closeTo(0) : value);
    }),
  );
});

test('what is no number says what to write instead', () => {
  const problem = (text: string): string => {
    const read = readDecimal(text);
    return read.ok ? '' : read.problem;
  };
  expect(problem('1,234')).toContain('may be two numbers');
  expect(problem('1.234.567')).toContain('nothing between thousands');
  expect(problem('many')).toContain('such as 12.50');
  expect(problem('9'.repeat(30))).toContain('too many digits');
});
