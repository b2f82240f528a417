/** Rows of a price list as they are typed and pasted on the admin pages. */
import {
  emptyRow,
  readPasted,
  readTyped,
  writeTyped,
  type ListRow,
  type TypedRow,
} from '../../../../sidecar/admin-ui/src/pages/price-list/typed-row';

const english = { currency: 'EUR', decimal: '.' } as const;
const german = { currency: 'EUR', decimal: ',' } as const;
const typed = (change: Partial<TypedRow>): TypedRow => ({ ...emptyRow, name: 'LAMP', ...change });

describe('a typed row', () => {
  it('is a price in minor units or a share in hundredths of a percent, exactly', () => {
    expect(readTyped(typed({ value: '1.234,56 €', quantity: '1.000' }), german)).toEqual({
      row: { productNumber: 'LAMP', quantityFrom: 1000, priceMinor: 123_456 },
    });
    expect(readTyped(typed({ value: '8.29' }), english)).toMatchObject({ row: { priceMinor: 829 } });
    expect(readTyped(typed({ value: '9999999999.99' }), english)).toMatchObject({ row: { priceMinor: 999_999_999_999 } });
    expect(readTyped(typed({ value: '1200' }), { currency: 'JPY', decimal: '.' })).toMatchObject({ row: { priceMinor: 1200 } });
    expect(readTyped(typed({ goods: 'all', name: '', value: '12.5 %' }), english)).toEqual({
      row: { allGoods: true, quantityFrom: 1, percentBps: 1250 },
    });
  });

  it.each([
    [{ value: '8.295' }, { value: 'tooManyDecimals' }],
    [{ value: '12.345 %' }, { value: 'tooManyDecimals' }],
    [{ value: '101 %' }, { value: 'noValue' }],
    [{ value: '-1' }, { value: 'noValue' }],
    [{ value: '' }, { value: 'noValue' }],
    [{ value: 'cheap' }, { value: 'noValue' }],
    [{ goods: 'category', value: '5' }, { value: 'noPrice' }],
    [{ name: ' ', value: '5' }, { name: 'nameMissing' }],
    [{ quantity: '1.5', value: '5' }, { quantity: 'noQuantity' }],
    [{ quantity: '0', value: '5' }, { quantity: 'noQuantity' }],
  ] as const)('%j is refused with %j', (change, faults) => {
    expect(readTyped(typed(change), english)).toEqual({ faults });
  });

  it('is written as it is read', () => {
    const rows: ListRow[] = [
      { productNumber: 'LAMP', quantityFrom: 10, priceMinor: 1 },
      { categoryId: '42', quantityFrom: 1, percentBps: 1250 },
      { allGoods: true, quantityFrom: 5, percentBps: 0 },
    ];
    expect(rows.map((row) => readTyped(writeTyped(row, german), german))).toEqual(rows.map((row) => ({ row })));
  });
});

describe('pasted rows', () => {
  it('name a product, a price or a share, and a quantity that may be missing; each fault has its line', () => {
    const pasted = [
      { product: 'A', cells: ['5.00'] },
      { product: 'B', cells: ['5 %', '10'] },
      { product: 'C', cells: [] },
    ];
    expect(readPasted(pasted, english)).toEqual({
      rows: [
        { productNumber: 'A', quantityFrom: 1, priceMinor: 500 },
        { productNumber: 'B', quantityFrom: 10, percentBps: 500 },
      ],
      wrong: [{ line: 3, product: 'C', fault: 'noValue' }],
    });
  });
});
