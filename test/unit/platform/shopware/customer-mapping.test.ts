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

  it('names what is missing', () => {
    expect(() => mapCustomer({ id: 'c1' }, context)).toThrow('createdAt');
  });
});
