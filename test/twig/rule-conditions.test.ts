import { matchConditions, prepareHarness } from './harness';

const customer = (fields: Record<string, unknown> | null, guest = false) => ({ id: 'c1', guest, customFields: fields });

beforeAll(prepareHarness, 300_000);

function matches(condition: string, who: ReturnType<typeof customer> | null, values: Record<string, unknown>): boolean {
  const [answer] = matchConditions([{ condition, customer: who, values }]);
  if (!answer || answer.broken !== undefined) throw new Error(answer?.broken ?? 'no answer');
  return answer.matches;
}

describe('the condition on available points', () => {
  const enough = { operator: '>=', points: 100 };

  it.each([
    [100, true],
    [99, false],
  ])('compares %d with what was asked for', (loyalty_points, expected) => {
    expect(matches('loyalty-points.twig', customer({ loyalty_points }), enough)).toBe(expected);
  });

  it('takes visitors, guests and customers not yet known for people with none', () => {
    const nobody = [null, customer({ loyalty_points: 500 }, true), customer(null), customer({ loyalty_points: null })];
    expect(nobody.map((who) => matches('loyalty-points.twig', who, enough))).toEqual([false, false, false, false]);
    expect(matches('loyalty-points.twig', null, { operator: '=', points: 0 })).toBe(true);
  });
});

describe('the condition on the tier', () => {
  const isGold = { operator: '=', tierCode: 'gold' };
  const isNotGold = { operator: '!=', tierCode: 'gold' };

  it.each([
    ['gold', true],
    ['silver', false],
    [null, false],
  ])('%p is gold: %p', (loyalty_tier, expected) => {
    expect(matches('loyalty-tier.twig', customer({ loyalty_tier }), isGold)).toBe(expected);
    expect(matches('loyalty-tier.twig', customer({ loyalty_tier }), isNotGold)).toBe(!expected);
  });

  it('holds for no visitor and no guest', () => {
    expect(matches('loyalty-tier.twig', null, isGold)).toBe(false);
    expect(matches('loyalty-tier.twig', customer({ loyalty_tier: 'gold' }, true), isGold)).toBe(false);
    expect(matches('loyalty-tier.twig', null, isNotGold)).toBe(true);
  });
});
