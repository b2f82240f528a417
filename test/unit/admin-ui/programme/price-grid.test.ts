import fc from 'fast-check';
import { listAt, valueAt, type Json } from '../../../../sidecar/admin-ui/src/pages/programme/edit/document-path';
import { readGrid, withCells, type CellChange } from '../../../../sidecar/admin-ui/src/pages/programme/edit/price-grid';

const rules: Json[] = [
  {
    code: 'both',
    tier: 'silver',
    products: ['A', 'B'],
    steps: [{ quantityFrom: 1, price: { EUR: 10, USD: 11 } }],
    later: 'kept',
  },
  {
    code: 'many',
    tier: 'gold',
    products: ['A'],
    steps: [
      { quantityFrom: 1, percentOff: 5 },
      { quantityFrom: 10, percentOff: 8 },
    ],
  },
  { code: 'goods', tier: 'gold', categories: ['c1'], steps: [{ quantityFrom: 1, percentOff: 3 }] },
  { code: 'twice-1', tier: 'gold', products: ['Z'], steps: [{ quantityFrom: 1, percentOff: 1 }] },
  { code: 'twice-2', tier: 'gold', products: ['Z'], steps: [{ quantityFrom: 1, percentOff: 2 }] },
];
const change = (product: string, tier: string, cell: CellChange['cell'], quantity = 1): CellChange => ({
  product,
  tier,
  quantity,
  cell,
});

describe('tier prices as a table', () => {
  it('show products, quantities and cells, with the place that faults name', () => {
    const grid = readGrid(rules, 'EUR');
    expect(grid.products).toEqual(['A', 'B']);
    expect(grid.quantities).toEqual([1, 10]);
    expect(grid.cell('B', 'silver', 1)).toEqual({ cell: { price: 10 }, path: 'tierPrices[0].steps[0]' });
    expect(grid.cell('A', 'gold', 10)).toEqual({ cell: { percentOff: 8 }, path: 'tierPrices[1].steps[1]' });
    expect(grid.cell('B', 'gold', 1)).toBeNull();
    expect(readGrid(rules, 'CHF').cell('B', 'silver', 1)).toBeNull();
  });

  it('leave rules for categories, and those that contradict each other, to the list', () => {
    const grid = readGrid(rules, 'EUR');
    expect(rules.map((_, index) => grid.isShown(index))).toEqual([true, true, false, false, false]);
  });

  it('take a product out of the rule that it shared, with all that the rule says', () => {
    const changed = withCells(rules, [change('A', 'silver', { price: 9 })], 'EUR');
    expect(changed[0]).toEqual({ ...(rules[0] as object), products: ['B'] });
    expect(changed.at(-1)).toEqual({
      code: 'a-silver',
      tier: 'silver',
      products: ['A'],
      steps: [{ quantityFrom: 1, price: { USD: 11, EUR: 9 } }],
      later: 'kept',
    });
    expect(changed.slice(1, 5)).toEqual(rules.slice(1));
  });

  it('put products that cost the same into one rule', () => {
    const first = withCells([], [change('A', 'silver', { percentOff: 5 })], 'EUR');
    const second = withCells(first, [change('B', 'silver', { percentOff: 5 }), change('C', 'gold', { percentOff: 5 })], 'EUR');
    expect(second.map((rule) => [valueAt(rule, 'code'), listAt(rule, 'products')])).toEqual([
      ['a-silver', ['A', 'B']],
      ['c-gold', ['C']],
    ]);
  });

  it('keep the code of a rule of one product, and the order of quantities', () => {
    const changed = withCells(rules, [change('A', 'gold', { price: 4.5 }, 5)], 'EUR');
    expect(changed[1]).toEqual({
      code: 'many',
      tier: 'gold',
      products: ['A'],
      steps: [
        { quantityFrom: 1, percentOff: 5 },
        { quantityFrom: 5, price: { EUR: 4.5 } },
        { quantityFrom: 10, percentOff: 8 },
      ],
    });
  });

  it('drop what is emptied: the price of one currency, the step, the rule', () => {
    const without = withCells(rules, [change('B', 'silver', null)], 'EUR');
    expect(valueAt([...without], '[5].steps[0].price')).toEqual({ USD: 11 });
    const gone = withCells(rules, [change('A', 'gold', null), change('A', 'gold', null, 10)], 'EUR');
    expect(gone.map((rule) => valueAt(rule, 'code'))).toEqual(['both', 'goods', 'twice-1', 'twice-2']);
  });

  it('show what was written into them, whatever was there', () => {
    const changes = fc.array(
      fc.record({
        product: fc.constantFrom('A', 'B', 'C'),
        tier: fc.constantFrom('silver', 'gold'),
        quantity: fc.constantFrom(1, 10),
        cell: fc.option(
          fc.oneof(
            fc.record({ percentOff: fc.integer({ min: 1, max: 3 }) }),
            fc.record({ price: fc.integer({ min: 1, max: 3 }) }),
          ),
        ),
      }),
    );
    fc.assert(
      fc.property(changes, (list) => {
        const written = withCells(rules, list, 'EUR');
        const expected = new Map(list.map(({ product, tier, quantity, cell }) => [`${product} ${tier} ${quantity}`, cell]));
        const grid = readGrid(written, 'EUR');
        for (const [key, cell] of expected) {
          const [product = '', tier = '', quantity] = key.split(' ');
          expect(grid.cell(product, tier, Number(quantity))?.cell ?? null).toEqual(cell);
        }
        const codes = written.map((rule) => valueAt(rule, 'code'));
        expect(new Set(codes).size).toBe(codes.length);
        expect(written.filter((rule) => valueAt(rule, 'categories') !== undefined)).toEqual([rules[2]]);
      }),
    );
  });
});
