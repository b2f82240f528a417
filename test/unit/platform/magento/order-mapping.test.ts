import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ShopApiError } from '../../../../sidecar/src/errors';
import { isoTime, mapOrder, parseOrder } from '../../../../sidecar/src/platform/magento/order-mapping';

const context = { shopId: 's', hashEmail: (email: string) => `hash(${email})`, invoicedAt: null };

/** An order as Magento 2.4.6 answers it, reduced to what is read. */
function order(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    entity_id: 1,
    increment_id: '000000001',
    state: 'new',
    created_at: '2026-03-01 10:00:00',
    updated_at: '2026-03-01 10:00:01',
    customer_id: 2,
    customer_is_guest: 0,
    customer_email: 'Rig@example.com',
    customer_group_id: 4,
    order_currency_code: 'EUR',
    total_due: 119,
    grand_total: 119,
    items: [item()],
    extension_attributes: {},
    ...change,
  };
}

function item(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    item_id: 7,
    sku: 'RIG-A',
    price: 50,
    qty_ordered: 2,
    qty_refunded: 0,
    qty_canceled: 0,
    row_total: 100,
    row_total_incl_tax: 119,
    tax_amount: 19,
    tax_percent: 19,
    ...change,
  };
}

function map(change: Record<string, unknown> = {}, invoicedAt: string | null = null) {
  return mapOrder(parseOrder(order(change)), { ...context, invoicedAt });
}

describe('Magento orders', () => {
  it('become snapshots in minor units, milli-quantities and ISO times', () => {
    expect(map()).toMatchObject({
      orderId: '1',
      orderNumber: '000000001',
      customerId: '2',
      customerGroup: '4',
      emailHash: 'hash(Rig@example.com)',
      isGuest: false,
      currency: 'EUR',
      placedAt: '2026-03-01T10:00:00.000Z',
      paidAt: null,
      paymentState: 'open',
      orderState: 'open',
      lines: [{ lineId: '7', kind: 'product', quantityMilli: 2000, refundedMilli: 0, grossMinor: 11_900, netMinor: 10_000 }],
    });
  });

  it.each([
    ['new, unpaid', {}, 'open', 'open'],
    ['paid in part', { total_paid: 50, total_due: 69, state: 'processing' }, 'partially_paid', 'open'],
    ['paid', { total_paid: 119, total_due: 0, state: 'processing' }, 'paid', 'open'],
    ['complete', { total_paid: 119, total_due: 0, state: 'complete' }, 'paid', 'completed'],
    [
      'refunded in part',
      { total_paid: 119, total_due: 0, state: 'complete', items: [item({ qty_refunded: 1 })] },
      'partially_refunded',
      'completed',
    ],
    ['closed', { total_paid: 119, total_due: 0, state: 'closed' }, 'refunded', 'open'],
    ['canceled', { state: 'canceled' }, 'cancelled', 'cancelled'],
    ['free and processed', { grand_total: 0, total_due: 0, state: 'processing' }, 'paid', 'open'],
    ['free and new', { grand_total: 0, total_due: 0 }, 'open', 'open'],
  ])('%s', (_name, change, paymentState, orderState) => {
    expect(map(change)).toMatchObject({ paymentState, orderState });
  });

  it('take the time of payment from the module, else from the first invoice, else from the last change', () => {
    const paid = { total_paid: 119, total_due: 0, state: 'processing' };
    expect(map(paid, '2026-03-02 08:00:00').paidAt).toBe('2026-03-02T08:00:00.000Z');
    const loyalty = { paid_at: '2026-03-01 12:00:00' };
    expect(map({ ...paid, extension_attributes: { loyalty } }, '2026-03-02 08:00:00').paidAt).toBe('2026-03-01T12:00:00.000Z');
    expect(map(paid).paidAt).toBe('2026-03-01T10:00:01.000Z');
  });

  it('put what points paid back onto the line, apart from other discounts', () => {
    const paidWithPoints = item({
      row_total: 90,
      discount_tax_compensation_amount: 1.6,
      tax_amount: 17.4,
      extension_attributes: { loyalty_points_discount: 10 },
    });
    const snapshot = map({ items: [paidWithPoints], extension_attributes: { loyalty: { points: 1000, hold_id: 'h1' } } });
    expect(snapshot.redemption).toEqual({ points: 1000, holdId: 'h1' });
    expect(snapshot.lines[0]).toMatchObject({
      grossMinor: 11_900,
      netMinor: 10_000,
      pointsDiscountGrossMinor: 1000,
      pointsDiscountNetMinor: 840,
    });
  });

  it('know what tax a discount saves where catalogue prices are without it', () => {
    const line = item({ row_total: 90, row_total_incl_tax: 109, tax_amount: 17.1 });
    expect(map({ items: [line] }).lines[0]).toMatchObject({ grossMinor: 10_710, netMinor: 9000 });
  });

  it('keep the tax of a line that points paid altogether', () => {
    const free = item({
      row_total: -19,
      discount_tax_compensation_amount: 19,
      tax_amount: 0,
      extension_attributes: { loyalty_points_discount: 119 },
    });
    expect(map({ items: [free] }).lines[0]).toMatchObject({
      grossMinor: 11_900,
      netMinor: 10_000,
      pointsDiscountNetMinor: 10_000,
    });
  });

  it('count a configurable once, units given back or cancelled, and broken quantities', () => {
    const lines = map({
      items: [
        item({ qty_ordered: 2.5, qty_refunded: 0.5, qty_canceled: 1 }),
        item({ item_id: 8, parent_item_id: 7, row_total: 0, row_total_incl_tax: 0 }),
      ],
    }).lines;
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ quantityMilli: 2500, refundedMilli: 1500 });
  });

  it('recognise gifts only at price 0', () => {
    const gift = item({
      item_id: 9,
      sku: 'MUG',
      price: 0,
      row_total: 0,
      row_total_incl_tax: 0,
      qty_ordered: 1,
      extension_attributes: { loyalty_gift: 'mug' },
    });
    const forged = item({ item_id: 10, extension_attributes: { loyalty_gift: 'mug' } });
    const snapshot = map({ items: [item(), gift, forged] });
    expect(snapshot.lines.map((line) => line.kind)).toEqual(['product', 'gift', 'product']);
    expect(snapshot.gifts).toEqual([{ ruleCode: 'mug', productNumber: 'MUG', quantity: 1 }]);
  });

  it('know guests and referral codes', () => {
    expect(map({ customer_id: null, customer_is_guest: 1 })).toMatchObject({ customerId: null, isGuest: true });
    expect(map({ coupon_code: 'FRIEND-1' }).referralCode).toBe('FRIEND-1');
    expect(map({ coupon_code: 'X', extension_attributes: { loyalty: { referral_code: 'REF' } } }).referralCode).toBe('REF');
  });

  it('name what is missing', () => {
    expect(() => parseOrder({ ...order(), order_currency_code: undefined })).toThrow(ShopApiError);
    expect(() => parseOrder({ ...order(), order_currency_code: undefined })).toThrow('order_currency_code');
    expect(isoTime('2026-03-01T10:00:00+02:00')).toBe('2026-03-01T08:00:00.000Z');
  });
});

const captures = resolve(__dirname, '../../../../../shared/captures/magento-2.4.6');

/** Answers of a real shop: read where they are at hand; the cases above have their shapes. */
const captured = existsSync(captures)
  ? [
      { file: 'order_placed.json', grossMinor: [20_000], refundedMilli: [0], paymentState: 'open' },
      { file: 'probe_order_item.json', grossMinor: [17_875, 3575, 0], refundedMilli: [0, 0, 0], paymentState: 'open' },
      {
        file: 'order_after_partial_refund_item.json',
        grossMinor: [17_875, 3575, 0],
        refundedMilli: [1000, 0, 0],
        paymentState: 'partially_refunded',
      },
      { file: 'order_after_adjustment_refund.json', grossMinor: null, refundedMilli: null, paymentState: 'paid' },
    ]
  : [];

describe('captured orders of a real Magento', () => {
  it('are read wherever the captures are at hand', () => {
    expect(captured.length).toBe(existsSync(captures) ? 4 : 0);
    for (const { file, grossMinor, refundedMilli, paymentState } of captured) {
      const { response } = JSON.parse(readFileSync(resolve(captures, file), 'utf8')) as { response: unknown };
      const snapshot = mapOrder(parseOrder(response), context);
      expect({ file, state: snapshot.paymentState }).toEqual({ file, state: paymentState });
      if (grossMinor) expect(snapshot.lines.map((line) => line.grossMinor)).toEqual(grossMinor);
      if (refundedMilli) expect(snapshot.lines.map((line) => line.refundedMilli)).toEqual(refundedMilli);
    }
  });
});

test('what speaks for one person behind two accounts leaves Magento as hashes only', () => {
  const address = { postcode: '73301', street: ['1 Main St', 'Apt. 2'] };
  const extension = { shipping_assignments: [{ shipping: { address } }] };
  const { fraudHints } = map({ customer_email: 'rig.12@yopmail.com', remote_ip: '8.8.4.4', extension_attributes: extension });
  expect(fraudHints).toEqual({
    addressHash: 'hash(address:73301 1mainstapt2)',
    deviceHash: 'hash(network:8.8.4.4)',
    emailCanonicalHash: 'hash(rig.12@yopmail.com)',
    emailStemHash: null,
    isEmailDisposable: true,
  });
  expect(map({ customer_email: null, remote_ip: '127.0.0.1' }).fraudHints).toEqual({
    addressHash: null,
    deviceHash: null,
    emailCanonicalHash: null,
    emailStemHash: null,
    isEmailDisposable: false,
  });
});
