import { buttonAnswer, readButton } from '../../../../sidecar/src/platform/shopware/action-button';
import { memberText, orderText, unknownText } from '../../../../sidecar/src/platform/shopware/button-texts';

const press = (data: unknown, source: unknown = { shopId: 'Shop1' }) => readButton({ source, data, meta: {} });
const order = { orderNumber: '10001', pending: 0, available: 0, redeemed: 0, releaseAt: null, needsReview: false };

describe('a button of the app', () => {
  it('says what it was pressed on', () => {
    expect(press({ ids: ['a1', 'b2'], entity: 'order', action: 'loyaltyOrder' })).toEqual({
      externalShopId: 'Shop1',
      entity: 'order',
      id: 'a1',
    });
    expect(press({ ids: ['c1'], entity: 'customer' })).toMatchObject({ entity: 'customer' });
  });

  it.each([[{ ids: [], entity: 'order' }], [{ ids: ['a'], entity: 'product' }], [{ ids: 'a', entity: 'order' }], [null]])(
    'is none with %j',
    (data) => expect(press(data)).toBeNull(),
  );

  it('is none without a shop', () => expect(press({ ids: ['a'], entity: 'order' }, {})).toBeNull());

  it('is answered with a notification', () => {
    expect(JSON.parse(buttonAnswer({ found: true, message: 'm' }))).toEqual({
      actionType: 'notification',
      payload: { status: 'success', message: 'm' },
    });
    expect(buttonAnswer({ found: false, message: 'm' })).toContain('"info"');
  });
});

describe('its texts', () => {
  it('name what there is, and nothing else', () => {
    expect(memberText({ available: 5, pending: 2, debt: 0, tier: null }, 'en-GB')).toBe('5 points available, 2 pending.');
    expect(memberText({ available: 0, pending: 0, debt: 7, tier: 'gold' }, 'de-DE')).toBe(
      '0 Punkte verfügbar, 0 ausstehend. 7 Punkte sind geschuldet und werden mit den nächsten verrechnet. Stufe: gold.',
    );
    expect(orderText({ ...order, available: 3, releaseAt: '2026-03-01T10:00:00.000Z' }, '')).toBe(
      'Order 10001: 0 points pending, 3 available, 0 redeemed.',
    );
    expect(orderText({ ...order, pending: 3, releaseAt: '2026-03-01T10:00:00.000Z' }, 'en')).toContain(
      'Available from 2026-03-01.',
    );
  });

  it.each(['en-GB', 'de-DE', 'es-ES', 'pt-PT', 'ru-RU'])('leave no gap in %s', (locale) => {
    const full = { ...order, pending: 1, releaseAt: '2026-03-01T10:00:00.000Z', needsReview: true };
    const texts = [
      memberText({ available: 1, pending: 2, debt: 3, tier: 'gold' }, locale),
      orderText(full, locale),
      unknownText(locale),
    ];
    for (const text of texts) expect(text).not.toMatch(/[{}]|undefined/);
    expect(texts[1]).toContain('2026-03-01');
  });
});
