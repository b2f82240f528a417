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

describe('the condition on early access', () => {
  const mayEnter = { operator: '=', accessCode: 'spring' };
  const mayNot = { operator: '!=', accessCode: 'spring' };
  const open = { code: 'spring', from: null, until: null };
  const [past, future] = ['2000-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z'];

  it.each<[string, unknown, boolean]>([
    ['for ever', [open], true],
    ['between two instants', [{ ...open, from: past, until: future }], true],
    ['not yet', [{ ...open, from: future }], false],
    ['no longer', [{ ...open, until: past }], false],
    ['to something else', [{ ...open, code: 'autumn' }], false],
    ['to nothing', [], false],
    ['in another shape', ['spring', null, {}], false],
  ])('lets in %s', (_name, access, expected) => {
    const who = customer({ loyalty_rewards: { access } });
    expect(matches('loyalty-access.twig', who, mayEnter)).toBe(expected);
    expect(matches('loyalty-access.twig', who, mayNot)).toBe(!expected);
  });

  it('lets in no visitor, no guest and nobody who took nothing', () => {
    const nobody = [
      null,
      customer({ loyalty_rewards: { access: [open] } }, true),
      customer(null),
      customer({ loyalty_rewards: null }),
    ];
    expect(nobody.map((who) => matches('loyalty-access.twig', who, mayEnter))).toEqual([false, false, false, false]);
  });
});

describe('the condition on the segment', () => {
  const isMember = { operator: '=', segmentCode: 'membership:club' };

  it('holds for whoever is in it', () => {
    expect(matches('loyalty-segment.twig', customer({ loyalty_segments: ['vip', 'membership:club'] }), isMember)).toBe(true);
    expect(matches('loyalty-segment.twig', customer({ loyalty_segments: ['vip'] }), isMember)).toBe(false);
    expect(matches('loyalty-segment.twig', customer({ loyalty_segments: ['vip'] }), { ...isMember, operator: '!=' })).toBe(true);
  });

  it('holds for no visitor, no guest, and no segments of another shape', () => {
    const guest = customer({ loyalty_segments: ['membership:club'] }, true);
    const nobody = [
      null,
      guest,
      customer(null),
      customer({ loyalty_segments: null }),
      customer({ loyalty_segments: 'membership:club' }),
    ];
    expect(nobody.map((who) => matches('loyalty-segment.twig', who, isMember))).toEqual(nobody.map(() => false));
  });
});
