import fc from 'fast-check';
import { closedFor, type EarlyAccessRule } from '../../../sidecar/src/domain/early-access';

const NOW = '2026-02-20T12:00:00.000Z';
const MARCH = '2026-03-01T00:00:00.000Z';
const LAMP = { productNumber: 'LAMP', categoryIds: ['spring'] };

const rule = (change: Partial<EarlyAccessRule> = {}): EarlyAccessRule => ({
  code: 'lamp',
  products: ['LAMP'],
  tiers: ['platinum'],
  from: null,
  until: MARCH,
  ...change,
});
const LATER = rule({ code: 'gold', tiers: ['gold'], from: '2026-02-25T00:00:00.000Z' });
const ask = (rules: readonly EarlyAccessRule[], tier: string | null, at = NOW) => closedFor(rules, LAMP, { tier, at });

describe('closedFor', () => {
  it.each<[string, readonly EarlyAccessRule[], string | null, string | null]>([
    ['nothing names the product', [rule({ products: ['CUP'] })], null, null],
    ['the rule is over', [rule({ until: NOW })], null, null],
    ['the rule has not begun', [rule({ from: MARCH, until: '2026-04-01T00:00:00.000Z' })], null, null],
    ['the tier may buy', [rule()], 'platinum', null],
    ['another tier waits', [rule()], 'gold', MARCH],
    ['nobody is known', [rule()], null, MARCH],
    ['a category names it', [{ ...rule({ categories: ['spring'] }), products: [] }], 'gold', MARCH],
    ['a second rule lets the tier in sooner', [rule(), LATER], 'gold', '2026-02-25T00:00:00.000Z'],
    ['and nobody else', [rule(), LATER], 'silver', MARCH],
    ['the later end counts', [rule(), rule({ code: 'b', until: '2026-03-05T00:00:00.000Z' })], null, '2026-03-05T00:00:00.000Z'],
  ])('%s', (_, rules, tier, opensAt) => expect(ask(rules, tier)?.opensAt ?? null).toBe(opensAt));

  it('says who may buy now: tiers of all rules that hold, each once', () => {
    expect(ask([rule(), LATER], null)?.tiers).toEqual(['platinum']);
    expect(ask([rule(), LATER, rule({ code: 'c' })], null, '2026-02-26T00:00:00.000Z')?.tiers).toEqual(['platinum', 'gold']);
  });

  it('is open at the moment it names, and closed just before', () => {
    const day = fc.integer({ min: 1, max: 27 }).map((n) => `2026-02-${String(n).padStart(2, '0')}T00:00:00.000Z`);
    const tier = fc.constantFrom('silver', 'gold', 'platinum');
    const some = fc
      .tuple(fc.array(tier, { minLength: 1, maxLength: 2 }), fc.option(day, { nil: null }), day)
      .map(([tiers, from, until]) => rule({ tiers, from, until }));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), fc.option(tier, { nil: null }), day, (rules, own, at) => {
        const closed = ask(rules, own, at);
        if (closed === null) return;
        expect(ask(rules, own, closed.opensAt)).toBeNull();
        expect(ask(rules, own, new Date(Date.parse(closed.opensAt) - 1).toISOString())).not.toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});
