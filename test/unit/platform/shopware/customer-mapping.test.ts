import { mapCustomer } from '../../../../sidecar/src/platform/shopware/customer-mapping';

const context = { shopId: 'shop-1', hashEmail: (email: string) => `hash of ${email}` };
const row = { id: 'c1', email: 'A@Example.com ', createdAt: '2026-11-23T03:00:00.000+00:00', guest: false };

describe('mapCustomer', () => {
  it.each([
    [{}, 'unverified'],
    [{ doubleOptInRegistration: false, doubleOptInConfirmDate: null }, 'unverified'],
    [{ doubleOptInRegistration: true, doubleOptInConfirmDate: null }, 'awaited'],
    [{ doubleOptInRegistration: true, doubleOptInConfirmDate: '2026-11-23T03:05:00.000+00:00' }, 'verified'],
  ])('takes %j for %s', (fields, emailState) => {
    expect(mapCustomer({ ...row, ...fields }, context)).toMatchObject({ emailState, emailHash: 'hash of a@example.com' });
  });

  it.each([
    [undefined, true],
    [[], true],
    [{ loyalty_points: 5 }, true],
    [{ loyalty_version: 3 }, false],
  ])('sees in custom fields %j whether the mirror is missing', (customFields, mirrorMissing) => {
    expect(mapCustomer({ ...row, customFields }, context)).toMatchObject({ mirrorMissing });
  });

  it('reads wishes as the app’s pages write them, the latest five, and passes over anything else', () => {
    const wish = { key: 'a'.repeat(32), kind: 'reward', code: 'tour', at: '2026-11-23T03:00:00.000Z' };
    const read = (loyalty_wishes: unknown) => mapCustomer({ ...row, customFields: { loyalty_wishes } }, context).wishes;
    expect(read([wish])).toEqual([{ key: wish.key, kind: 'reward', code: 'tour', askedAt: wish.at }]);
    const six = ['1', '2', '3', '4', '5', '6'].map((digit) => ({ ...wish, key: digit.repeat(32) }));
    expect(read(six)?.map(({ key }) => key[0])).toEqual(['2', '3', '4', '5', '6']);
    const wrong = [{ key: 'A' }, { code: 'a b' }, { code: 'x'.repeat(65) }, { kind: 'points' }, { at: 'now' }];
    expect(read(wrong.map((change) => ({ ...wish, ...change })))).toBeUndefined();
    for (const odd of [undefined, null, 'x', { 0: wish }, [null, 'x']]) expect(read(odd)).toBeUndefined();
  });

  it('names what is missing', () => {
    expect(() => mapCustomer({ id: 'c1' }, context)).toThrow('createdAt');
  });
});
