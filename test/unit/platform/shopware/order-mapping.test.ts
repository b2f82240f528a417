import fc from 'fast-check';
import type { OrderSnapshot } from '../../../../sidecar/src/domain/order-snapshot';
import type { Fields } from '../../../../sidecar/src/platform/shopware/fields';
import { ownId } from '../../../../sidecar/src/platform/shopware/names';
import { mapOrder } from '../../../../sidecar/src/platform/shopware/order-mapping';
import type { StateChange } from '../../../../sidecar/src/platform/shopware/order-states';
import {
  apiOrder,
  book,
  BOOK_LINE,
  CUSTOMER_ID,
  lineItem,
  ORDER_ID,
  refund,
  state,
  tee,
  TEE_LINE,
  transaction,
  TRANSACTION_ID,
} from '../../../fixtures/shopware/api-order';

const context = { shopId: 'shop-1', hashEmail: (email: string) => `hash of ${email}` };

function mapped(change: Fields = {}, history: readonly StateChange[] = []): OrderSnapshot {
  return mapOrder(apiOrder(change), history, context);
}

function goods(order: OrderSnapshot) {
  return order.lines
    .filter((line) => line.kind === 'product')
    .map(({ grossMinor, netMinor, pointsDiscountGrossMinor: points, pointsDiscountNetMinor: pointsNet }) => [
      grossMinor,
      netMinor,
      points,
      pointsNet,
    ]);
}

/** 10.00 off a cart of 40.00 at 19 % and 9.99 at 7 %, as the platform splits it over the rates. */
const pointsLine = lineItem(
  -10,
  [
    { taxRate: 19, tax: -1.28, price: -8 },
    { taxRate: 7, tax: -0.13, price: -2 },
  ],
  {
    id: 'b0000000000000000000000000000000',
    identifier: 'loyalty-points',
    type: 'discount',
    payload: { loyaltyPoints: 1000, loyaltyHold: 'hold-1' },
  },
);

const promotionLine = (change: Fields = {}): Fields =>
  lineItem(
    -5,
    [
      { taxRate: 19, tax: -0.64, price: -4 },
      { taxRate: 7, tax: -0.07, price: -1 },
    ],
    {
      id: 'c0000000000000000000000000000000',
      identifier: 'd0000000000000000000000000000000',
      type: 'promotion',
      referencedId: 'SUMMER',
      promotionId: 'e0000000000000000000000000000000',
      payload: { code: 'SUMMER', promotionId: 'e0000000000000000000000000000000' },
      ...change,
    },
  );

describe('an order', () => {
  it('has the platform-neutral shape', () => {
    expect(mapped()).toEqual({
      shopId: 'shop-1',
      orderId: ORDER_ID,
      orderNumber: '10001',
      channelId: null,
      customerId: CUSTOMER_ID,
      emailHash: 'hash of petra.probe@example.com',
      isGuest: false,
      customerGroup: 'cfbd5018d38d41d8adca10d94fc8bdd6',
      currency: 'EUR',
      placedAt: '2026-11-23T03:14:55.918Z',
      paidAt: null,
      completedAt: null,
      paymentState: 'open',
      orderState: 'open',
      lines: [
        {
          lineId: TEE_LINE,
          kind: 'product',
          productNumber: 'RIG-TEE',
          categoryIds: ['shirts', 'all'],
          quantityMilli: 2000,
          refundedMilli: 0,
          grossMinor: 4000,
          netMinor: 3361,
          pointsDiscountGrossMinor: 0,
          pointsDiscountNetMinor: 0,
        },
        {
          lineId: BOOK_LINE,
          kind: 'product',
          productNumber: 'RIG-BOOK',
          categoryIds: ['books', 'all'],
          quantityMilli: 1000,
          refundedMilli: 0,
          grossMinor: 999,
          netMinor: 934,
          pointsDiscountGrossMinor: 0,
          pointsDiscountNetMinor: 0,
        },
      ],
      redemption: null,
      gifts: [],
      referralCode: null,
      refundNeedsReview: false,
      fraudHints: {
        addressHash: null,
        deviceHash: null,
        emailCanonicalHash: 'hash of petra.probe@example.com',
        emailStemHash: 'hash of petra.probe@example.com',
        isEmailDisposable: false,
      },
    });
  });

  it('knows a guest by the e-mail alone, and a deleted customer as no guest', () => {
    const guest = { customerId: CUSTOMER_ID, email: 'guest@example.com', customer: { guest: true, groupId: null } };
    expect(mapped({ orderCustomer: guest })).toMatchObject({
      customerId: null,
      isGuest: true,
      emailHash: 'hash of guest@example.com',
      customerGroup: null,
    });
    const deleted = { customerId: null, email: 'gone@example.com', customer: null };
    expect(mapped({ orderCustomer: deleted })).toMatchObject({ customerId: null, isGuest: false, customerGroup: null });
    expect(mapped({ orderCustomer: null })).toMatchObject({ customerId: null, emailHash: null });
  });

  it('bears null, missing fields and empty lists where maps are expected', () => {
    const bare = { payload: [], price: null, calculatedTaxes: null, parentId: null };
    const order = mapped({
      lineItems: [{ ...tee, ...bare }],
      transactions: null,
      stateMachineState: null,
      orderNumber: null,
      affiliateCode: '',
    });
    expect(order).toMatchObject({ orderNumber: '', paymentState: 'open', orderState: 'open', referralCode: null });
    expect(order.lines).toMatchObject([{ productNumber: null, categoryIds: [], grossMinor: 4000, netMinor: 4000 }]);
    expect(mapped({ lineItems: [] }).lines).toEqual([]);
  });

  it.each([
    [{ id: null }, 'an order without a valid id'],
    [{ currency: [] }, `order ${ORDER_ID} without a valid currency`],
    [{ orderDateTime: 'yesterday' }, `order ${ORDER_ID} without a valid orderDateTime`],
    [{ lineItems: [{ ...tee, id: null }] }, 'an order line without a valid id'],
    [{ lineItems: [{ ...tee, price: null, totalPrice: null }] }, 'an order line without a valid totalPrice'],
  ])('is refused with %j: %s', (change, message) => {
    expect(() => mapped(change)).toThrow(message);
  });
});

describe('value of the lines', () => {
  it('is read from net prices', () => {
    const net = lineItem(100, [{ taxRate: 19, tax: 19, price: 100 }], { id: TEE_LINE });
    expect(goods(mapped({ taxStatus: 'net', lineItems: [net] }))).toEqual([[11900, 10000, 0, 0]]);
  });

  it('is without tax where none is due', () => {
    expect(goods(mapped({ taxStatus: 'tax-free', lineItems: [lineItem(100, [])] }))).toEqual([[10000, 10000, 0, 0]]);
  });

  it('follows the currency', () => {
    const yen = lineItem(1200, [{ taxRate: 10, tax: 109, price: 1200 }]);
    expect(goods(mapped({ currency: { isoCode: 'JPY' }, lineItems: [yen] }))).toEqual([[1200, 1091, 0, 0]]);
  });

  it('is after discounts, which are taken off the products to the cent', () => {
    const order = mapped({ lineItems: [tee, book, promotionLine()] });
    expect(goods(order)).toEqual([
      [3600, 3025, 0, 0],
      [899, 841, 0, 0],
    ]);
    // 44.99 gross and 38.66 net, in 30.25 at 19 % and 8.41 at 7 %, as the captured order has them.
    expect(goods(order).reduce((sum, [gross = 0]) => sum + gross, 0)).toBe(4499);
    expect(goods(order).reduce((sum, [, net = 0]) => sum + net, 0)).toBe(3866);
    expect(order.lines[2]).toMatchObject({ kind: 'discount', grossMinor: 0, netMinor: 0, productNumber: null });
  });

  it('takes a promotion for certain products off those alone', () => {
    const composition = [{ id: 'book', quantity: 1, discount: 5 }];
    const payload = { code: 'BOOKS', composition };
    const price = { totalPrice: -5, calculatedTaxes: [{ taxRate: 7, tax: -0.33, price: -5 }] };
    expect(goods(mapped({ lineItems: [tee, book, promotionLine({ payload, price })] }))).toEqual([
      [4000, 3361, 0, 0],
      [499, 467, 0, 0],
    ]);
  });

  it('keeps what points paid apart', () => {
    const order = mapped({ lineItems: [tee, book, pointsLine] });
    expect(goods(order)).toEqual([
      [4000, 3361, 800, 672],
      [999, 934, 200, 187],
    ]);
    expect(order.redemption).toEqual({ points: 1000, holdId: 'hold-1' });
    expect(order.lines[2]).toMatchObject({ kind: 'points', grossMinor: 0, netMinor: 0 });
  });

  it('lets points pay only what a discount left', () => {
    const order = mapped({ lineItems: [pointsLine, promotionLine(), tee, book] });
    expect(goods(order)).toEqual([
      [3600, 3025, 800, 672],
      [899, 841, 200, 187],
    ]);
  });

  it('never falls below nothing', () => {
    const price = { totalPrice: -100, calculatedTaxes: [{ taxRate: 19, tax: -15.97, price: -100 }] };
    expect(goods(mapped({ lineItems: [tee, book, promotionLine({ totalPrice: -100, price })] }))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('leaves surcharges, containers and parts of a product alone', () => {
    const surcharge = lineItem(3, [], { id: '1', type: 'discount' });
    const container = lineItem(40, [], { id: '2', type: 'container' });
    const part = { ...book, id: '3', parentId: TEE_LINE };
    const order = mapped({ lineItems: [tee, surcharge, container, part] });
    expect(order.lines.map(({ kind, grossMinor }) => [kind, grossMinor])).toEqual([
      ['product', 4000],
      ['other', 300],
      ['other', 4000],
      ['other', 999],
    ]);
  });

  it('sums to the order for any products, discounts and points', () => {
    const cents = fc.integer({ min: 0, max: 100_000 });
    const taxed = (amount: number, taxRate: number) => {
      const tax = Math.round((amount * taxRate) / (100 + taxRate));
      return { taxRate, tax: tax / 100, price: amount / 100 };
    };
    fc.assert(
      fc.property(
        fc.array(fc.record({ amount: cents, rate: fc.constantFrom(19, 7, 0) }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { maxLength: 3 }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (products, discounts, pointsShare) => {
          const byRate = [19, 7, 0].map((rate) => ({
            rate,
            amount: products.filter((product) => product.rate === rate).reduce((sum, { amount }) => sum + amount, 0),
          }));
          const off = (share: number, change: Fields) => {
            const taxes = byRate.map(({ rate, amount }) => taxed(-Math.floor(amount * share), rate));
            const total = byRate.reduce((sum, { amount }) => sum - Math.floor(amount * share), 0);
            return lineItem(total / 100, taxes, change);
          };
          const lineItems = [
            ...products.map(({ amount, rate }, index) => lineItem(amount / 100, [taxed(amount, rate)], { id: `p${index}` })),
            ...discounts.map((share, index) => off(share, { id: `d${index}`, type: 'promotion' })),
            off(pointsShare, { id: 'points', type: 'discount', identifier: 'loyalty-points', payload: { loyaltyPoints: 5 } }),
          ];
          const order = mapped({ lineItems });
          const sumOf = (pick: (item: Fields) => number, items: readonly Fields[]): number =>
            Math.round(items.map(pick).reduce((sum, part) => sum + part, 0) * 100);
          const total = (item: Fields): number => item['totalPrice'] as number;
          const isPoints = (item: Fields): boolean => item['id'] === 'points';
          const rest = lineItems.filter((item) => !isPoints(item));
          const gross = order.lines.reduce((sum, line) => sum + line.grossMinor, 0);
          const points = order.lines.reduce((sum, line) => sum + line.pointsDiscountGrossMinor, 0);
          expect(gross).toBe(sumOf(total, rest));
          expect(points + sumOf(total, lineItems.filter(isPoints))).toBe(0);
          for (const line of order.lines) {
            expect(line.grossMinor).toBeGreaterThanOrEqual(line.pointsDiscountGrossMinor);
            expect(line.netMinor).toBeGreaterThanOrEqual(line.pointsDiscountNetMinor);
            expect(line.pointsDiscountNetMinor).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });
});

describe('what a shopper could forge', () => {
  it('points on a product line are none', () => {
    const forged = { ...tee, payload: { productNumber: 'RIG-TEE', loyaltyPoints: 500, loyaltyHold: 'h' } };
    expect(mapped({ lineItems: [forged] })).toMatchObject({ redemption: null, lines: [{ kind: 'product' }] });
  });

  it('points on a discount that is not the cart script’s are none', () => {
    const foreign = { ...pointsLine, identifier: 'probe-discount' };
    expect(mapped({ lineItems: [tee, foreign] })).toMatchObject({ redemption: null, lines: [{}, { kind: 'discount' }] });
  });

  it('the script’s identifier on a product is a product', () => {
    expect(mapped({ lineItems: [{ ...tee, identifier: 'loyalty-points' }] }).lines).toMatchObject([{ kind: 'product' }]);
  });

  it('a gift that costs something is a product', () => {
    const forged = { ...tee, payload: { productNumber: 'RIG-TEE', loyaltyGift: 'spring' } };
    expect(mapped({ lineItems: [forged] })).toMatchObject({ gifts: [], lines: [{ kind: 'product', grossMinor: 4000 }] });
  });
});

describe('free products', () => {
  it('are told apart and worth nothing', () => {
    const gift = lineItem(0, [{ taxRate: 19, tax: 0, price: 0 }], {
      id: 'f0000000000000000000000000000000',
      payload: { productNumber: 'RIG-SOCKS', loyaltyGift: 'spring' },
    });
    const order = mapped({ lineItems: [tee, gift] });
    expect(order.lines[1]).toMatchObject({ kind: 'gift', productNumber: 'RIG-SOCKS', quantityMilli: 1000, grossMinor: 0 });
    expect(order.gifts).toEqual([{ ruleCode: 'spring', productNumber: 'RIG-SOCKS', quantity: 1 }]);
  });
});

describe('states', () => {
  const at = (minute: number): string => `2026-11-23T03:${String(minute).padStart(2, '0')}:00.000Z`;
  const entered = (referencedId: string, name: string, minute: number): StateChange => ({
    referencedId,
    state: name,
    at: at(minute),
  });

  it.each([
    ['open', 'open'],
    ['in_progress', 'open'],
    ['authorized', 'open'],
    ['reminded', 'open'],
    ['paid', 'paid'],
    ['paid_partially', 'partially_paid'],
    ['refunded', 'refunded'],
    ['refunded_partially', 'partially_refunded'],
    ['chargeback', 'refunded'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
  ])('a payment that is %s counts as %s', (technicalName, paymentState) => {
    expect(mapped({ transactions: [transaction(technicalName)] }).paymentState).toBe(paymentState);
  });

  it('payment time is the first full payment and stays after refunds', () => {
    const history = [
      entered(TRANSACTION_ID, 'paid', 20),
      entered(TRANSACTION_ID, 'paid', 15),
      entered(TRANSACTION_ID, 'refunded', 30),
      entered('another', 'paid', 1),
    ];
    expect(mapped({ transactions: [transaction('paid')] }, history).paidAt).toBe(at(15));
    expect(mapped({ transactions: [transaction('refunded')] }, history).paidAt).toBe(at(15));
    expect(mapped({ transactions: [transaction('open')] }, history).paidAt).toBeNull();
  });

  it('without a history the last touch stands in', () => {
    expect(mapped({ transactions: [transaction('paid')] }).paidAt).toBe('2026-11-23T03:14:56.265Z');
    expect(mapped({ transactions: [transaction('paid', { updatedAt: null })] }).paidAt).toBe('2026-11-23T03:14:55.938Z');
    const completed = { stateMachineState: state('completed') };
    expect(mapped(completed).completedAt).toBe('2026-11-23T03:14:55.938Z');
  });

  it('completion is the last one, and none while the order is open again', () => {
    const history = [entered(ORDER_ID, 'completed', 40), entered(ORDER_ID, 'completed', 50)];
    expect(mapped({ stateMachineState: state('completed') }, history)).toMatchObject({
      orderState: 'completed',
      completedAt: at(50),
    });
    expect(mapped({ stateMachineState: state('in_progress') }, history)).toMatchObject({ orderState: 'open', completedAt: null });
    expect(mapped({ stateMachineState: state('cancelled') }).orderState).toBe('cancelled');
  });

  it('of several payments the one with money in it counts, else the last that may still bring some', () => {
    const try1 = transaction('failed', { id: '1', createdAt: at(1) });
    const try2 = transaction('paid', { id: '2', createdAt: at(2), updatedAt: at(3) });
    const try3 = transaction('open', { id: '3', createdAt: at(4) });
    const try4 = transaction('cancelled', { id: '4', createdAt: at(5) });
    const stateOf = (...transactions: Fields[]) => mapped({ transactions }).paymentState;
    expect(stateOf(try3, try2, try1)).toBe('paid');
    expect(stateOf(try4, try3, try1)).toBe('open');
    expect(stateOf(try1, try4)).toBe('cancelled');
    expect(mapped({ transactions: [try3, try2] }).paidAt).toBe(at(3));
  });
});

describe('refunds', () => {
  const withRefunds = (technicalName: string, ...refunds: Fields[]) =>
    mapped({ transactions: [transaction(technicalName, { captures: [{ refunds }] })] });

  it('give back the units of their completed positions', () => {
    const order = withRefunds(
      'refunded_partially',
      refund('completed', [{ line: TEE_LINE, quantity: 1 }]),
      refund('open', [{ line: BOOK_LINE, quantity: 1 }]),
    );
    expect(order.lines.map((line) => line.refundedMilli)).toEqual([1000, 0]);
    expect(order.refundNeedsReview).toBe(false);
  });

  it('never give back more than was bought', () => {
    const twice = [
      refund('completed', [{ line: TEE_LINE, quantity: 2 }]),
      refund('completed', [{ line: TEE_LINE, quantity: 2 }]),
    ];
    expect(withRefunds('refunded_partially', ...twice).lines[0]?.refundedMilli).toBe(2000);
  });

  it('that name no lines are for staff to look at', () => {
    expect(withRefunds('refunded_partially').refundNeedsReview).toBe(true);
    expect(mapped({ transactions: [transaction('refunded_partially', { captures: null })] }).refundNeedsReview).toBe(true);
    const some = [refund('completed', [{ line: TEE_LINE, quantity: 1 }]), refund('completed', [])];
    expect(withRefunds('refunded_partially', ...some).refundNeedsReview).toBe(true);
    expect(withRefunds('refunded').refundNeedsReview).toBe(false);
  });
});

describe('the referral code', () => {
  const ours = promotionLine({
    payload: { code: 'FRIEND42', promotionId: ownId('shop-1', 'friend-promotion', 'FRIEND42') },
    promotionId: null,
  });

  it('is that of our promotion, else of the link, else any that was typed', () => {
    expect(mapped({ lineItems: [tee, promotionLine(), ours], affiliateCode: 'LINK' }).referralCode).toBe('FRIEND42');
    expect(mapped({ lineItems: [tee, promotionLine()], affiliateCode: 'LINK' }).referralCode).toBe('LINK');
    expect(mapped({ lineItems: [tee, promotionLine({ payload: [] })] }).referralCode).toBe('SUMMER');
    expect(mapped({ affiliateCode: 'LINK' }).referralCode).toBe('LINK');
  });

  it('of another shop’s promotion is not ours', () => {
    const foreign = promotionLine({
      payload: { code: 'X', promotionId: ownId('shop-2', 'friend-promotion', 'X') },
      promotionId: null,
    });
    expect(mapped({ lineItems: [tee, foreign], affiliateCode: 'LINK' }).referralCode).toBe('LINK');
  });
});

test('what speaks for one person behind two accounts leaves the shop as hashes only', () => {
  const shippingOrderAddress = { street: 'Hauptstraße 5', additionalAddressLine1: 'Hof', zipcode: '10 115' };
  const orderCustomer = {
    customerId: 'c1',
    email: 'Sam.Shopper+2@gmail.com',
    remoteAddress: '8.8.4.0',
    customer: { guest: false },
  };
  const { fraudHints } = mapOrder(apiOrder({ orderCustomer, deliveries: [{ shippingOrderAddress }] }), [], context);
  expect(fraudHints).toEqual({
    addressHash: 'hash of address:10115 hauptst5hof',
    deviceHash: 'hash of network:8.8.4.0',
    emailCanonicalHash: 'hash of samshopper@gmail.com',
    emailStemHash: 'hash of samshopper@gmail.com',
    isEmailDisposable: false,
  });
});
