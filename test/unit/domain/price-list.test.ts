import * as fc from 'fast-check';
import { decideContractPrices, isInForce, nextTurn, placeOf, type ContractPrices } from '../../../sidecar/src/domain/price-list';

const lamp = {
  productNumber: 'LAMP',
  categoryIds: [],
  prices: { EUR: { grossMinor: 11_900, netMinor: 10_000 }, USD: { grossMinor: 12_900, netMinor: 10_900 } },
};
const contract = (change: Partial<ContractPrices> = {}): ContractPrices => ({
  list: 'a',
  currency: 'EUR',
  basis: 'net',
  prices: [{ quantityFrom: 1, priceMinor: 8000 }],
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
    const { rows } = decideContractPrices(lamp, [contract({ prices: [{ quantityFrom: 10, priceMinor: 8000 }] })]);
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
    const price = fc.record({
      quantityFrom: fc.integer({ min: 1, max: 1000 }),
      priceMinor: fc.integer({ min: 0, max: 10 ** 12 }),
    });
    const prices = fc.uniqueArray(price, { selector: ({ quantityFrom }) => quantityFrom, minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(prices, fc.constantFrom('net' as const, 'gross' as const), (drawn, basis) => {
        const rows = inEuro(contract({ prices: drawn, basis }));
        expect(rows[0]?.[0]).toBe(1);
        expect(rows.every(([, gross = -1, net = -1]) => gross >= 0 && gross <= 11_900 && net >= 0 && net <= 10_000)).toBe(true);
      }),
    );
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
