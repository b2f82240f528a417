import * as fc from 'fast-check';
import {
  contractSteps,
  decideContractPrices,
  isInForce,
  nextTurn,
  placeOf,
  type ContractPrices,
} from '../../../sidecar/src/domain/price-list';

const lamp = {
  productNumber: 'LAMP',
  categoryIds: [],
  prices: { EUR: { grossMinor: 11_900, netMinor: 10_000 }, USD: { grossMinor: 12_900, netMinor: 10_900 } },
};
const contract = (change: Partial<ContractPrices> = {}): ContractPrices => ({
  list: 'a',
  currency: 'EUR',
  basis: 'net',
  steps: [{ quantityFrom: 1, priceMinor: 8000 }],
  ...change,
});
const inEuro = (...contracts: ContractPrices[]) =>
  decideContractPrices(lamp, contracts)
    .rows.filter(({ currency }) => currency === 'EUR')
    .map(({ quantityFrom, grossMinor, netMinor }) => [quantityFrom, grossMinor, netMinor]);

describe('prices by contract', () => {
  it('are net or gross, and carry the tax of the product', () => {
    expect(inEuro(contract())).toEqual([[1, 9520, 8000]]);
    expect(inEuro(contract({ basis: 'gross' }))).toEqual([[1, 8000, 6723]]);
  });

  it('leave the own price below their first quantity and in other currencies', () => {
    const { rows } = decideContractPrices(lamp, [contract({ steps: [{ quantityFrom: 10, priceMinor: 8000 }] })]);
    expect(rows.map(({ quantityFrom, currency, grossMinor }) => [quantityFrom, currency, grossMinor])).toEqual([
      [1, 'EUR', 11_900],
      [1, 'USD', 12_900],
      [10, 'EUR', 9520],
      [10, 'USD', 12_900],
    ]);
  });

  it('say why, also where the product has no price in the currency', () => {
    const { rows, reasons } = decideContractPrices(lamp, [contract({ currency: 'GBP' }), contract({ list: 'b' })]);
    expect(rows.every(({ list }) => list === 'b')).toBe(true);
    expect(reasons).toMatchObject([
      { code: 'contract_price_other_currency', applied: false, figures: { list: 'a', currency: 'GBP' } },
      { code: 'contract_price', applied: true, figures: { list: 'b', priceMinor: 9520, regularMinor: 11_900 } },
    ]);
  });

  it('are never above what the shop asks of everybody, nor below nothing', () => {
    const quantityFrom = fc.integer({ min: 1, max: 1000 });
    const step = fc.oneof(
      fc.record({ quantityFrom, priceMinor: fc.integer({ min: 0, max: 10 ** 12 }) }),
      fc.record({ quantityFrom, percentBps: fc.integer({ min: 0, max: 10_000 }) }),
    );
    const prices = fc.uniqueArray(step, { selector: ({ quantityFrom }) => quantityFrom, minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(prices, fc.constantFrom('net' as const, 'gross' as const), (drawn, basis) => {
        const rows = inEuro(contract({ steps: drawn, basis }));
        expect(rows[0]?.[0]).toBe(1);
        expect(rows.every(([, gross = -1, net = -1]) => gross >= 0 && gross <= 11_900 && net >= 0 && net <= 10_000)).toBe(true);
      }),
    );
  });
});

describe('discounts by contract', () => {
  it('are shares of the price of everybody in each currency, gross and net rounded by themselves', () => {
    const { rows, reasons } = decideContractPrices(lamp, [contract({ steps: [{ quantityFrom: 1, percentBps: 333 }] })]);
    expect(rows).toEqual([
      { list: 'a', quantityFrom: 1, currency: 'EUR', grossMinor: 11_504, netMinor: 9667 },
      { list: 'a', quantityFrom: 1, currency: 'USD', grossMinor: 12_470, netMinor: 10_537 },
    ]);
    const figures = { percentBps: 333, priceMinor: 11_504, regularMinor: 11_900, rounding: 'nearest' };
    expect(reasons).toMatchObject([
      { code: 'contract_discount', applied: true, figures: { ...figures, currency: 'EUR' } },
      { code: 'contract_discount', applied: true, figures: { currency: 'USD', priceMinor: 12_470, regularMinor: 12_900 } },
    ]);
  });

  it('and prices follow each other by quantity; what a price does not name keeps the discount before it', () => {
    const steps = [
      { quantityFrom: 10, priceMinor: 8000 },
      { quantityFrom: 1, percentBps: 1000 },
    ];
    const { rows } = decideContractPrices(lamp, [contract({ steps })]);
    expect(rows.map(({ quantityFrom, currency, netMinor }) => [quantityFrom, currency, netMinor])).toEqual([
      [1, 'EUR', 9000],
      [1, 'USD', 9810],
      [10, 'EUR', 8000],
      [10, 'USD', 9810],
    ]);
    const other = decideContractPrices(lamp, [contract({ steps, currency: 'GBP' })]);
    expect(other.rows.map(({ quantityFrom }) => quantityFrom)).toEqual([1, 1]);
    expect(other.reasons.map(({ code }) => code)).toEqual([
      'contract_price_other_currency',
      'contract_discount',
      'contract_discount',
    ]);
  });

  it('are those of the product, else the highest of its categories at each quantity, else those for all goods', () => {
    const all = { allGoods: true, quantityFrom: 1, percentBps: 300 } as const;
    const wide = [
      all,
      { categoryId: 'lights', quantityFrom: 1, percentBps: 500 },
      { categoryId: 'lights', quantityFrom: 10, percentBps: 1000 },
      { categoryId: 'sale', quantityFrom: 5, percentBps: 800 },
    ];
    const of = (...categoryIds: string[]) => contractSteps({ categoryIds }, [], wide);
    expect(of('sale', 'lights')).toEqual([
      { quantityFrom: 1, percentBps: 500 },
      { quantityFrom: 10, percentBps: 1000 },
      { quantityFrom: 5, percentBps: 800 },
    ]);
    expect(of('chairs')).toEqual([all]);
    const own = [{ quantityFrom: 1, percentBps: 0 }];
    expect(contractSteps({ categoryIds: ['lights'] }, own, wide)).toBe(own);
  });
});

describe('a price list', () => {
  const [before, from, until] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'];

  it('is in force from its first instant to before its last', () => {
    expect([before, from, until].map((at) => isInForce({ from, until }, at))).toEqual([false, true, false]);
    expect(isInForce({ from: null, until: null }, from)).toBe(true);
  });

  it('turns when it begins and when it ends', () => {
    expect([before, from, until].map((at) => nextTurn({ from, until }, at))).toEqual([from, until, null]);
    expect(nextTurn({ from, until: null }, from)).toBeNull();
  });

  it('stands above those of a lower priority, and above older ones of the same', () => {
    const places = [
      placeOf({ priority: 0, number: 7 }),
      placeOf({ priority: 0, number: 8 }),
      placeOf({ priority: 1, number: 1 }),
    ];
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(placeOf({ priority: 1000, number: 999_999 }) + 20_000).toBeLessThan(2 ** 31);
  });
});
