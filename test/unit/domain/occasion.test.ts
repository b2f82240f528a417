import fc from 'fast-check';
import { localDate, startOfDate } from '../../../sidecar/src/domain/calendar';
import {
  addToDate,
  celebratedOn,
  daysBetweenDates,
  isHolidayOn,
  isMonthDay,
  judgeOccasion,
  monthDayOf,
  type OccasionRule,
} from '../../../sidecar/src/domain/occasion';

const rule: OccasionRule = {
  code: 'birthday',
  name: 'Birthday',
  kind: 'birthday',
  dates: [],
  points: 100,
  voucher: null,
  scope: { tiers: ['gold'] },
  daysBefore: 0,
  minimumMemberDays: 30,
};
const base = {
  dueOn: '2026-03-10',
  joinedOn: '2025-01-01',
  hasAccount: true,
  subject: { tier: 'gold', segments: [], at: '2026-03-10T12:00:00.000Z' },
  lastOn: null,
};

describe('a birthday', () => {
  test.each([
    ['1990-02-28', { month: 2, day: 28 }],
    ['1992-02-29T00:00:00.000+00:00', { month: 2, day: 29 }],
    ['0000-12-31', { month: 12, day: 31 }],
    ['1990-02-30', null],
    ['1990-13-01', null],
    ['yesterday', null],
    ['', null],
  ])('of %p', (text, expected) => {
    expect(monthDayOf(text)).toEqual(expected);
  });

  test('on 29 February is kept a day earlier in years without one', () => {
    expect(celebratedOn('2026-02-28')).toEqual([
      { month: 2, day: 28 },
      { month: 2, day: 29 },
    ]);
    expect(celebratedOn('2028-02-28')).toEqual([{ month: 2, day: 28 }]);
    expect(celebratedOn('2028-02-29')).toEqual([{ month: 2, day: 29 }]);
    expect(celebratedOn('2100-02-28')).toHaveLength(2);
  });

  test('comes exactly once in every year, whatever it is', () => {
    const days = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) }).filter(isMonthDay);
    fc.assert(
      fc.property(days, fc.integer({ min: 1970, max: 2110 }), (birthday, year) => {
        const dates = Array.from({ length: 366 }, (_, day) => addToDate(`${year}-01-01`, day)).filter((date) =>
          date.startsWith(String(year)),
        );
        const kept = dates.filter((date) =>
          celebratedOn(date).some(({ month, day }) => month === birthday.month && day === birthday.day),
        );
        expect(kept).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });

  test('begins with the day in any time zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Pacific/Kiritimati',
      'Pacific/Niue',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 20_000 }), (zone, day) => {
        const date = addToDate('1990-01-01', day);
        const start = startOfDate(date, zone);
        expect(localDate(start, zone)).toBe(date);
        expect(localDate(new Date(Date.parse(start) - 60_000).toISOString(), zone) < date).toBe(true);
      }),
    );
  });
});

test('a holiday is a day of the year or one of its dates', () => {
  expect(isHolidayOn(['12-06'], '2026-12-06')).toBe(true);
  expect(isHolidayOn(['12-06'], '2026-12-07')).toBe(false);
  expect(isHolidayOn(['02-29'], '2026-02-28')).toBe(true);
  expect(isHolidayOn(['2026-04-05', '2027-03-28'], '2027-03-28')).toBe(true);
  expect(isHolidayOn(['2026-04-05', '2027-03-28'], '2027-04-05')).toBe(false);
  expect(daysBetweenDates('2026-03-28', '2026-03-30')).toBe(2);
});

test.each([
  ['is rewarded', {}, 'occasion', true],
  ['not guests', { hasAccount: false }, 'occasion_without_account', false],
  ['not from before they joined', { joinedOn: '2026-03-11' }, 'occasion_joined_later', false],
  ['not the newest', { joinedOn: '2026-02-09' }, 'occasion_member_too_new', false],
  ['others of the tier', { subject: { ...base.subject, tier: null } }, 'occasion_other_tier', false],
  ['not twice for a birthday that was changed', { lastOn: '2025-12-30' }, 'occasion_rewarded_lately', false],
  ['every year', { lastOn: '2025-03-10' }, 'occasion', true],
])('%s', (_what, change, code, applied) => {
  expect(judgeOccasion(rule, { ...base, ...change })).toMatchObject({ code, applied });
});
