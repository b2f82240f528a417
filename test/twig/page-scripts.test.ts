import { openPages, prepareHarness, type PageAnswer, type PageCall } from './harness';

const member = { id: 'c1', guest: false, customFields: null };
const programme = {
  freeProducts: [
    { code: 'mug', products: ['RED', 'BLUE', 'GONE'], productIds: { RED: 'red', BLUE: 'blue', GONE: 'gone' } },
    { code: 'one', products: ['RED'], productIds: { RED: 'red' } },
    null,
    { code: 'broken' },
  ],
};
const products = { red: { name: 'Red mug' }, blue: { name: 'Blue mug' } };
const gift = (code: string, product: string) => ({
  id: `loyalty-gift-${code}`,
  product,
  label: `Label of ${product}`,
  payload: { loyaltyGift: code },
});

beforeAll(prepareHarness, 300_000);

describe.each(['checkout-cart-page-loaded', 'checkout-confirm-page-loaded'])('the script of %s', (page) => {
  const open = (change: Partial<PageCall>): PageAnswer => {
    const [answer] = openPages([{ page, lines: [], customer: member, programme, products, ...change }]);
    if (!answer || answer.broken !== undefined) throw new Error(answer?.broken ?? 'no answer');
    return answer;
  };

  it('offers the other products of a gift’s rule that are sold here', () => {
    expect(open({ lines: [gift('mug', 'blue'), gift('one', 'red')] })).toEqual({
      extensions: {
        loyaltyGifts: {
          choices: [
            {
              code: 'mug',
              chosen: 'blue',
              products: [
                { id: 'red', name: 'Red mug' },
                { id: 'blue', name: 'Blue mug' },
              ],
            },
          ],
        },
      },
      searches: 1,
    });
  });

  it('keeps what is in the cart as a choice, also when it is the last one', () => {
    const { extensions } = open({ lines: [gift('mug', 'gone')], products: { red: { name: 'Red mug' } } });
    expect(extensions['loyaltyGifts']).toMatchObject({
      choices: [{ chosen: 'gone', products: [{ id: 'red' }, { id: 'gone', name: 'Label of gone' }] }],
    });
  });

  it('offers nothing that is sold out for good', () => {
    const soldOut = { ...products, blue: { name: 'Blue mug', available: false, isCloseout: true } };
    expect(open({ lines: [gift('mug', 'red')], products: soldOut }).extensions).toEqual([]);
  });

  it.each<[string, Partial<PageCall>]>([
    ['no gift in the cart', { lines: [{ id: 'red', product: 'red' }] }],
    ['one product only', { lines: [gift('one', 'red')] }],
    ['somebody else’s line under our key', { lines: [{ id: 'loyalty-gift-mug', product: 'red' }] }],
    ['a visitor', { lines: [gift('mug', 'red')], customer: null }],
    ['a guest', { lines: [gift('mug', 'red')], customer: { ...member, guest: true } }],
    ['no programme', { lines: [gift('mug', 'red')], programme: null }],
  ])('asks for no products with %s', (_name, change) => {
    expect(open(change)).toEqual({ extensions: [], searches: 0 });
  });
});

describe('why lines of a cart cost what they cost', () => {
  const goods = {
    lamp: { name: 'Lamp', usual: 149, prices: [{ ruleId: 'r-list' }, { ruleId: 'r-tier' }] },
    cup: { name: 'Cup', usual: 10, prices: [{ ruleId: 'r-tier' }] },
    own: { name: 'Own', usual: 20, prices: [{ ruleId: 'merchants' }, { ruleId: 'r-tier' }] },
    pen: { name: 'Pen', usual: 1, prices: [] },
  };
  const buyer = { ...member, customFields: { loyalty_price_rules: { 'r-list': 'contract', 'r-tier': 'tier' } } };
  const line = (product: string, unit: number | null) => ({ id: `line-${product}`, product, unit });
  const lines = [line('lamp', 129), line('cup', 9), line('own', 15), line('pen', 1)];
  const open = (change: Partial<PageCall>): PageAnswer => {
    const ruleIds = ['merchants', 'r-list', 'r-tier'];
    const call = { page: 'checkout-cart-page-loaded', file: 'prices.twig', lines, customer: buyer, products: goods, ruleIds };
    const [answer] = openPages([{ ...call, ...change }]);
    if (!answer || answer.broken !== undefined) throw new Error(answer?.broken ?? 'no answer');
    return answer;
  };

  it('is told for those whose first rule with prices is ours', () => {
    const told = { 'line-lamp': { source: 'contract', usual: 149 }, 'line-cup': { source: 'tier', usual: 10 } };
    expect(open({})).toEqual({ extensions: { loyaltyPrices: { lines: told } }, searches: 1 });
    expect(open({ ruleIds: ['r-tier'] }).extensions['loyaltyPrices']).toMatchObject({
      lines: { 'line-lamp': { source: 'tier' } },
    });
  });

  it('is not told where nothing is saved, the price is not known or the product is gone', () => {
    expect(open({ lines: [line('lamp', 149), line('cup', null), line('gone', 5)] })).toEqual({ extensions: [], searches: 1 });
  });

  it.each<[string, Partial<PageCall>]>([
    ['visitors', { customer: null }],
    ['guests', { customer: { ...buyer, guest: true } }],
    ['members without prices of ours', { customer: member }],
    ['gifts and lines of no product', { lines: [gift('mug', 'lamp'), { id: 'discount', type: 'discount', unit: -5 }] }],
    ['an empty cart', { lines: [] }],
  ])('asks for no products for %s', (_name, change) => expect(open(change)).toEqual({ extensions: [], searches: 0 }));
});

describe('the script of account-overview-page-loaded', () => {
  const ann = 'a'.repeat(32);
  const request = { id: 'r1', customerId: ann, isOwn: false, points: 80, at: '2026-03-01T10:00:00.000Z' };
  const open = (requests: unknown): PageAnswer => {
    const customer = { ...member, customFields: { loyalty_company: { name: 'Miller', role: 'approver', requests } } };
    const customers = { [ann]: { firstName: 'Ann', lastName: 'Miller' } };
    const page = { page: 'account-overview-page-loaded', file: 'colleagues.twig', lines: [], customer, customers };
    const [answer] = openPages([page]);
    if (!answer || answer.broken !== undefined) throw new Error(answer?.broken ?? 'no answer');
    return answer;
  };

  it('names who asks for an approval', () => {
    expect(open([request])).toEqual({ extensions: { loyaltyColleagues: { names: { [ann]: 'Ann Miller' } } }, searches: 1 });
  });

  it('asks for nobody when nobody else asks', () => {
    for (const requests of [[{ ...request, isOwn: true }], [{ ...request, customerId: null }], [null, 'x'], [], null, 'x']) {
      expect(open(requests)).toEqual({ extensions: [], searches: 0 });
    }
    const [answer] = openPages([{ page: 'account-overview-page-loaded', file: 'colleagues.twig', lines: [], customer: member }]);
    expect(answer).toEqual({ extensions: [], searches: 0 });
  });
});
