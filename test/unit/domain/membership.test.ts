import fc from 'fast-check';
import {
  hasSegments,
  membershipSegment,
  membershipSpells,
  membershipUnits,
  tierWithMemberships,
  type MembershipPlan,
  type MembershipPurchase,
} from '../../../sidecar/src/domain/membership';
import { addMonths } from '../../../sidecar/src/domain/instant';
import { orderLine, orderSnapshot } from '../../support/snapshots';
import { programmeWith } from './examples';

const bought = (paidAt: string, change: Partial<MembershipPurchase> = {}): MembershipPurchase => ({
  orderKey: `order:${paidAt}`,
  paidAt: `${paidAt}T10:00:00.000Z`,
  units: 1,
  months: 1,
  days: 0,
  graceDays: 0,
  ...change,
});
const times = (...purchases: MembershipPurchase[]): string[] =>
  membershipSpells(purchases).map(({ startsAt, endsAt }) => `${startsAt.slice(0, 10)} ${endsAt.slice(0, 10)}`);

describe('the times of a membership', () => {
  test.each<[string, MembershipPurchase[], string[]]>([
    ['begin with the payment', [bought('2026-01-15')], ['2026-01-15 2026-02-15']],
    ['last a period a unit', [bought('2026-01-15', { units: 3 })], ['2026-01-15 2026-04-15']],
    ['end with a month that is shorter, and do not drift', [bought('2026-01-31', { units: 2 })], ['2026-01-31 2026-03-31']],
    ['go on from the end when bought before', [bought('2026-01-15'), bought('2026-02-14')], ['2026-01-15 2026-03-15']],
    [
      'begin anew when bought after',
      [bought('2026-01-15'), bought('2026-02-16')],
      ['2026-01-15 2026-02-15', '2026-02-16 2026-03-16'],
    ],
    [
      'go on from the end within the grace',
      [bought('2026-01-15', { graceDays: 5 }), bought('2026-02-19', { graceDays: 5 })],
      ['2026-01-15 2026-03-15'],
    ],
    ['are none when everything went back', [bought('2026-01-15', { units: 0 })], []],
    ['may be of days', [bought('2026-01-15', { months: 0, days: 30, units: 2 })], ['2026-01-15 2026-03-16']],
  ])('%s', (_name, purchases, expected) => {
    expect(times(...purchases)).toEqual(expected);
  });

  const purchases = fc.uniqueArray(
    fc.record({
      orderKey: fc.string({ minLength: 1, maxLength: 4 }),
      day: fc.integer({ min: 0, max: 400 }),
      units: fc.integer({ min: 0, max: 3 }),
      isMonths: fc.boolean(),
      graceDays: fc.integer({ min: 0, max: 20 }),
    }),
    { selector: ({ orderKey }) => orderKey, maxLength: 8 },
  );

  it('are the same in whichever order purchases are heard of, apart from each other, and as long as what was paid', () => {
    fc.assert(
      fc.property(purchases, fc.infiniteStream(fc.nat()), (drawn, order) => {
        const all = drawn.map(({ orderKey, day, units, isMonths, graceDays }): MembershipPurchase => {
          const paidAt = new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
          return { orderKey, paidAt, units, months: isMonths ? 1 : 0, days: isMonths ? 0 : 30, graceDays };
        });
        const spells = membershipSpells(all);
        const ranks = [...order.take(all.length)];
        const shuffled = all.map((one, i) => ({ one, rank: ranks[i] ?? 0 })).sort((a, b) => a.rank - b.rank);
        expect(membershipSpells(shuffled.map(({ one }) => one))).toEqual(spells);
        spells.forEach(({ startsAt, endsAt, graceEndsAt }, index) => {
          expect(startsAt < endsAt && endsAt <= graceEndsAt).toBe(true);
          expect(startsAt >= (spells[index - 1]?.graceEndsAt ?? '')).toBe(true);
        });
        const lasted = spells.reduce(
          (sum, { startsAt, endsAt }) => sum + (Date.parse(endsAt) - Date.parse(startsAt)) / 86_400_000,
          0,
        );
        const units = all.reduce((sum, one) => sum + one.units, 0);
        expect(lasted).toBeGreaterThanOrEqual(units * 28);
        expect(lasted).toBeLessThanOrEqual(units * 31);
      }),
    );
  });
});

describe('an order', () => {
  const plan = { products: ['CLUB'] };
  const line = orderLine({ productNumber: 'CLUB', quantityMilli: 2000 });
  const paid = { paidAt: '2026-03-01T10:00:00.000Z', paymentState: 'paid' as const, lines: [line] };

  test.each([
    ['that is paid buys its units', {}, 2],
    ['that is not paid buys nothing', { paidAt: null, paymentState: 'open' as const }, 0],
    ['that is cancelled buys nothing', { orderState: 'cancelled' as const }, 0],
    ['that is refunded buys nothing', { paymentState: 'refunded' as const }, 0],
    ['that went back in part buys the rest', { lines: [{ ...line, refundedMilli: 1000 }] }, 1],
    ['buys whole units only', { lines: [{ ...line, quantityMilli: 1900 }] }, 1],
    ['of something else buys nothing', { lines: [orderLine()] }, 0],
    ['that has it as a gift buys nothing', { lines: [{ ...line, kind: 'gift' as const }] }, 0],
  ])('%s', (_name, change, units) => {
    expect(membershipUnits(plan, orderSnapshot({ ...paid, ...change }))).toBe(units);
  });
});

test('the higher of the own tier and those of memberships holds', () => {
  const { tiers } = programmeWith();
  const plan = { code: 'club', tier: 'silver' } as MembershipPlan;
  const inClub = [membershipSegment('club')];
  expect(tierWithMemberships(tiers, [plan], null, inClub)).toBe('silver');
  expect(tierWithMemberships(tiers, [plan], 'gold', inClub)).toBe('gold');
  expect(tierWithMemberships(tiers, [plan], null, [])).toBeNull();
  expect(tierWithMemberships(tiers, [{ ...plan, tier: null }], null, inClub)).toBeNull();
  expect(hasSegments(programmeWith({ memberships: [plan] }))).toBe(true);
  expect(hasSegments(programmeWith())).toBe(false);
});

test.each([
  ['2026-01-31T10:00:00.000Z', 1, '2026-02-28T10:00:00.000Z'],
  ['2028-02-29T10:00:00.000Z', 12, '2029-02-28T10:00:00.000Z'],
  ['2026-11-30T10:00:00.000Z', 3, '2027-02-28T10:00:00.000Z'],
  ['2026-05-31T23:59:59.999Z', 2, '2026-07-31T23:59:59.999Z'],
])('%s and %i months are %s', (from, months, until) => {
  expect(addMonths(from, months)).toBe(until);
});
