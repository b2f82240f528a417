import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { friendCodeOf, gatewayAnswer, readCheckout } from '../../../../sidecar/src/platform/shopware/checkout-gateway';
import { ownPrefix } from '../../../../sidecar/src/platform/shopware/names';
import { matchesHmac } from '../../../../sidecar/src/platform/shopware/signature';

const CAPTURE = join(__dirname, '../../../../../shared/captures/shopware-6.6.7.1/018-gateway.checkout.json');

function pointsLine(change: Record<string, unknown> = {}) {
  return {
    id: 'loyalty-points',
    type: 'discount',
    payload: { loyaltyPoints: 500, loyaltyHold: '1764000000.12-abc' },
    price: { totalPrice: -5, unitPrice: -5, quantity: 1 },
    ...change,
  };
}

function checkout(lines: unknown, change: Record<string, unknown> = {}, states: unknown = []) {
  return {
    source: { url: 'https://shop.example', shopId: 'ShopId1', appVersion: '1.0.0' },
    salesChannelContext: {
      salesChannel: { id: 'sc1' },
      currency: { isoCode: 'EUR' },
      customer: { id: 'c1', guest: false },
      context: { states },
      ...change,
    },
    cart: { lineItems: lines, token: 't' },
  };
}

describe('readCheckout', () => {
  it('reads who spends what, and whether the order is being placed', () => {
    const placing = { 'checkout-order-route': 'checkout-order-route' };
    expect(readCheckout(checkout([pointsLine()], {}, placing))).toEqual({
      externalShopId: 'ShopId1',
      customerId: 'c1',
      isPlacement: true,
      currency: 'EUR',
      email: null,
      promotions: [],
      goods: [],
      place: 'sc1',
      isToldEarlyAccess: false,
      points: { intent: '1764000000.12-abc', points: 500, valueMinor: 500 },
    });
    expect(readCheckout(checkout([pointsLine()], {}, { 'logged-in': 'logged-in' }))).toMatchObject({ isPlacement: false });
  });

  it('knows guests and visitors by having no customer', () => {
    expect(readCheckout(checkout([], { customer: { id: 'c1', guest: true } }))).toMatchObject({ customerId: null });
    expect(readCheckout(checkout([], { customer: null }))).toMatchObject({ customerId: null });
  });

  it('knows a friend’s code among the promotions, and by whom it is used', () => {
    const promotion = (promotionId: string, code: string) => ({ type: 'promotion', payload: { promotionId, code } });
    const ours = `${ownPrefix('shop-1', 'friend-promotion')}00000000000000000000`;
    const read = readCheckout(
      checkout(
        [promotion('0'.repeat(32), 'SALE'), promotion(ours, 'DEMO-7KQ2MXPA'), { ...promotion(ours, 'FAKE'), type: 'product' }],
        {
          customer: { id: 'c1', guest: false, email: 'Friend@example.com' },
        },
      ),
    );
    if (!read) throw new Error('no checkout');
    expect(read.email).toBe('Friend@example.com');
    expect(friendCodeOf(read, 'shop-1')).toBe('DEMO-7KQ2MXPA');
    expect(friendCodeOf(read, 'shop-2')).toBeNull();
  });

  it('believes no line that a client can make', () => {
    const product = pointsLine({ type: 'product' });
    const other = pointsLine({ id: 'loyalty-points-2' });
    expect(readCheckout(checkout([product, other]))).toMatchObject({ points: null });
  });

  it.each([
    [undefined, ''],
    ['x'.repeat(101), ''],
    ['a;b', ''],
    ['a:b', ''],
    ['späť', ''],
    ['1764000000.1-9', '1764000000.1-9'],
  ])('takes the intent %p for %p', (loyaltyHold, intent) => {
    const line = pointsLine({ payload: { loyaltyPoints: 5, loyaltyHold } });
    expect(readCheckout(checkout([line]))).toMatchObject({ points: { intent } });
  });

  it.each([[null], ['text'], [[]], [{}], [{ source: { shopId: 'x' } }], [checkout([], { currency: null })]])(
    'finds no checkout in %j',
    (body) => expect(readCheckout(body)).toBeNull(),
  );

  it('reads goods as the shop wrote them, without gifts, and whether the shopper was told what is not open yet', () => {
    const product = (id: string, totalPrice: number) => ({
      id,
      type: 'product',
      label: 'Lamp',
      payload: { productNumber: 'LAMP', categoryIds: ['c'], loyaltyGift: 'x' },
      price: { totalPrice },
    });
    const body = checkout([product('l1', 5), product('loyalty-gift-a', 0), { id: 'x', type: 'product' }]);
    expect(readCheckout(body)?.goods).toEqual([{ productNumber: 'LAMP', categoryIds: ['c'], name: 'Lamp' }]);
    const told = readCheckout({ ...body, cart: { ...body.cart, errors: [{ messageKey: 'loyalty-early-access' }] } });
    const closed = { denial: 'early_access', productNumber: 'L', product: 'Lamp', tiers: ['Gold'], timeZone: 'UTC' } as const;
    const refusal = { ...closed, opensAt: '2026-03-31T22:00:00.000Z' };
    expect(gatewayAnswer(refusal, 'de-DE', { isToldEarlyAccess: false })).toContain('Lamp ist vorerst nur für Gold freigegeben');
    expect(gatewayAnswer(refusal, 'de-DE', told ?? { isToldEarlyAccess: false })).toBe('[]');
  });

  it('survives lines without anything in them', () => {
    expect(readCheckout(checkout([{ id: 'loyalty-points', type: 'discount' }]))).toMatchObject({
      points: { intent: '', points: 0, valueMinor: 0 },
    });
  });

  it('reads what a real shop sent, where the capture is at hand', () => {
    const body = existsSync(CAPTURE)
      ? (JSON.parse(readFileSync(CAPTURE, 'utf8')) as { rawBody: string }).rawBody
      : JSON.stringify(checkout([]));
    const read = readCheckout(JSON.parse(body));
    expect(read).toMatchObject({ isPlacement: false, currency: 'EUR', points: null });
    expect(read?.customerId).not.toBeNull();
    expect(matchesHmac('secret', body, '0'.repeat(64))).toBe(false);
  });
});

describe('gatewayAnswer', () => {
  it('lets through with no command', () => {
    expect(gatewayAnswer(null, 'de-DE')).toBe('[]');
  });

  it.each([
    ['de-DE', 'anmelden|Melde|melde'],
    ['es-ES', 'Inicia'],
    ['pt-PT', 'Inicie'],
    ['ru-RU', 'Войдите'],
    ['fr-FR', 'log in'],
    ['', 'log in'],
  ])('stops an order in the language of %p', (locale, words) => {
    const commands = JSON.parse(gatewayAnswer('log_in', locale)) as { command: string; payload: unknown }[];
    expect(commands).toEqual([
      { command: 'add-cart-error', payload: { message: expect.stringMatching(words) as string, blocking: true, level: 20 } },
    ]);
  });
});
