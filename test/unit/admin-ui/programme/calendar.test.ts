import fc from 'fast-check';
import { isAlways, isOn, shiftMonth, weeksOf } from '../../../../sidecar/admin-ui/src/pages/programme/edit/calendar';
import { shiftDay } from '../../../../sidecar/admin-ui/src/pages/programme/edit/periods';

describe('a month', () => {
  it('lies in whole weeks from Monday', () => {
    const weeks = weeksOf('2026-03');
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]).toBe('2026-02-23');
    expect(weeks.at(-1)?.at(-1)).toBe('2026-04-05');
    expect(weeksOf('2027-02')).toHaveLength(4);
    expect(weeksOf('2026-12').at(-1)?.at(-1)).toBe('2027-01-03');
    expect([shiftMonth('2026-12', 1), shiftMonth('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });

  it('has each of its days once, whichever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1200, max: 1200 }), (by) => {
        const month = shiftMonth('2026-01', by);
        const days = weeksOf(month).flat();
        expect(days.every((day, index) => index === 0 || day === shiftDay(days[index - 1] ?? '', 1))).toBe(true);
        const own = days.filter((day) => day.startsWith(month));
        expect(own[0]).toBe(`${month}-01`);
        expect(shiftDay(own.at(-1) ?? '', 1).slice(0, 7)).toBe(shiftMonth(month, 1));
      }),
    );
  });
});

describe('a campaign in a calendar', () => {
  const march = { from: '2026-03-01', until: '2026-04-01' };

  it('is on from its first day to the day before its end', () => {
    expect(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((day) => isOn(day, march))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('is on all days that a part of it is on', () => {
    const evening = { from: '2026-03-01T18:00:00Z', until: '2026-03-02T02:00:00Z' };
    expect(['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03'].map((day) => isOn(day, evening))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('may have no beginning or no end', () => {
    expect(isOn('1999-01-01', { from: null, until: '2026-04-01' })).toBe(true);
    expect(isOn('2099-01-01', { from: '2026-03-01', until: null })).toBe(true);
    expect([isAlways({ from: null, until: null }), isAlways(march)]).toEqual([true, false]);
  });
});
