import fc from 'fast-check';
import {
  atLocalTime,
  CALENDAR_PERIODS,
  calendarSpan,
  isTimeZone,
  type CalendarPeriod,
} from '../../../sidecar/src/domain/calendar';
import { addMs } from '../../../sidecar/src/domain/instant';

test.each<[CalendarPeriod, string, string, string, string]>([
  ['year', '2026-03-10T10:00:00.000Z', 'UTC', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['year', '2026-01-01T00:00:00.000Z', 'UTC', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['year', '2025-12-31T23:59:59.999Z', 'UTC', '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
  ['quarter', '2026-06-30T23:59:59.999Z', 'UTC', '2026-04-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'],
  ['quarter', '2026-12-01T00:00:00.000Z', 'UTC', '2026-10-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['month', '2028-02-29T12:00:00.000Z', 'UTC', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ['month', '2027-02-28T23:00:00.000Z', 'Europe/Berlin', '2027-02-28T23:00:00.000Z', '2027-03-31T22:00:00.000Z'],
  ['year', '2025-12-31T23:00:00.000Z', 'Europe/Berlin', '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ['month', '2026-03-15T00:00:00.000Z', 'America/New_York', '2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z'],
  ['quarter', '2026-01-01T00:00:00.000Z', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z', '2026-03-31T18:15:00.000Z'],
  // Clocks leapt from 0:00 to 1:00 on the first of October.
  ['month', '2017-10-15T00:00:00.000Z', 'America/Asuncion', '2017-10-01T04:00:00.000Z', '2017-11-01T03:00:00.000Z'],
])('the %s of %s in %s is %s to %s', (period, at, timeZone, start, end) => {
  expect(calendarSpan(period, at, timeZone)).toEqual({ start, end });
});

test('following periods are counted across years', () => {
  const at = '2026-11-20T00:00:00.000Z';
  expect(calendarSpan('quarter', at, 'UTC', 1).end).toBe('2027-04-01T00:00:00.000Z');
  expect(calendarSpan('year', at, 'UTC', 2).start).toBe('2028-01-01T00:00:00.000Z');
});

test('periods hold their instant, are the same for all instants in them, and touch the next one', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/Asuncion',
    'Africa/Cairo',
  ];
  const instants = fc
    .integer({ min: Date.parse('2010-01-01T00:00:00Z'), max: Date.parse('2040-01-01T00:00:00Z') })
    .map((ms) => new Date(ms).toISOString());
  fc.assert(
    fc.property(fc.constantFrom(...CALENDAR_PERIODS), instants, fc.constantFrom(...zones), (period, at, timeZone) => {
      const span = calendarSpan(period, at, timeZone);
      expect(span.start <= at && at < span.end).toBe(true);
      expect(calendarSpan(period, span.start, timeZone)).toEqual(span);
      expect(calendarSpan(period, addMs(span.end, -1), timeZone)).toEqual(span);
      expect(calendarSpan(period, span.end, timeZone).start).toBe(span.end);
      expect(calendarSpan(period, at, timeZone, 1).start).toBe(span.end);
    }),
  );
});

test.each([
  ['UTC', true],
  ['Europe/Berlin', true],
  ['Berlin', false],
  ['', false],
])('%p is a time zone: %p', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});

test.each([
  ['2026-03-01T14:30:00', 'Europe/Berlin', '2026-03-01T13:30:00.000Z'],
  ['2026-07-01T14:30:05', 'Europe/Berlin', '2026-07-01T12:30:05.000Z'],
  ['2026-07-01T00:00:00', 'UTC', '2026-07-01T00:00:00.000Z'],
  // Clocks leap from 2:00 to 3:00.
  ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-01-01T05:45:00', 'Asia/Kathmandu', '2026-01-01T00:00:00.000Z'],
])('a clock shows %s in %s at %s', (written, timeZone, at) => {
  expect(atLocalTime(written, timeZone)).toBe(at);
});
