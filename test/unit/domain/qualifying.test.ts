import { NO_TOTALS, sumTotals, windowKey, windowOpensAfter, type QualifyingWindow } from '../../../sidecar/src/domain/qualifying';
import { METRIC_CODES, metricOf, type MetricCode } from '../../../sidecar/src/domain/qualifying-metric';

test.each<[QualifyingWindow, string, string, string]>([
  [{ days: 365 }, '2029-02-28T10:00:00.000Z', '365 days', '2028-02-29T10:00:00.000Z'],
  [{ days: 1 }, '2028-03-01T00:00:00.000Z', '1 days', '2028-02-29T00:00:00.000Z'],
  [{ period: 'year' }, '2026-01-01T00:00:00.000Z', 'year', '2025-12-31T23:59:59.999Z'],
  [{ period: 'month' }, '2028-02-29T23:59:59.999Z', 'month', '2028-01-31T23:59:59.999Z'],
])('the window %p at %s is called %p and opens after %s', (window, asOf, key, opensAfter) => {
  expect(windowKey(window)).toBe(key);
  expect(windowOpensAfter(window, asOf, 'UTC')).toBe(opensAfter);
});

test('a calendar window opens in the time zone of the programme', () => {
  expect(windowOpensAfter({ period: 'year' }, '2025-12-31T23:30:00.000Z', 'Europe/Berlin')).toBe('2025-12-31T22:59:59.999Z');
});

test.each<[MetricCode, number]>([
  ['turnover', 12_345],
  ['orders', 3],
  ['items', 40],
  ['points', 99],
  ['membership', 366],
])('%s is read from what counts', (code, value) => {
  const totals = { turnoverMinor: 12_345, orders: 3, items: 40, points: 99 };
  expect(metricOf(code).value({ totals, joinedAt: '2028-01-01T12:00:00.000Z', asOf: '2029-01-01T12:00:00.000Z' })).toBe(value);
});

test('membership counts whole days, and none before the member joined', () => {
  const membership = (joinedAt: string, asOf: string) => metricOf('membership').value({ totals: NO_TOTALS, joinedAt, asOf });
  expect(membership('2026-03-01T00:00:00.000Z', '2026-03-01T23:59:59.999Z')).toBe(0);
  expect(membership('2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z')).toBe(1);
  expect(membership('2026-03-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z')).toBe(0);
});

test('every metric counts orders or membership, and totals add up', () => {
  expect(METRIC_CODES.filter((code) => metricOf(code).counts === 'membership')).toEqual(['membership']);
  expect(METRIC_CODES.filter((code) => metricOf(code).unit === 'money')).toEqual(['turnover']);
  expect(sumTotals(NO_TOTALS, { ...NO_TOTALS, items: 2 })).toEqual({ ...NO_TOTALS, items: 2 });
});
