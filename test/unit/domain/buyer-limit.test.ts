import fc from 'fast-check';
import { checkBuyerLimits, redeemLimit, type BuyerLimits, type BuyerUse } from '../../../sidecar/src/domain/buyer-limit';
import { companyNameKey } from '../../../sidecar/src/domain/company';

const none: BuyerLimits = { pointsPerOrder: null, pointsPerMonth: null, approvalAbove: null };
const unused: BuyerUse = { usedThisMonth: 0, approvedPoints: 0 };

describe('limits of a buyer', () => {
  it.each([
    ['nothing is limited', none, unused, 1_000_000, 'ok'],
    ['an order may have exactly its limit', { ...none, pointsPerOrder: 100 }, unused, 100, 'ok'],
    ['and not one point more', { ...none, pointsPerOrder: 100 }, unused, 101, 'above_order_limit'],
    ['a month may have exactly its limit', { ...none, pointsPerMonth: 300 }, { ...unused, usedThisMonth: 200 }, 100, 'ok'],
    ['and not one point more', { ...none, pointsPerMonth: 300 }, { ...unused, usedThisMonth: 201 }, 100, 'above_month_limit'],
    [
      'a month used beyond a lowered limit has nothing left',
      { ...none, pointsPerMonth: 300 },
      { ...unused, usedThisMonth: 900 },
      1,
      'above_month_limit',
    ],
    ['the threshold itself needs no approval', { ...none, approvalAbove: 50 }, unused, 50, 'ok'],
    ['one point more does', { ...none, approvalAbove: 50 }, unused, 51, 'approval_needed'],
    ['an approval allows up to its points', { ...none, approvalAbove: 50 }, { ...unused, approvedPoints: 80 }, 80, 'ok'],
    ['and no more', { ...none, approvalAbove: 50 }, { ...unused, approvedPoints: 80 }, 81, 'approval_needed'],
    [
      'an approval raises no limit',
      { ...none, pointsPerOrder: 60, approvalAbove: 50 },
      { ...unused, approvedPoints: 80 },
      70,
      'above_order_limit',
    ],
    ['0 lets nobody spend', { ...none, pointsPerMonth: 0 }, unused, 1, 'above_month_limit'],
  ] as const)('%s', (_name, limits, use, points, outcome) => {
    const checked = checkBuyerLimits(limits, use, points);
    expect(checked.ok ? 'ok' : checked.code).toBe(outcome);
  });

  it('use an approval up only above the threshold', () => {
    const limits = { ...none, approvalAbove: 50 };
    const use = { ...unused, approvedPoints: 80 };
    expect(checkBuyerLimits(limits, use, 50)).toMatchObject({ value: { usesApproval: false } });
    expect(checkBuyerLimits(limits, use, 51)).toMatchObject({ value: { usesApproval: true } });
  });

  it('let a redemption pass exactly when it is not above what carts show', () => {
    const count = fc.nat(1000);
    const limit = fc.option(count, { nil: null });
    const limits = fc.record({ pointsPerOrder: limit, pointsPerMonth: limit, approvalAbove: limit });
    const use = fc.record({ usedThisMonth: count, approvedPoints: count });
    fc.assert(
      fc.property(limits, use, count, (ofBuyer, used, points) => {
        const most = redeemLimit(ofBuyer, used);
        expect(checkBuyerLimits(ofBuyer, used, points).ok).toBe(most === null || points <= most);
      }),
    );
  });
});

describe('names of companies', () => {
  it('are alike whatever case, spaces and full stops', () => {
    expect(companyNameKey(' Müller & Söhne  GmbH ')).toBe(companyNameKey('MÜLLER & SÖHNE G.m.b.H.'));
    expect(companyNameKey('Müller AG')).not.toBe(companyNameKey('Müller GmbH'));
  });
});
