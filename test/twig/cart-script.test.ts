import fc from 'fast-check';
import { prepareHarness, runCarts, type CartScenario, type Line, type LoadedCart, type Step } from './harness';

const catalogue = {
  lamp: { price: 149 },
  tea: { price: 10 },
  book: { price: 9.99, taxRate: 7 },
  mug: { price: 4.5 },
  cap: { price: 12 },
  pack: { price: 2, minPurchase: 3 },
  pair: { price: 2, steps: 2, minPurchase: 2 },
};

const redemption = {
  pointValue: { EUR: { valuePoints: 1, valueMinor: 1 } },
  minimumPoints: 1,
  stepPoints: 1,
  maximumShareBps: 10_000,
  holdMinutes: 15,
};

const gift = {
  code: 'mug-50',
  products: ['MUG', 'CAP'],
  productIds: { MUG: 'mug', CAP: 'cap' },
  quantity: 1,
  minimumGoodsMinor: { EUR: 5000 },
  tiers: null,
  segments: null,
  from: null,
  until: null,
  limitPerMember: null,
};

const GIFT = 'loyalty-gift-mug-50';

function member(fields: Record<string, unknown> = {}) {
  return { id: 'c1', guest: false, customFields: { loyalty_points: 1000, ...fields } };
}

const wish = (points: unknown, more: Record<string, unknown> = {}) =>
  member({ loyalty_redeem: points, loyalty_intent: 'k1', ...more });

function terms(over: Record<string, unknown> = {}) {
  return { programmeVersionId: 'v1', redemption, accrual: {}, freeProducts: [], tiers: [], ...over };
}

const add = (product: string, quantity = 1, more: Record<string, unknown> = {}): Step => ({
  do: 'add',
  product,
  quantity,
  ...more,
});
const load: Step = { do: 'load' };

interface Setting {
  readonly customer?: unknown;
  readonly context?: Record<string, unknown>;
  readonly programme?: unknown;
  readonly catalogue?: CartScenario['catalogue'];
  readonly strict?: boolean;
}

function carts(setting: Setting, ...steps: Step[]): LoadedCart[] {
  const { customer = member(), context = {}, programme = terms() } = setting;
  const scenario = { catalogue: setting.catalogue ?? catalogue, context: { customer, ...context }, programme, steps };
  return runCarts([{ ...scenario, strict: setting.strict ?? true }])[0] ?? [];
}

function last(setting: Setting, ...steps: Step[]): LoadedCart {
  const cart = carts(setting, ...steps).at(-1);
  if (!cart) throw new Error('no steps');
  if (cart.broken !== undefined) throw new Error(cart.broken);
  return cart;
}

const line = (cart: LoadedCart, id: string): Line | undefined => cart.lines.find((one) => one.id === id);
const points = (cart: LoadedCart): Line | undefined => line(cart, 'loyalty-points');
const giving = (over: Record<string, unknown> = {}): unknown => terms({ freeProducts: [{ ...gift, ...over }] });

beforeAll(prepareHarness, 300_000);

describe('points in the cart', () => {
  it('takes off what the points are worth and says which wish it was', () => {
    const cart = last({ customer: wish(300) }, add('tea', 2));
    expect(points(cart)).toMatchObject({ type: 'discount', total: -3, payload: { loyaltyPoints: 300, loyaltyHold: 'k1' } });
    expect(cart.total).toBe(17);
    expect(cart.calculations).toBe(0);
    // With a button of its own the line would go and come back.
    expect(points(cart)?.removable).toBe(false);
  });

  it('takes points of accounts that belong to the programme of the sales channel alone', () => {
    const of = (account: Record<string, unknown>): Line | undefined =>
      points(last({ customer: { ...wish(300), ...account }, programme: terms({ homes: ['trade'] }) }, add('tea', 2)));
    expect(of({ boundSalesChannelId: null, salesChannelId: 'trade' })?.total).toBe(-3);
    expect(of({ boundSalesChannelId: 'trade', salesChannelId: 'outlet' })?.total).toBe(-3);
    expect(of({ boundSalesChannelId: null, salesChannelId: 'outlet' })).toBeUndefined();
    expect(of({ boundSalesChannelId: 'outlet', salesChannelId: 'trade' })).toBeUndefined();
  });

  it.each([
    ['nobody is logged in', { customer: null }],
    ['the customer is a guest', { customer: { ...wish(300), guest: true } }],
    ['there are no custom fields', { customer: { id: 'c1', guest: false, customFields: null } }],
    ['nothing is wished for', { customer: wish(0) }],
    ['the wish is negative', { customer: wish(-5) }],
    ['the wish is text', { customer: wish('300') }],
    ['the wish has no key', { customer: wish(300, { loyalty_intent: '' }) }],
    ['the wish has a key of the wrong kind', { customer: wish(300, { loyalty_intent: 7 }) }],
    ['an order has used the wish', { customer: wish(300, { loyalty_spent_intent: 'k1' }) }],
    ['there is no balance', { customer: wish(300, { loyalty_points: 0 }) }],
    ['the balance is negative', { customer: wish(300, { loyalty_points: -50 }) }],
    ['the balance is a list', { customer: wish(300, { loyalty_points: [1] }) }],
    ['there are no terms', { customer: wish(300), programme: null }],
    ['the terms are text', { customer: wish(300), programme: 'none' }],
    ['the terms have no redemption', { customer: wish(300), programme: terms({ redemption: null }) }],
    ['the terms are another shape', { customer: wish(300), programme: { redemption: 5, freeProducts: 'x' } }],
    ['the currency does not redeem', { customer: wish(300), context: { currency: 'USD' } }],
    [
      'the value is missing',
      { customer: wish(300), programme: terms({ redemption: { ...redemption, pointValue: { EUR: {} } } }) },
    ],
    ['the value is text', { customer: wish(300), programme: terms({ redemption: { ...redemption, pointValue: { EUR: 'x' } } }) }],
    ['the step is zero', { customer: wish(300), programme: terms({ redemption: { ...redemption, stepPoints: 0 } }) }],
    ['the share is none', { customer: wish(300), programme: terms({ redemption: { ...redemption, maximumShareBps: 0 } }) }],
    [
      'the minimum is not reached',
      { customer: wish(300), programme: terms({ redemption: { ...redemption, minimumPoints: 301 } }) },
    ],
  ] satisfies [string, Setting][])('does nothing when %s', (_, setting) => {
    for (const strict of [true, false]) {
      const cart = last({ ...setting, strict }, add('tea', 2), load);
      expect(cart.lines.map(({ id }) => id)).toEqual(['tea']);
      expect(cart).toMatchObject({ total: 20, errors: [] });
    }
  });

  it('never takes more than the balance, with what orders under way hold of it', () => {
    expect(points(last({ customer: wish(9000) }, add('lamp')))?.payload['loyaltyPoints']).toBe(1000);
    expect(points(last({ customer: wish(9000, { loyalty_held: 50 }) }, add('lamp')))?.payload['loyaltyPoints']).toBe(1050);
  });

  it('never takes more than a company lets its buyer use', () => {
    const paid = (limit: unknown) =>
      points(last({ customer: wish(9000, { loyalty_redeem_limit: limit }) }, add('lamp')))?.payload['loyaltyPoints'];
    expect([400, null, 'much', 5000].map(paid)).toEqual([400, 1000, 1000, 1000]);
    expect([0, -5].map(paid)).toEqual([undefined, undefined]);
  });

  it('never takes more than the share of the goods', () => {
    const programme = terms({ redemption: { ...redemption, maximumShareBps: 2500 } });
    expect(points(last({ customer: wish(900), programme }, add('book')))).toMatchObject({ total: -2.49 });
  });

  it('takes whole steps, no more points than they are worth, and never fewer than the minimum', () => {
    const steps = terms({ redemption: { ...redemption, stepPoints: 250 } });
    expect(points(last({ customer: wish(900), programme: steps }, add('tea')))?.payload['loyaltyPoints']).toBe(750);
    const coarse = terms({ redemption: { ...redemption, pointValue: { EUR: { valuePoints: 10, valueMinor: 1 } } } });
    expect(points(last({ customer: wish(108), programme: coarse }, add('tea')))).toMatchObject({
      total: -0.1,
      payload: { loyaltyPoints: 100 },
    });
  });

  it('pays at most what is left beside promotions and follows the cart', () => {
    const all = carts(
      { customer: wish(1000) },
      add('book'),
      { do: 'promotion', id: 'p', value: 4 },
      add('tea'),
      { do: 'remove', id: 'tea' },
      { do: 'promotion', id: 'p', value: 50 },
    );
    expect(all.map((cart) => points(cart)?.total ?? 0)).toEqual([-9.99, -5.99, -10, -5.99, 0]);
    expect(all.map(({ total }) => total)).toEqual([0, 0, 5.99, 0, 0]);
  });

  it('is not dropped by the shop when floats fall short of their sum', () => {
    const cents = { a: { price: 0.7 }, b: { price: 0.1 } };
    const cart = last({ customer: wish(1000), catalogue: cents }, add('a'), add('b'), load);
    expect(points(cart)?.total).toBe(-0.79);
  });

  it('comes back after it was removed, and goes with the wish', () => {
    const [, removed, takenBack] = carts(
      { customer: wish(300) },
      add('tea'),
      { do: 'remove', id: 'loyalty-points' },
      { do: 'fields', fields: { loyalty_redeem: 0, loyalty_intent: 'k2' } },
    );
    expect(removed && points(removed)?.total).toBe(-3);
    expect(takenBack?.lines).toHaveLength(1);
  });

  it('carries the key of the latest wish', () => {
    const cart = last({ customer: wish(300) }, add('tea'), { do: 'fields', fields: { loyalty_intent: 'k2' } });
    expect(points(cart)?.payload).toEqual({ loyaltyPoints: 300, loyaltyHold: 'k2' });
  });

  it.each([
    ['JPY', 0, 0.01, { valuePoints: 1, valueMinor: 1 }, { price: 500 }, 300, -300, 300],
    ['JPY', 2, 0.01, { valuePoints: 1, valueMinor: 1 }, { price: 500 }, 300, -300, 300],
    ['KWD', 3, 0.001, { valuePoints: 1, valueMinor: 5 }, { price: 4.125 }, 300, -1.5, 300],
    ['KWD', 2, 0.01, { valuePoints: 1, valueMinor: 5 }, { price: 4.12 }, 301, -1.5, 300],
    ['CHF', 2, 0.05, { valuePoints: 1, valueMinor: 1 }, { price: 9.95 }, 303, -3, 300],
  ])('keeps to the coins of %s at %i decimals', (currency, decimals, interval, value, product, wanted, total, used) => {
    const setting = {
      customer: wish(wanted),
      context: { currency, decimals, interval },
      catalogue: { thing: product },
      programme: terms({ redemption: { ...redemption, pointValue: { [currency]: value } } }),
    };
    expect(points(last(setting, add('thing')))).toMatchObject({ total, payload: { loyaltyPoints: used } });
  });

  it('takes a net amount off a net cart', () => {
    expect(last({ customer: wish(300), context: { taxState: 'net' } }, add('tea')).total).toBe(7);
  });

  it('leaves a product under its key alone and at its price', () => {
    const cart = last({ customer: wish(300) }, add('lamp', 1, { id: 'loyalty-points' }), add('tea'), load);
    expect(points(cart)).toMatchObject({ type: 'product', total: 149 });
    expect(cart.total).toBe(159);
    const tooLate = last({ customer: wish(300) }, add('tea'), add('lamp', 1, { id: 'loyalty-points' }));
    expect(tooLate.refusal).toMatch(/mixed types/);
    expect(points(tooLate)?.total).toBe(-3);
  });

  it('leaves an order that is being edited as it was', () => {
    const all = carts(
      { customer: wish(300) },
      add('tea'),
      { do: 'fields', fields: { loyalty_points: 0 } },
      { do: 'fields', fields: { loyalty_points: 1000 } },
      { do: 'edit-order' },
    );
    expect(all.map((cart) => points(cart)?.total ?? 0)).toEqual([-3, 0, -3, -3]);
  });
});

describe('free products in the cart', () => {
  it('gives the first product at no price once the goods are worth it, and takes it back below', () => {
    const [below, above, again, less] = carts({ programme: giving() }, add('tea', 4), add('tea', 1), load, {
      do: 'quantity',
      id: 'tea',
      quantity: 4,
    });
    expect(below?.lines).toHaveLength(1);
    expect(above && line(above, GIFT)).toMatchObject({
      type: 'product',
      product: 'mug',
      quantity: 1,
      unit: 0,
      total: 0,
      removable: false,
      payload: { loyaltyGift: 'mug-50' },
    });
    expect(above).toMatchObject({ total: 50, errors: [], calculations: 1 });
    expect(again).toMatchObject({ lines: above?.lines, calculations: 0, passes: 2 });
    expect(less?.lines.map(({ id }) => id)).toEqual(['tea']);
  });

  it.each([
    ['for a guest', { customer: { ...member(), guest: true } }, {}],
    ['for nobody', { customer: null }, {}],
    ['for another tier', {}, { tiers: ['gold'] }],
    ['for a segment that nobody says the member is in', {}, { segments: ['vip'] }],
    ['for another segment', { customer: member({ loyalty_segments: ['new'] }) }, { segments: ['vip'] }],
    ['with segments of the wrong kind', { customer: member({ loyalty_segments: ['vip'] }) }, { segments: 'vip' }],
    [
      'when the segments of the member are of the wrong kind',
      { customer: member({ loyalty_segments: 'vip' }) },
      { segments: ['vip'] },
    ],
    ['before it begins', {}, { from: '2999-01-01T00:00:00.000Z' }],
    ['after it has ended', {}, { until: '2001-01-01T00:00:00.000Z' }],
    ['in another currency', { context: { currency: 'USD' } }, {}],
    ['of unknown products', {}, { productIds: {} }],
    ['without products', {}, { products: null }],
    ['with no quantity', {}, { quantity: '1' }],
    ['with text for a minimum', {}, { minimumGoodsMinor: 'free' }],
    ['without a code', {}, { code: null }],
    ['with tiers of the wrong kind', {}, { tiers: 'gold' }],
    ['with a time of the wrong kind', {}, { from: 5 }],
    [
      'to a member who had it as often as may be',
      { customer: member({ loyalty_given_gifts: { 'mug-50': 2 } }) },
      { limitPerMember: 2 },
    ],
    ['with a limit of the wrong kind', {}, { limitPerMember: '2' }],
    [
      'when what was given is of the wrong kind',
      { customer: member({ loyalty_given_gifts: { 'mug-50': 'x' } }) },
      { limitPerMember: 2 },
    ],
  ] satisfies [string, Setting, Record<string, unknown>][])('gives nothing %s', (_, setting, over) => {
    for (const strict of [true, false]) {
      const cart = last({ ...setting, strict, programme: giving(over) }, add('tea', 9), load);
      expect(cart.lines.map(({ id }) => id)).toEqual(['tea']);
    }
  });

  it.each([null, 5, 'x', [], {}, [null], [5], [['x']]])('survives free products that are %j', (freeProducts) => {
    expect(last({ programme: terms({ freeProducts }) }, add('tea', 9)).lines).toHaveLength(1);
  });

  it('gives to the tier and in the time it is for', () => {
    const rule = { tiers: ['silver', 'gold'], from: '2001-01-01T00:00:00.000Z', until: '2999-01-01T00:00:00.000Z' };
    const cart = last({ customer: member({ loyalty_tier: 'gold' }), programme: giving(rule) }, add('tea', 5));
    expect(line(cart, GIFT)?.unit).toBe(0);
  });

  // Known limit: the shop lowers the quantity before the script runs, and what is not stackable cannot be lowered. Were such gifts
  // stackable, every promotion would take part of their catalogue price off the cart.
  it('cannot keep a cart whole when the most that can be bought falls below the units of a gift in it', () => {
    const less: Step = { do: 'product', id: 'mug', data: { price: 3.33, maxPurchase: 1, isActive: true } };
    const given = () => last({ programme: giving({ quantity: 2 }) }, add('tea', 5), load, less, load);
    expect(given).toThrow('loyalty-gift-mug-50 is not stackable');
  });

  it('is there for a member of one of the segments it is for', () => {
    const customer = member({ loyalty_segments: ['new', 'vip'] });
    const cart = last({ customer, programme: giving({ segments: ['vip', 'club'] }) }, add('tea', 5));
    expect(line(cart, GIFT)?.quantity).toBe(1);
  });

  it('gives what is left of the limit a member', () => {
    const units = (given: unknown) =>
      line(
        last(
          { customer: member({ loyalty_given_gifts: given }), programme: giving({ quantity: 2, limitPerMember: 3 }) },
          add('tea', 5),
        ),
        GIFT,
      )?.quantity;
    expect([{ other: 3 }, { 'mug-50': 1 }, { 'mug-50': 2 }, null].map(units)).toEqual([2, 2, 1, 2]);
  });

  it('gives the product of the choice, and changes it with the choice', () => {
    const chosen = (id: string) => ({ loyalty_gift_choice: JSON.stringify({ other: 'x', 'mug-50': id }) });
    const all = carts(
      { customer: member(chosen('cap')), programme: giving() },
      add('tea', 5),
      { do: 'fields', fields: chosen('mug') },
      {
        do: 'fields',
        fields: chosen('lamp'),
      },
    );
    expect(all.map((cart) => line(cart, GIFT)?.product)).toEqual(['cap', 'mug', 'mug']);
    expect(all.map(({ total }) => total)).toEqual([50, 50, 50]);
  });

  it('does not count a gift to its own threshold, nor to what points may pay', () => {
    const programme = giving({ minimumGoodsMinor: { EUR: 1000 } });
    const [, less, none] = carts(
      { programme },
      add('tea', 1),
      { do: 'quantity', id: 'tea', quantity: 1 },
      { do: 'remove', id: 'tea' },
    );
    expect(less && line(less, GIFT)?.unit).toBe(0);
    expect(none?.lines).toEqual([]);
    const paid = last({ customer: wish(5000, { loyalty_points: 5000 }), programme }, add('tea', 2), load);
    expect(points(paid)?.total).toBe(-20);
  });

  it('compares gross values for customers with net prices', () => {
    const context = { taxState: 'net' };
    expect(line(last({ context, programme: giving({ minimumGoodsMinor: { EUR: 5951 } }) }, add('tea', 5)), GIFT)).toBeUndefined();
    expect(line(last({ context, programme: giving({ minimumGoodsMinor: { EUR: 5950 } }) }, add('tea', 5)), GIFT)?.unit).toBe(0);
  });

  it('keeps bought units of the same product at their price', () => {
    const cart = last({ programme: giving() }, add('mug', 2), add('tea', 5), load);
    expect(line(cart, 'mug')).toMatchObject({ quantity: 2, total: 9 });
    expect(line(cart, GIFT)).toMatchObject({ quantity: 1, total: 0 });
  });

  it('is nothing a promotion takes off', () => {
    const cart = last({ programme: giving() }, add('tea', 5), { do: 'promotion', id: 'p', value: 80 }, load);
    expect(line(cart, GIFT)).toMatchObject({ total: 0, stackable: false });
    expect(cart.total).toBe(0);
  });

  it('does not let itself be multiplied', () => {
    const all = carts(
      { programme: giving() },
      add('tea', 5),
      { do: 'quantity', id: GIFT, quantity: 5 },
      add('mug', 3, { id: GIFT }),
      { do: 'remove', id: GIFT },
    );
    expect(all.map((cart) => line(cart, GIFT)?.quantity)).toEqual([1, 1, 1, 1]);
    expect(all.map(({ total }) => total)).toEqual([50, 50, 50, 50]);
    expect(all.map(({ refusal }) => refusal)).toEqual([
      null,
      'not stackable',
      expect.stringContaining('not stackable'),
      'not removable',
    ]);
    const rare = { ...catalogue, mug: { price: 4.5, isCloseout: true } };
    const several = carts(
      { programme: giving({ quantity: 2 }), catalogue: rare },
      add('tea', 5),
      { do: 'quantity', id: GIFT, quantity: 5 },
      add('mug', 3, { id: GIFT }),
    );
    expect(several.map((cart) => [cart.refusal, line(cart, GIFT)?.quantity, cart.total])).toEqual([
      [null, 2, 50],
      [null, 2, 50],
      [null, 2, 50],
    ]);
  });

  it('charges for what only looks like a gift', () => {
    const cart = last(
      { programme: giving() },
      add('lamp', 1, { id: GIFT }),
      add('cap', 1, { id: 'mine', payload: { loyaltyGift: 'mug-50' } }),
      load,
    );
    expect(line(cart, GIFT)).toMatchObject({ product: 'lamp', total: 149, payload: {} });
    expect(line(cart, 'mine')).toMatchObject({ total: 12, payload: {} });
    expect(cart.total).toBe(161);
  });

  it('replaces a lamp that claims to be the gift', () => {
    const cart = last(
      { programme: giving() },
      add('tea', 5),
      add('lamp', 1, { id: `${GIFT}x`, payload: { loyaltyGift: 'mug-50' } }),
      load,
    );
    expect(cart.lines.map(({ id, total }) => [id, total])).toEqual([
      ['tea', 50],
      [GIFT, 0],
    ]);
  });

  it('goes when the rule, the terms or the member are gone', () => {
    for (const step of [
      { do: 'programme', programme: giving({ code: 'other', minimumGoodsMinor: { EUR: 99_999 } }) },
      { do: 'programme', programme: null },
      { do: 'customer', customer: null },
    ]) {
      expect(last({ programme: giving() }, add('tea', 5), step).lines.map(({ id }) => id)).toEqual(['tea']);
    }
  });
});

describe('gifts the shop cannot hand out', () => {
  const soldOut = { do: 'product', id: 'mug', data: { price: 4.5, maxPurchase: 0 } };

  it('takes the next product when the first is sold out, then none, and never blocks the order', () => {
    const all = carts(
      { programme: giving() },
      soldOut,
      add('tea', 5),
      { do: 'product', id: 'cap', data: { price: 12, maxPurchase: 0 } },
      load,
      soldOut,
    );
    expect(all.map((cart) => line(cart, GIFT)?.product)).toEqual([undefined, 'cap', undefined, undefined, undefined]);
    expect(all.map(({ errors }) => errors)).toEqual([[], [], [], [], []]);
    expect(all.at(-1)?.lines.map(({ id }) => id)).toEqual(['tea']);
  });

  it('offers it again in the next cart', () => {
    const programme = giving({ products: ['MUG'] });
    const all = carts(
      { programme },
      soldOut,
      add('tea', 5),
      { do: 'product', id: 'mug', data: { price: 4.5 } },
      { do: 'new-cart' },
      add('tea', 5),
    );
    expect(all.map((cart) => line(cart, GIFT)?.product)).toEqual([undefined, undefined, undefined, undefined, 'mug']);
  });

  it.each([
    ['sold out', { price: 4.5, maxPurchase: 0 }],
    ['switched off', { price: 4.5, isActive: false }],
  ])('lets the order through when a gift in the cart is %s', (_, data) => {
    const cart = last({ programme: giving({ products: ['MUG'] }) }, add('tea', 5), { do: 'product', id: 'mug', data });
    expect(cart.lines.map(({ id }) => id)).toEqual(['tea']);
    expect(cart).toMatchObject({ total: 50, errors: [] });
  });

  it('does not break when stock falls below a gift of several units', () => {
    const programme = giving({ products: ['MUG'], quantity: 3 });
    const rare = (maxPurchase: number) => ({ price: 4.5, isCloseout: true, maxPurchase });
    const [given, fallen] = carts({ programme, catalogue: { ...catalogue, mug: rare(3) } }, add('tea', 5), {
      do: 'product',
      id: 'mug',
      data: rare(2),
    });
    expect(given && line(given, GIFT)).toMatchObject({ quantity: 3, total: 0, stackable: true });
    expect(fallen).toMatchObject({ total: 50, errors: [] });
    expect(fallen?.lines.map(({ id }) => id)).toEqual(['tea']);
  });

  it('steps back when the shopper buys the last unit', () => {
    const one = { ...catalogue, mug: { price: 4.5, maxPurchase: 1 } };
    const cart = last({ catalogue: one, programme: giving({ products: ['MUG'] }) }, add('tea', 5), add('mug'));
    expect(cart.lines.map(({ id }) => id)).toEqual(['tea', 'mug']);
    expect(cart).toMatchObject({ total: 54.5, errors: [] });
  });

  it('still tells the shopper when a bought unit went with it', () => {
    const programme = giving({ products: ['MUG'] });
    const all = carts({ programme }, add('tea', 5), add('mug', 1), soldOut, load);
    expect(all.map(({ errors }) => errors)).toEqual([[], [], ['product-out-of-stockmug'], []]);
    expect(all.at(-1)?.lines.map(({ id }) => id)).toEqual(['tea']);
  });

  it('gives nothing of products sold in larger packs, and whole packs of others', () => {
    const packs = (product: string, quantity: number) =>
      last({ programme: giving({ products: ['P'], productIds: { P: product }, quantity }) }, add('tea', 5), load);
    expect(packs('pack', 2)).toMatchObject({ lines: [{ id: 'tea' }], errors: [] });
    expect(packs('pack', 4)).toMatchObject({ errors: [], total: 50 });
    expect(line(packs('pack', 4), GIFT)).toMatchObject({ quantity: 4, total: 0 });
    expect(packs('pair', 5)).toMatchObject({ errors: [], total: 50 });
    expect(line(packs('pair', 5), GIFT)).toMatchObject({ quantity: 4, total: 0 });
  });

  it('raises and lowers the units with the rule', () => {
    const all = carts(
      { programme: giving({ quantity: 2 }) },
      add('tea', 5),
      { do: 'programme', programme: giving({ quantity: 3 }) },
      { do: 'programme', programme: giving({ quantity: 1 }) },
    );
    expect(all.map((cart) => line(cart, GIFT)?.quantity)).toEqual([2, 3, 1]);
    expect(all.map(({ total }) => total)).toEqual([50, 50, 50]);
  });
});

describe('any cart', () => {
  const rules = [
    { ...gift, quantity: 2 },
    {
      ...gift,
      code: 'cap-20',
      products: ['CAP', 'TEA'],
      productIds: { CAP: 'cap', TEA: 'tea' },
      minimumGoodsMinor: { EUR: 2000 },
    },
    { ...gift, code: 'pack-1', products: ['PAIR'], productIds: { PAIR: 'pair' }, quantity: 3, minimumGoodsMinor: { EUR: 1 } },
  ];
  const allowed: Record<string, number> = { 'loyalty-gift-mug-50': 2, 'loyalty-gift-cap-20': 1, 'loyalty-gift-pack-1': 3 };
  const programme = terms({
    redemption: { ...redemption, pointValue: { EUR: { valuePoints: 3, valueMinor: 2 } }, stepPoints: 5, maximumShareBps: 9000 },
    freeProducts: rules,
  });

  const ids = [...Object.keys(allowed), 'loyalty-points', 'loyalty-gift-none', 'mine', 'tea', 'lamp', 'pair'];
  const product = fc.constantFrom(...Object.keys(catalogue));
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constant('add'), product, quantity: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      do: fc.constant('add'),
      product,
      id: fc.constantFrom(...ids),
      quantity: fc.integer({ min: 1, max: 4 }),
      payload: fc.constantFrom({}, { loyaltyGift: 'mug-50' }, { loyaltyPoints: 9, loyaltyHold: 'k1' }),
    }),
    fc.record({ do: fc.constant('quantity'), id: fc.constantFrom(...ids), quantity: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constant('remove'), id: fc.constantFrom(...ids) }),
    fc.record({
      do: fc.constant('promotion'),
      id: fc.constant('p'),
      value: fc.integer({ min: 0, max: 6000 }).map((n) => n / 100),
    }),
    fc.record({
      do: fc.constant('fields'),
      fields: fc.record({
        loyalty_points: fc.integer({ min: -10, max: 20_000 }),
        loyalty_redeem: fc.integer({ min: 0, max: 30_000 }),
        loyalty_intent: fc.constantFrom('k1', 'k2', ''),
        loyalty_gift_choice: fc.constantFrom('', '{"mug-50":"cap"}', '{"cap-20":"tea"}'),
      }),
    }),
    fc.record({
      do: fc.constant('product'),
      id: fc.constantFrom('cap', 'tea'),
      // Not 1, below the two caps of a gift: see the known limit above.
      data: fc.record({ price: fc.constant(3.33), maxPurchase: fc.constantFrom(0, 2, 3, 5, 9), isActive: fc.boolean() }),
    }),
    fc.record({
      do: fc.constant('product'),
      id: fc.constantFrom('mug', 'pair'),
      data: fc.record({ price: fc.constant(3.33), maxPurchase: fc.constantFrom(0, 50), isActive: fc.boolean() }),
    }),
  );

  /** The member's fields after a step, since they bound the points. */
  function fieldsAfter(steps: readonly Step[], index: number): Record<string, unknown> {
    const fields = steps.slice(0, index + 1).filter((one) => one.do === 'fields');
    return { loyalty_points: 1000, ...(fields.at(-1)?.['fields'] as Record<string, unknown> | undefined) };
  }

  /** Two lines of a product that ask for more than there is: the shop's own complaint, as long as no gift is part of it. */
  function concernsBoughtOnly(cart: LoadedCart, error: string): boolean {
    const product = /^product-stock-reached(.+)$/.exec(error)?.[1];
    const lines = cart.lines.filter((one) => one.product === product);
    return lines.length > 1 && lines.every(({ payload }) => payload['loyaltyGift'] === undefined);
  }

  function judge(cart: LoadedCart, fields: Record<string, unknown>): void {
    expect(cart.broken).toBeUndefined();
    expect(cart.total).toBeGreaterThanOrEqual(0);
    const discount = cart.lines.find(({ type }) => type === 'discount');
    if (discount) {
      const used = Number(discount.payload['loyaltyPoints']);
      expect(used).toBeLessThanOrEqual(Math.min(Number(fields['loyalty_points']), Number(fields['loyalty_redeem'])));
      expect(Math.round(-discount.total * 100)).toBe(Math.floor((used * 2) / 3));
      expect(discount.payload['loyaltyHold']).toBe(fields['loyalty_intent']);
    }
    for (const one of cart.lines.filter(({ type }) => type === 'product')) {
      const isGift = one.payload['loyaltyGift'] !== undefined;
      expect(one.unit === 0).toBe(isGift);
      if (isGift) expect(one.quantity).toBeLessThanOrEqual(allowed[one.id] ?? 0);
    }
  }

  it('charges for everything but the gifts of its rules, keeps within the balance and comes to rest', () => {
    const sequence = fc.array(step, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(sequence, { minLength: 1, maxLength: 10 }), (sequences) => {
        const scenarios = sequences.map((steps) => ({
          catalogue,
          context: { customer: member() },
          programme,
          steps: steps.flatMap((one) => [one, load, load]),
        }));
        runCarts(scenarios).forEach((loads, number) => {
          loads.forEach((cart, index) => {
            judge(cart, fieldsAfter(sequences[number] ?? [], Math.floor(index / 3)));
            if (index % 3 === 2) expect(cart.lines).toEqual(loads[index - 1]?.lines);
            if (index % 3 !== 0) expect(cart.errors.filter((error) => !concernsBoughtOnly(cart, error))).toEqual([]);
          });
        });
      }),
      { numRuns: 25 },
    );
  }, 180_000);
});

describe('goods that are not open yet', () => {
  const rule = (change: object = {}) => ({
    code: 'lamp',
    products: ['LAMP'],
    productIds: { LAMP: 'lamp' },
    categories: null,
    tiers: ['gold', 'platinum'],
    from: null,
    until: '2998-12-31T23:00:00.000Z',
    localFrom: null,
    localUntil: '2999-01-01T00:00',
    ...change,
  });
  const closing = (...earlyAccess: unknown[]) => terms({ tiers: [{ code: 'gold', name: 'Gold' }], earlyAccess });
  const told = { key: 'loyalty-early-access', product: 'Product lamp', tiers: 'Gold, platinum', date: '2999-01-01 00:00' };

  it('block the cart by name for guests, and for members of other tiers, until they are taken out', () => {
    for (const customer of [null, { ...member(), guest: true }, member({ loyalty_tier: 'silver' })]) {
      const [before, after] = carts({ customer, programme: closing(rule()) }, add('tea'), add('lamp'));
      expect(before?.told).toEqual([]);
      expect(after?.told).toEqual([told]);
      expect(after?.errors).toEqual(['loyalty-early-access-lamp']);
    }
    const left = last({ programme: closing(rule()) }, add('tea'), add('lamp'), { do: 'remove', id: 'lamp' });
    expect(left.told).toEqual([]);
  });

  it('are sold to the tiers they are open to, and to everybody when no rule holds', () => {
    expect(last({ customer: member({ loyalty_tier: 'gold' }), programme: closing(rule()) }, add('lamp')).errors).toEqual([]);
    for (const change of [{ until: '2001-01-01T00:00:00.000Z' }, { from: '2998-01-01T00:00:00.000Z' }, { products: ['TEA'] }]) {
      expect(last({ programme: closing(rule(change)) }, add('lamp')).errors).toEqual([]);
    }
  });

  it('are found by their category, and as variants of the product that is named', () => {
    const variants = { red: { price: 5, parentId: 'lamp' }, blue: { price: 5, categoryIds: ['spring'] } };
    const setting = { catalogue: { ...catalogue, ...variants } };
    expect(last({ ...setting, programme: closing(rule()) }, add('red')).told).toHaveLength(1);
    expect(
      last({ ...setting, programme: closing(rule({ products: null, categories: ['spring'] })) }, add('blue')).told,
    ).toHaveLength(1);
  });

  it('never break a cart by what is no rule, and leave points and gifts alone', () => {
    const broken = [
      null,
      'x',
      {},
      { until: 5, tiers: [] },
      { until: '2999', tiers: 'gold' },
      rule({ products: 'LAMP', productIds: 'x' }),
    ];
    for (const strict of [true, false]) expect(last({ programme: closing(...broken), strict }, add('lamp')).errors).toEqual([]);
    expect(last({ programme: terms({ earlyAccess: 'x', tiers: 'x' }) }, add('lamp')).errors).toEqual([]);
    const cart = last({ customer: wish(300), programme: { ...closing(rule()), freeProducts: [gift] } }, add('lamp'));
    expect(points(cart)).toMatchObject({ total: -3 });
    expect(line(cart, GIFT)).toBeDefined();
    expect(cart.told).toEqual([told]);
  });
});
