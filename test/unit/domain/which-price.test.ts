import type { TierPriceMirror } from '../../../sidecar/src/domain/mirror';
import { whichPrice } from '../../../sidecar/src/domain/which-price';

const row = (quantityFrom: number, grossMinor: number) => ({ quantityFrom, currency: 'EUR', grossMinor, netMinor: grossMinor });
const STATED: TierPriceMirror = {
  productId: 'p1',
  productNumber: 'LAMP',
  rows: [
    { tier: 'gold', ...row(1, 900) },
    { tier: 'gold', ...row(10, 800) },
    { tier: 'silver', ...row(5, 950) },
  ],
  lists: [
    { list: 'a', ...row(1, 700) },
    { list: 'b', ...row(1, 600) },
  ],
};
const own = { grossMinor: 1000, netMinor: 1000 };

describe('whichPrice', () => {
  it.each<[string, string | null, readonly string[], number, string | null, number]>([
    ['neither tier nor list', null, [], 1, null, 1000],
    ['a tier', 'gold', [], 9, 'gold', 900],
    ['a tier, many', 'gold', [], 10, 'gold', 800],
    ['a tier, too few', 'silver', [], 4, null, 1000],
    ['a list before the tier', 'gold', ['a'], 10, 'a', 700],
    ['the first of two lists', 'gold', ['b', 'a'], 1, 'b', 600],
    ['a list that does not name it', 'gold', ['c'], 1, 'gold', 900],
  ])('%s', (_, tier, priceLists, quantity, code, grossMinor) => {
    const paid = whichPrice(STATED, { tier, priceLists }, { quantity, currency: 'EUR', own });
    expect(paid).toMatchObject({ code, grossMinor });
  });

  it('is the product’s own where nothing else was stated, or not in the currency', () => {
    const buyer = { tier: 'gold', priceLists: ['a'] };
    expect(whichPrice(null, buyer, { quantity: 1, currency: 'EUR', own })).toMatchObject({ source: 'product', grossMinor: 1000 });
    expect(whichPrice(STATED, buyer, { quantity: 1, currency: 'CHF', own })).toMatchObject({
      source: 'product',
      grossMinor: 1000,
    });
  });
});
