import fc from 'fast-check';
import { takeFromLots } from '../../../sidecar/src/ledger/lot';
import { creditPostings, DEBT_LOT, debitPostings } from '../../../sidecar/src/ledger/movement';
import type { LockedMember } from '../../../sidecar/src/ledger/locked-member';

const lots = fc
  .array(fc.integer({ min: 1, max: 500 }), { maxLength: 8 })
  .map((points) => points.map((value, index) => ({ lotId: `lot-${index}`, points: value })));

function memberOwing(debt: number): LockedMember {
  return {
    memberId: 'm',
    programmeId: 'p',
    pending: 0,
    available: 0,
    held: 0,
    debt,
    entryCount: 0,
    headHash: '',
    version: 1,
    movedLots: false,
  };
}

describe('takeFromLots', () => {
  it('takes from the first lots first and says what is missing', () => {
    const given = [
      { lotId: 'a', points: 30 },
      { lotId: 'b', points: 50 },
    ];
    expect(takeFromLots(given, 40)).toEqual({ takes: [given[0], { lotId: 'b', points: 10 }], missing: 0 });
    expect(takeFromLots(given, 100)).toEqual({ takes: given, missing: 20 });
    expect(takeFromLots([], 5)).toEqual({ takes: [], missing: 5 });
  });

  it('never takes more than a lot holds, and takes plus missing are the points asked for', () => {
    fc.assert(
      fc.property(lots, fc.integer({ min: 0, max: 5000 }), (given, points) => {
        const { takes, missing } = takeFromLots(given, points);
        expect(takes.reduce((sum, take) => sum + take.points, missing)).toBe(points);
        for (const take of takes) {
          const lot = given.find((candidate) => candidate.lotId === take.lotId);
          expect(take.points).toBeGreaterThan(0);
          expect(take.points).toBeLessThanOrEqual(lot?.points ?? 0);
        }
      }),
    );
  });
});

describe('movements', () => {
  it('settle a debt before anything becomes available', () => {
    const postings = creditPostings(memberOwing(70), { account: 'issued', lotId: null, points: -100 }, [
      { lotId: 'l', points: 100 },
    ]);
    expect(postings).toEqual([
      { account: 'issued', lotId: null, points: -100 },
      { account: 'debt', lotId: null, points: 70 },
      { account: 'available', lotId: 'l', points: 30 },
    ]);
  });

  it('turn what no lot covers into debt', () => {
    const { postings, takes } = debitPostings('redeemed', [{ lotId: 'l', points: 30 }], 50);
    expect(postings).toEqual([
      { account: 'available', lotId: 'l', points: -30 },
      { account: 'debt', lotId: null, points: -20 },
      { account: 'redeemed', lotId: null, points: 50 },
    ]);
    expect(takes).toEqual([
      { lotId: 'l', points: 30 },
      { lotId: DEBT_LOT, points: 20 },
    ]);
  });

  it('always sum to zero', () => {
    fc.assert(
      fc.property(lots, fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 0, max: 2000 }), (given, points, debt) => {
        const debit = debitPostings('issued', given, points).postings;
        expect(debit.reduce((sum, posting) => sum + posting.points, 0)).toBe(0);
        const total = given.reduce((sum, lot) => sum + lot.points, 0);
        const credit = creditPostings(memberOwing(debt), { account: 'issued', lotId: null, points: -total }, given);
        expect(credit.reduce((sum, posting) => sum + posting.points, 0)).toBe(0);
      }),
    );
  });
});
