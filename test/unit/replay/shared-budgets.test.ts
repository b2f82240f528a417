import fc from 'fast-check';
import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { NO_FACTS } from '../../../sidecar/src/replay/past-member';
import { BudgetRound } from '../../../sidecar/src/replay/what-if-budgets';
import { replayMember } from '../../../sidecar/src/replay/replay-member';
import { programmeDocument } from '../../support/programme';
import { orderLine, orderSnapshot } from '../../support/snapshots';

const PERIOD = { from: '2026-01-01T00:00:00.000Z', until: '2026-12-31T23:59:59.999Z' };
const BONUS = 40;

/** Who orders when, in days of the year. */
const shoppers = fc.array(fc.array(fc.nat(300), { maxLength: 5 }), { maxLength: 6 });

function membersOf(days: readonly (readonly number[])[]) {
  return days.map((own, member) => ({
    joinedAt: PERIOD.from,
    facts: NO_FACTS,
    orders: [...own]
      .sort((a, b) => a - b)
      .map((day, index) => {
        const at = new Date(Date.parse(PERIOD.from) + day * 86_400_000).toISOString();
        const paid = { placedAt: at, paidAt: at, paymentState: 'paid' } as const;
        const lines = [orderLine({ quantityMilli: 1000, grossMinor: 10, netMinor: 8 })];
        return { snapshot: orderSnapshot({ orderId: `o${member}-${index}`, lines, ...paid }), segments: [] };
      }),
  }));
}

test('a budget goes to the earliest orders of all members, whoever is looked at first, and never further', () => {
  fc.assert(
    fc.property(
      shoppers,
      fc.record({ points: fc.option(fc.integer({ min: 1, max: 500 })), orders: fc.integer({ min: 1, max: 8 }) }),
      (days, { points, orders }) => {
        const budget = { orders, ...(points === null ? {} : { points }) };
        const campaigns = [{ code: 'spring', name: 'Spring', bonus: BONUS, budget }];
        const parsed = parseProgramme(
          programmeDocument({ accrual: { lockDays: 0, multipliers: [] }, tiers: { levels: [] }, campaigns }),
        );
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
        const { programme } = parsed;
        const without = { ...programme, campaigns: [] };
        const members = membersOf(days);
        const extras = (people: typeof members) => {
          const round = new BudgetRound({ draft: programme, published: null }, PERIOD);
          people.forEach((one) => round.add(one));
          const { draft } = round.budgets();
          return people.flatMap((one) => {
            const plain = replayMember(without, one, PERIOD, draft).earnedByOrder;
            const given = replayMember(programme, one, PERIOD, draft).earnedByOrder;
            return [...given].map(([orderId, earned]) => [orderId, earned - (plain.get(orderId) ?? 0)] as const);
          });
        };
        // The plain way: all orders in one row.
        let left = points ?? Infinity;
        const expected = members
          .flatMap(({ orders: own }) => own.map(({ snapshot }) => snapshot))
          .sort((a, b) => (`${a.placedAt} ${a.orderId}` < `${b.placedAt} ${b.orderId}` ? -1 : 1))
          .map(({ orderId }, index) => {
            const extra = index < orders ? Math.min(BONUS, left) : 0;
            left -= extra;
            return [orderId, extra] as const;
          });
        expect(new Map(extras(members))).toEqual(new Map(expected));
        expect(new Map(extras([...members].reverse()))).toEqual(new Map(expected));
      },
    ),
    { numRuns: 40 },
  );
});
