import { plainWords } from '../../../../sidecar/admin-ui/src/pages/programme/plain-words';

describe('a part of a programme in plain words', () => {
  it.each([
    [undefined, '–'],
    [null, '–'],
    ['nearest', 'nearest'],
    [0, '0'],
    [['LAMP-1', 'CUP-1'], 'LAMP-1, CUP-1'],
    [
      { tier: 'gold', products: ['LAMP-1'], steps: [{ quantityFrom: 1, price: { EUR: 8.99 } }] },
      'tier gold, products LAMP-1, steps (quantity from 1, price (EUR 8.99))',
    ],
    [{ products: ['A', 'B'], until: null, perOrder: true }, 'products (A, B), per order true'],
    [[{ code: 'a' }, { code: 'b' }], '(code a), (code b)'],
  ])('%j is %s', (value, words) => {
    expect(plainWords(value)).toBe(words);
  });

  it('is cut where it would fill the page', () => {
    expect(plainWords('a'.repeat(1000))).toBe(`${'a'.repeat(400)} …`);
  });
});
