import fc from 'fast-check';
import type { TierPriceRule } from '../../../sidecar/src/domain/programme';
import { decideTierPrices } from '../../../sidecar/src/domain/tier-price';
import { programmeWith } from './examples';

const tierPriceRows = (...decided: Parameters<typeof decideTierPrices>) => decideTierPrices(...decided).rows;

const percent = (percentBps: number) => ({ kind: 'percent', percentBps }) as const;
const fixed = (priceMinor: Record<string, number>) => ({ kind: 'fixed', priceMinor }) as const;
const rule = (change: Partial<TierPriceRule>): TierPriceRule => ({
  code: 'rule',
  tier: 'gold',
  products: ['HAT-1'],
  steps: [{ quantityFrom: 1, effect: percent(500) }],
  ...change,
});
const hat = {
  productNumber: 'HAT-1',
  categoryIds: ['sale', 'hats'],
  prices: { USD: { grossMinor: 5_000, netMinor: 5_000 }, EUR: { grossMinor: 4_499, netMinor: 3_781 } },
};
const rows = (...tierPrices: TierPriceRule[]) => tierPriceRows(programmeWith({ tierPrices }), hat);

test('a percentage is taken off gross and net in every currency', () => {
  expect(rows(rule({}))).toEqual([
    { tier: 'gold', quantityFrom: 1, currency: 'EUR', grossMinor: 4_274, netMinor: 3_592 },
    { tier: 'gold', quantityFrom: 1, currency: 'USD', grossMinor: 4_750, netMinor: 4_750 },
  ]);
});

test('a fixed price is gross; net follows from the product; currencies without one are left out', () => {
  expect(rows(rule({ steps: [{ quantityFrom: 1, effect: fixed({ EUR: 3_990, GBP: 3_000 }) }] }))).toEqual([
    { tier: 'gold', quantityFrom: 1, currency: 'EUR', grossMinor: 3_990, netMinor: 3_353 },
  ]);
});

test('rows come by tier, quantity and currency, however the rules are listed', () => {
  const steps = [
    { quantityFrom: 1, effect: percent(100) },
    { quantityFrom: 10, effect: percent(200) },
  ];
  const listed = rows(rule({ steps }), rule({ tier: 'silver', steps: [...steps].reverse() }));
  expect(listed.map((row) => `${row.tier} ${row.quantityFrom} ${row.currency}`)).toEqual([
    'silver 1 EUR',
    'silver 1 USD',
    'silver 10 EUR',
    'silver 10 USD',
    'gold 1 EUR',
    'gold 1 USD',
    'gold 10 EUR',
    'gold 10 USD',
  ]);
});

describe('which rule decides', () => {
  const byCategory = rule({
    code: 'category',
    products: [],
    categories: ['hats'],
    steps: [{ quantityFrom: 1, effect: percent(5_000) }],
  });
  const first = rule({ code: 'first', steps: [{ quantityFrom: 1, effect: percent(1_000) }] });
  const second = rule({ code: 'second', steps: [{ quantityFrom: 1, effect: percent(2_000) }] });
  const usd = (...rules: TierPriceRule[]) => rows(...rules).find((row) => row.currency === 'USD')?.grossMinor;

  test.each([
    ['product beats category', [byCategory, first], 4_500],
    ['the first listed of the same kind wins', [first, second], 4_500],
    ['category alone', [byCategory], 2_500],
    ['another product', [rule({ products: ['HAT-2'] })], undefined],
    ['another category', [rule({ products: [], categories: ['shoes'] })], undefined],
    ['a rule of both kinds is a product rule for its product', [byCategory, rule({ categories: ['shoes'] })], 4_750],
    ['a tier the programme lacks', [rule({ tier: 'platinum' })], undefined],
  ])('%s', (_name, rules, grossMinor) => {
    expect(usd(...rules)).toBe(grossMinor);
  });

  test('a higher tier does not inherit', () => {
    expect(rows(rule({ tier: 'silver' })).map((row) => row.tier)).toEqual(['silver', 'silver']);
  });
});

test('never above the own price, never negative, net never above gross when the own is not', () => {
  const price = fc
    .nat(1_000_000)
    .chain((grossMinor) => fc.record({ grossMinor: fc.constant(grossMinor), netMinor: fc.nat(grossMinor) }));
  const effect = fc.oneof(
    fc.integer({ min: 0, max: 20_000 }).map(percent),
    fc.nat(2_000_000).map((EUR) => fixed({ EUR })),
  );
  fc.assert(
    fc.property(price, effect, (EUR, drawn) => {
      const programme = programmeWith({ tierPrices: [rule({ steps: [{ quantityFrom: 1, effect: drawn }] })] });
      const [row] = tierPriceRows(programme, { ...hat, prices: { EUR } });
      expect(row?.grossMinor).toBeLessThanOrEqual(EUR.grossMinor);
      expect(row?.netMinor).toBeLessThanOrEqual(row?.grossMinor ?? -1);
      expect(row?.netMinor).toBeGreaterThanOrEqual(0);
    }),
  );
});
