import { entitlement } from '../../../sidecar/src/domain/entitlement';
import { positionTarget } from '../../../sidecar/src/domain/position';
import { orderWith, termsWith } from './examples';

const order = orderWith({ redemption: { points: 40, holdId: null } });

test.each([
  ['before release', '2026-03-24T11:59:59.999Z', { pendingPoints: 100, availablePoints: 0, redeemedPoints: 40, released: false }],
  ['at release', '2026-03-24T12:00:00.000Z', { pendingPoints: 0, availablePoints: 100, redeemedPoints: 40, released: true }],
  ['later', '2027-01-01T00:00:00.000Z', { pendingPoints: 0, availablePoints: 100, redeemedPoints: 40, released: true }],
])('%s', (_name, asOf, target) => {
  expect(positionTarget(entitlement(termsWith(), order), asOf)).toEqual(target);
});

test('an unpaid order stays pending', () => {
  const unpaid = orderWith({ paidAt: null, paymentState: 'open' });
  expect(positionTarget(entitlement(termsWith(), unpaid), '2099-01-01T00:00:00.000Z')).toMatchObject({
    pendingPoints: 100,
    availablePoints: 0,
    released: false,
  });
});

test('a cancelled order holds nothing, whether or not it was released', () => {
  const cancelled = entitlement(termsWith(), { ...order, orderState: 'cancelled' });
  for (const asOf of ['2026-03-11T00:00:00.000Z', '2026-12-01T00:00:00.000Z']) {
    expect(positionTarget(cancelled, asOf)).toMatchObject({ pendingPoints: 0, availablePoints: 0, redeemedPoints: 0 });
  }
});
