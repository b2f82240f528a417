import fc from 'fast-check';
import { largestRedemption } from '../../../sidecar/src/domain/redemption';
import { termsMirror } from '../../../sidecar/src/operations/project-terms';
import { parseProgramme } from '../../../sidecar/src/programme-document/programme-document';
import { earned, openGifts, quote, redemptionRules } from '../../demo/storefront/terms';
import { programmeDocument } from '../../support/programme';

const NOW = '2026-03-01T10:00:00.000Z';

function programmeOf(changes: Record<string, unknown>) {
  const parsed = parseProgramme(programmeDocument(changes));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.programme;
}

const termsOf = (changes: Record<string, unknown>) => termsMirror('v1', programmeOf(changes), NOW, 's1');

describe('the demo’s cart', () => {
  it('pays with as many points as the sidecar would take', () => {
    const amounts = fc.record({
      points: fc.nat(20_000),
      goodsMinor: fc.nat(50_000),
      minimumPoints: fc.constantFrom(100, 500),
      stepPoints: fc.constantFrom(1, 10, 100),
      maximumSharePercent: fc.constantFrom(10, 50, 100),
    });
    fc.assert(
      fc.property(amounts, ({ points, goodsMinor, ...redemption }) => {
        const programme = programmeOf({ redemption });
        const rules = redemptionRules(termsMirror('v1', programme, NOW, 's1'));
        const wanted = largestRedemption(programme, { currency: 'EUR', goodsMinor, availablePoints: points });
        expect(rules && quote(rules, points, { goodsMinor, restMinor: goodsMinor })).toEqual(wanted);
      }),
    );
  });

  it('takes no more off than is left to pay', () => {
    const rules = redemptionRules(termsOf({ redemption: { maximumSharePercent: 100, minimumPoints: 1, stepPoints: 1 } }));
    expect(rules && quote(rules, 10_000, { goodsMinor: 5000, restMinor: 700 }).valueMinor).toBe(700);
  });

  it('earns by tier, and nothing without terms', () => {
    const value = { gross: 10_000, net: 8403 };
    expect(earned(null, null, value)).toBe(0);
    expect(earned(termsOf({}), null, value)).toBeGreaterThan(0);
  });

  it('gives what the rules give: from their goods on, within their time and limit', () => {
    const rule = { code: 'box', products: ['BOX'], quantity: 2, minimumGoods: { EUR: 50 } };
    const gifts = (more: object, member = {}) => openGifts(termsOf({ freeProducts: [{ ...rule, ...more }] }), member, NOW);
    expect(gifts({})).toEqual([{ ruleCode: 'box', products: ['BOX'], minimumMinor: 5000, units: 2 }]);
    expect(gifts({ limitPerMember: 3 }, { givenGifts: { box: 2 } })).toMatchObject([{ units: 1 }]);
    expect(gifts({ limitPerMember: 2 }, { givenGifts: { box: 2 } })).toEqual([]);
    expect(gifts({ until: '2026-02-01' })).toEqual([]);
  });
});
