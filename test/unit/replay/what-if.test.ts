import fc from 'fast-check';
import { entitlement } from '../../../sidecar/src/domain/entitlement';
import type { OrderSnapshot } from '../../../sidecar/src/domain/order-snapshot';
import type { Programme } from '../../../sidecar/src/domain/programme';
import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { NO_FACTS, type PastMember } from '../../../sidecar/src/replay/past-member';
import { replayMember } from '../../../sidecar/src/replay/replay-member';
import { NO_SHARING } from '../../../sidecar/src/replay/shared-budgets';
import { WhatIf, type WhatIfSums } from '../../../sidecar/src/replay/what-if-report';
import { programmeDocument } from '../../support/programme';
import { orderLine, orderSnapshot } from '../../support/snapshots';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const END = '2027-06-30T23:59:59.999Z';
const PERIOD = { from: '2026-01-01T00:00:00.000Z', until: END };
const at = (day: number): string => new Date(START + day * DAY_MS).toISOString();

function programmeOf(change: Record<string, unknown>): Programme {
  const parsed = parseProgramme(programmeDocument(change));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.programme;
}

const campaigns = [{ code: 'spring', name: 'Spring', multiplier: 3, from: '2026-03-01', until: '2026-06-01' }];
const withTiers = programmeOf({ welcome: { points: 20 }, campaigns });
const generous = programmeOf({ welcome: { points: 100 }, expireAfterDays: 60 });
/** Nothing of one order depends on another. */
const plain = programmeOf({ accrual: { lockDays: 0, multipliers: [] }, tiers: { levels: [] }, expireAfterDays: null, campaigns });

const order = fc.record({
  day: fc.integer({ min: 0, max: 364 }),
  units: fc.integer({ min: 1, max: 900 }),
  refunded: fc.integer({ min: 0, max: 1000 }),
  fate: fc.constantFrom('paid', 'paid', 'paid', 'open', 'cancelled'),
  redeemed: fc.integer({ min: 0, max: 300 }),
});

function snapshotOf(
  { day, units, refunded, fate, redeemed }: typeof order extends fc.Arbitrary<infer T> ? T : never,
  id: number,
) {
  const line = orderLine({
    quantityMilli: units * 1000,
    refundedMilli: Math.floor((units * refunded) / 1000) * 1000,
    grossMinor: units * 100,
    netMinor: units * 84,
  });
  const redemption = redeemed === 0 ? null : { points: redeemed, valueMinor: redeemed, holdId: null };
  const state = {
    paid: { paidAt: at(day), paymentState: 'paid', orderState: 'completed' },
    open: { paidAt: null, paymentState: 'open', orderState: 'open' },
    cancelled: { paidAt: null, paymentState: 'cancelled', orderState: 'cancelled' },
  }[fate] as Partial<OrderSnapshot>;
  return orderSnapshot({ orderId: `o${id}`, placedAt: at(day), lines: [line], redemption, ...state });
}

const member: fc.Arbitrary<PastMember & { segments: string[] }> = fc
  .array(order, { maxLength: 8 })
  .map((orders) => [...orders].sort((a, b) => a.day - b.day))
  .map((orders) => ({
    joinedAt: at(0),
    segments: [],
    facts: NO_FACTS,
    orders: orders.map((one, id) => ({ snapshot: snapshotOf(one, id), segments: [] })),
  }));
const alone = (programme: Programme, one: PastMember) => replayMember(programme, one, PERIOD, NO_SHARING);
const named = (people: readonly (PastMember & { segments: string[] })[]) =>
  people.map((one, id) => ({ ...one, memberId: `member-${id}` }));
const members = fc.array(member, { maxLength: 6 }).map(named);

const replayed = (people: ReturnType<typeof named>, draft = withTiers) => {
  const whatIf = new WhatIf(draft, generous, PERIOD);
  for (const one of people) whatIf.add(one);
  return whatIf;
};

test('the same members give the same report, in any order', () => {
  fc.assert(
    fc.property(members, (people) => {
      const report = JSON.stringify(replayed(people).report());
      expect(JSON.stringify(replayed(people).report())).toBe(report);
      expect(JSON.stringify(replayed([...people].reverse()).report())).toBe(report);
    }),
    { numRuns: 60 },
  );
});

test('who gains and who loses most is named, the ten largest differences', () => {
  fc.assert(
    fc.property(fc.array(member, { minLength: 8, maxLength: 30 }).map(named), (people) => {
      const differences = people
        .map((one) => ({
          memberId: one.memberId,
          points: alone(withTiers, one).issued - alone(generous, one).issued,
        }))
        .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.memberId < b.memberId ? -1 : 1));
      expect(replayed(people).report().compared).toMatchObject({
        mostGained: differences.filter(({ points }) => points > 0).slice(0, 10),
        mostLost: differences.filter(({ points }) => points < 0).slice(0, 10),
      });
    }),
    { numRuns: 30 },
  );
});

test('sums that were stored go on as if nothing had happened', () => {
  fc.assert(
    fc.property(members, fc.nat(6), (people, cut) => {
      const stored = JSON.stringify(replayed(people.slice(0, cut)).sums());
      const rest = new WhatIf(withTiers, generous, PERIOD).goOn(JSON.parse(stored) as WhatIfSums);
      for (const one of people.slice(cut)) rest.add(one);
      expect(rest.report()).toEqual(replayed(people).report());
    }),
    { numRuns: 60 },
  );
});

test('every point that was issued is spent, expired, waiting or there', () => {
  fc.assert(
    fc.property(member, fc.constantFrom(withTiers, generous, plain), (one, programme) => {
      const { issued, redeemed, expired, pending, available } = alone(programme, one);
      expect(redeemed + expired + pending + available).toBe(issued);
    }),
  );
});

test('orders earn what the books would give each of them, where none depends on another', () => {
  fc.assert(
    fc.property(member, (one) => {
      const { earnedByOrder, issued } = alone(plain, one);
      const terms = { programmeVersionId: '', programme: plain, tier: null, segments: [], grants: [] };
      const given = one.orders.map(({ snapshot }) => [snapshot.orderId, entitlement(terms, snapshot).earnedPoints] as const);
      expect([...earnedByOrder]).toEqual(given);
      expect(issued).toBe(given.reduce((sum, [, points]) => sum + points, 0));
    }),
  );
});

test('a time that is cut at any month sums up to the whole, where no order depends on another', () => {
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1)).toISOString());
  fc.assert(
    fc.property(member, fc.constantFrom(...months), (one, cut) => {
      const part = (isIn: (placedAt: string) => boolean) =>
        alone(plain, { ...one, orders: one.orders.filter(({ snapshot }) => isIn(snapshot.placedAt)) }).issued;
      expect(part((placedAt) => placedAt < cut) + part((placedAt) => placedAt >= cut)).toBe(part(() => true));
    }),
  );
});

test('the report names what of a draft is in it, and what is not', () => {
  const codes = (change: Record<string, unknown>) => {
    const { replayed: within = [], leftOut } = replayed([], programmeOf(change)).report();
    return { within: within.map(({ code }) => code), leftOut: leftOut.map(({ code }) => code) };
  };
  const accrual = { lockDays: 0, multipliers: [] };
  const plainOne = codes({ accrual, tiers: { levels: [] } });
  expect(plainOne).toEqual({ within: [], leftOut: ['what_if_without_corrections'] });
  expect(codes({}).leftOut).toEqual(['what_if_without_ended_tiers', 'what_if_without_corrections']);
  expect(codes({ campaigns: [{ ...campaigns[0], budget: { points: 100 } }] }).within).toContain('what_if_with_budgets');
  expect(codes({ campaigns }).within).not.toContain('what_if_with_budgets');
});
