import fc from 'fast-check';
import { addDays } from '../../../sidecar/src/domain/instant';
import { NO_TOTALS } from '../../../sidecar/src/domain/qualifying';
import {
  explainBands,
  reachedBand,
  volumeProgress,
  volumeWindows,
  type CountedOrder,
  type VolumeIncentive,
} from '../../../sidecar/src/domain/volume';

const pieces = (window: VolumeIncentive['window']): VolumeIncentive => ({
  code: 'pieces',
  name: 'Pieces',
  metric: 'items',
  window,
  bands: [
    { from: 10, points: 100 },
    { from: 50, points: 800 },
  ],
});
const order = (releaseAt: string, items: number): CountedOrder => ({ releaseAt, totals: { ...NO_TOTALS, items, orders: 1 } });
const day = (number: number): string => addDays('2026-01-01T00:00:00.000Z', number);

const reached = (incentive: VolumeIncentive, orders: readonly CountedOrder[], timeZone = 'UTC') =>
  volumeWindows(incentive, orders, timeZone).map((window) => [window.start, window.value, reachedBand(incentive, window)]);

test('calendar windows begin and end with the calendar, also on a leap day', () => {
  const orders = [
    order('2028-01-31T23:59:59.999Z', 4),
    order('2028-02-01T00:00:00.000Z', 9),
    order('2028-02-29T23:59:59.999Z', 1),
  ];
  expect(reached(pieces({ period: 'month' }), orders)).toEqual([
    ['2028-01-01T00:00:00.000Z', 4, null],
    ['2028-02-01T00:00:00.000Z', 10, { from: 10, points: 100, reachedAt: '2028-02-29T23:59:59.999Z' }],
  ]);
  expect(reached(pieces({ period: 'month' }), orders, 'Europe/Berlin').map(([start, value]) => [start, value])).toEqual([
    ['2028-01-31T23:00:00.000Z', 13],
    ['2028-02-29T23:00:00.000Z', 1],
  ]);
});

test('a window of days opens with an order and closes after its days; the next order opens another', () => {
  const orders = [order(day(3), 0), order(day(5), 6), order(day(34), 4), order(day(35), 12), order(day(90), 50)];
  expect(reached(pieces({ days: 30 }), orders)).toEqual([
    [day(5), 10, { from: 10, points: 100, reachedAt: day(34) }],
    [day(35), 12, { from: 10, points: 100, reachedAt: day(35) }],
    [day(90), 50, { from: 50, points: 800, reachedAt: day(90) }],
  ]);
});

test('each band has a reason, reached or not', () => {
  expect(explainBands(pieces({ period: 'year' }), 12)).toEqual([
    {
      code: 'volume_band_reached',
      applied: true,
      figures: { incentive: 'pieces', metric: 'items', value: 12, from: 10, points: 100 },
    },
    {
      code: 'volume_band_missed',
      applied: false,
      figures: { incentive: 'pieces', metric: 'items', value: 12, from: 50, points: 800, missing: 38 },
    },
  ]);
});

test.each<[string, VolumeIncentive['window'], string, object]>([
  ['below the first band', { period: 'year' }, day(1), { value: 4, points: 0, nextBand: { from: 10, points: 100, missing: 6 } }],
  [
    'at a band',
    { period: 'year' },
    day(10),
    { value: 10, points: 100, nextBand: { from: 50, points: 800, missing: 40 }, endsAt: '2027-01-01T00:00:00.000Z' },
  ],
  ['after the period', { period: 'month' }, day(31), { value: 0, points: 0, endsAt: '2026-03-01T00:00:00.000Z' }],
  ['in a window of days', { days: 20 }, day(20), { value: 10, points: 100, endsAt: day(21) }],
  ['after a window of days', { days: 20 }, day(21), { value: 0, points: 0, endsAt: null }],
])('progress %s', (_name, window, asOf, expected) => {
  const orders = [order(day(1), 4), order(day(10), 6)].filter(({ releaseAt }) => releaseAt <= asOf);
  expect(volumeProgress(pieces(window), orders, asOf, 'UTC')).toMatchObject({
    code: 'pieces',
    name: 'Pieces',
    metric: 'items',
    ...expected,
  });
});

test('at the top nothing comes next', () => {
  expect(volumeProgress(pieces({ period: 'year' }), [order(day(1), 70)], day(2), 'UTC')).toMatchObject({
    points: 800,
    nextBand: null,
  });
});

test('windows hold every order that counts once, do not overlap, and pay the band of their sum', () => {
  const windows = fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((days) => ({ days })),
    fc.constantFrom({ period: 'month' as const }, { period: 'quarter' as const }, { period: 'year' as const }),
  );
  const purchases = fc.array(fc.record({ on: fc.nat(500), items: fc.nat(30) }), { maxLength: 40 });
  fc.assert(
    fc.property(windows, purchases, fc.constantFrom('UTC', 'Europe/Berlin'), (window, bought, timeZone) => {
      const incentive = pieces(window);
      const orders = bought.map(({ on, items }) => order(day(on), items)).sort((a, b) => (a.releaseAt < b.releaseAt ? -1 : 1));
      const found = volumeWindows(incentive, orders, timeZone);
      expect(found.reduce((sum, { value }) => sum + value, 0)).toBe(bought.reduce((sum, { items }) => sum + items, 0));
      found.forEach((one, index) => {
        expect(one.start < one.end).toBe(true);
        expect(one.start >= (found[index - 1]?.end ?? '')).toBe(true);
        const band = reachedBand(incentive, one);
        expect(band?.points ?? 0).toBe(one.value >= 50 ? 800 : one.value >= 10 ? 100 : 0);
        if (band) expect(band.reachedAt >= one.start && band.reachedAt < one.end).toBe(true);
      });
      // What was refunded completely might as well never have been ordered.
      const gone = [...orders, order(day(250), 0)].sort((a, b) => (a.releaseAt < b.releaseAt ? -1 : 1));
      expect(volumeWindows(incentive, gone, timeZone)).toEqual(found);
    }),
  );
});
