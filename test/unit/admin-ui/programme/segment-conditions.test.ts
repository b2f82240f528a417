import { conditionOf, CONDITIONS, formOf } from '../../../../sidecar/admin-ui/src/pages/programme/edit/segment-conditions';
import { segmentsSchema } from '../../../../sidecar/src/programme-document/segments';

const NAMES = { tiers: ['gold'], groups: ['Wholesale'], plans: ['plus'] };

describe('conditions of segments', () => {
  it.each(CONDITIONS)('of the kind %s begin as the programme takes them', (kind) => {
    const made = conditionOf(kind, undefined);
    const filled = Object.fromEntries(
      Object.entries(made).map(([name, value]) => [name, name in NAMES ? NAMES[name as keyof typeof NAMES] : value]),
    );
    expect(segmentsSchema.safeParse([{ code: 'a', name: 'A', conditions: [filled] }]).error).toBeUndefined();
  });

  it('are all that the programme knows', () => {
    const wrong = segmentsSchema.safeParse([{ code: 'a', name: 'A', conditions: [{ kind: 'nothing' }] }]);
    const options = (wrong.error?.issues[0] as { options?: string[] } | undefined)?.options ?? [...CONDITIONS];
    expect([...CONDITIONS].sort()).toEqual([...options].sort());
    expect(formOf('nothing')).toBeNull();
  });

  it('keep what they have in common when the kind changes', () => {
    expect(conditionOf('orders', { kind: 'turnover', atLeast: 5, days: 30 })).toEqual({ kind: 'orders', atLeast: 5, days: 30 });
    expect(conditionOf('balance', { kind: 'turnover', atMost: 5, days: 30 })).toEqual({ kind: 'balance', atMost: 5 });
    expect(conditionOf('tier', { kind: 'turnover', atLeast: 5 })).toEqual({ kind: 'tier', tiers: [] });
    expect(conditionOf('turnover', { kind: 'tier', tiers: ['gold'] })).toEqual({ kind: 'turnover', atLeast: 100 });
  });
});
