import fc from 'fast-check';
import { addToDate, daySpan, daysFromTo, localDate } from '../../../sidecar/src/domain/calendar';
import { campaignReturn } from '../../../sidecar/src/key-figures/campaign-return';
import { figureValue, measuresOf, partsOf, type Sums } from '../../../sidecar/src/key-figures/figure';
import { MEASURES, measureOf, type MeasureCode } from '../../../sidecar/src/key-figures/measure';
import { previousPeriod, stepsOf, windowPeriod, type Step } from '../../../sidecar/src/key-figures/period';
import { figures, findFigure } from '../../../sidecar/src/key-figures/registry';
import { runningSums } from '../../../sidecar/src/key-figures/running-sums';
import { tierFlows } from '../../../sidecar/src/key-figures/tier-flow';

const POINT_VALUE = { valuePoints: 100, valueMinor: 150 };

function sums(window: keyof Sums, of: Partial<Record<MeasureCode, number>>): Sums {
  const none = new Map<string, number>();
  return { period: none, until: none, year: none, [window]: new Map(Object.entries(of)) };
}

const valueOf = (code: string, of: Sums, pointValue: typeof POINT_VALUE | null = POINT_VALUE): unknown => {
  const figure = findFigure(code);
  return figure && figureValue(figure, of, pointValue).value;
};

test.each<[string, keyof Sums, Partial<Record<MeasureCode, number>>, number | null]>([
  ['repeat_customer_rate', 'until', { repeat_customers: 1, customers: 3 }, 3333],
  ['repeat_customer_rate', 'until', { repeat_customers: 2, customers: 3 }, 6667],
  ['repeat_customer_rate', 'until', {}, null],
  ['customer_lifetime_value', 'until', { final_turnover: 10_001, customers: 2 }, 5001],
  ['net_promoter_score', 'period', { promoters: 6, passives: 1, detractors: 1 }, 6250],
  ['net_promoter_score', 'period', { promoters: 0, passives: 1, detractors: 2 }, -6667],
  ['net_promoter_score', 'period', { promoters: 0, passives: 5, detractors: 0 }, 0],
  ['redemption_rate', 'period', { redeemed: 50, returned: 10, issued: 120, clawed_back: 20 }, 4000],
  ['redemption_rate', 'period', { redeemed: 50, issued: 20, clawed_back: 20 }, null],
  ['redemption_rate', 'period', { redeemed: 50, issued: 20, clawed_back: 30 }, null],
  ['breakage_rate', 'until', { expired: 30, redeemed: 80, returned: 10 }, 3000],
  ['churn_rate', 'period', { buyers_lost: 1, buyers_before: 8 }, 1250],
  ['points_outstanding', 'until', { available: 90, held: 10, pending: 55 }, 100],
  ['liability', 'until', { available: 90, held: 13 }, 155],
  ['liability', 'until', {}, 0],
])('%s over %s sums %j is %s', (code, window, of, value) => {
  expect(valueOf(code, sums(window, of))).toBe(value);
});

test('points without a value in money are no liability that could be told', () => {
  expect(valueOf('liability', sums('until', { available: 5 }), null)).toBeNull();
});

test('figures have codes of their own, and parts of one source', () => {
  expect(new Set(figures.map(({ code }) => code)).size).toBe(figures.length);
  for (const part of figures.flatMap(partsOf)) {
    expect(new Set(measuresOf(part).map((code) => measureOf(code).source)).size).toBe(1);
    const isDaily = measuresOf(part).every((code) => !['buyer', 'answer'].includes(measureOf(code).source));
    expect(isDaily || part.window === 'period').toBe(true);
  }
  const used = new Set(figures.flatMap(partsOf).flatMap(measuresOf));
  expect(Object.keys(MEASURES).filter((code) => !used.has(code as MeasureCode))).toEqual([]);
});

test('the previous period is as long and ends the day before', () => {
  expect(previousPeriod({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-01-29', to: '2026-02-28' });
  expect(windowPeriod('year', { from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2025-04-01', to: '2026-03-31' });
});

test.each<[Step, string[]]>([
  ['week', ['2026-02-26..2026-03-01', '2026-03-02..2026-03-08', '2026-03-09..2026-03-10']],
  ['month', ['2026-02-26..2026-02-28', '2026-03-01..2026-03-10']],
])('steps of a %s are cut by the period', (step, expected) => {
  expect(stepsOf({ from: '2026-02-26', to: '2026-03-10' }, step).map(({ from, to }) => `${from}..${to}`)).toEqual(expected);
});

const date = fc.integer({ min: 0, max: 800 }).map((days) => addToDate('2025-01-01', days));

test('steps follow each other and cover the period', () => {
  fc.assert(
    fc.property(date, fc.nat(400), fc.constantFrom<Step>('day', 'week', 'month'), (from, days, step) => {
      const to = addToDate(from, days);
      const steps = stepsOf({ from, to }, step);
      expect([steps[0]?.from, steps.at(-1)?.to]).toEqual([from, to]);
      steps.slice(1).forEach((one, index) => expect(one.from).toBe(addToDate(steps[index]?.to ?? '', 1)));
      expect(steps.reduce((sum, one) => sum + daysFromTo(one.from, one.to), 0)).toBe(days + 1);
    }),
  );
});

test('running sums equal what is added up day by day', () => {
  const daySum = fc.record({
    day: date,
    measure: fc.constantFrom('orders', 'turnover'),
    value: fc.integer({ min: -99, max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(daySum, { maxLength: 30 }), date, fc.nat(200), (daySums, from, days) => {
      const period = { from, to: addToDate(from, days) };
      const found = runningSums(daySums)(period);
      for (const window of ['period', 'until', 'year'] as const) {
        const { from: first, to: last } = windowPeriod(window, period);
        for (const measure of ['orders', 'turnover']) {
          const expected = daySums
            .filter((one) => one.measure === measure && one.day >= first && one.day <= last)
            .reduce((sum, one) => sum + one.value, 0);
          expect(found[window].get(measure) ?? 0).toBe(expected);
        }
      }
    }),
  );
});

test('a return is what came beyond the cost, by the cost', () => {
  const brought = { orders: 2, points: 1000, turnoverMinor: 4500 };
  expect(campaignReturn(brought, POINT_VALUE)).toEqual({ ...brought, costMinor: 1500, returnBps: 20_000 });
  expect(campaignReturn({ ...brought, turnoverMinor: 1000 }, POINT_VALUE).returnBps).toBe(-3333);
  expect(campaignReturn({ ...brought, points: 0 }, POINT_VALUE)).toMatchObject({ costMinor: 0, returnBps: null });
  expect(campaignReturn(brought, null)).toMatchObject({ costMinor: null, returnBps: null });
});

test('flows between tiers sum to where members were and to where they are', () => {
  const tier = fc.constantFrom<string | null>(null, 'silver', 'gold');
  const move = fc.record({ from: tier, to: tier, isNew: fc.boolean() });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), fc.nat(5), (moves, stayed) => {
      const start = new Map<string | null, number>([null, 'silver', 'gold'].map((one) => [one, stayed]));
      for (const { from, isNew } of moves) if (!isNew) start.set(from, (start.get(from) ?? 0) + 1);
      const joined = moves.filter(({ isNew }) => isNew).length + stayed;
      const result = tierFlows(start, joined, moves);
      const sum = (rows: readonly { members: number }[]): number => rows.reduce((total, { members }) => total + members, 0);
      for (const [from, members] of start)
        expect(sum(result.flows.filter((one) => !one.isNew && one.from === from))).toBe(members);
      expect(sum(result.flows.filter(({ isNew }) => isNew))).toBe(joined);
      expect(sum(result.end)).toBe(sum(result.start) + joined);
      expect(result.flows.every(({ members }) => members > 0)).toBe(true);
    }),
  );
});

test.each([
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2026-03-01', 'UTC', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
  // Clocks leapt from 0:00 to 1:00.
  ['2017-10-01', 'America/Asuncion', '2017-10-01T04:00:00.000Z', '2017-10-02T03:00:00.000Z'],
])('the day %s in %s is %s to %s', (day, timeZone, start, end) => {
  expect(daySpan(day, timeZone)).toEqual({ start, end });
  expect([localDate(start, timeZone), localDate(new Date(Date.parse(end) - 1).toISOString(), timeZone)]).toEqual([day, day]);
});
