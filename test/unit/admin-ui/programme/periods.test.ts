import { readMoment, shiftDay, writeMoment } from '../../../../sidecar/admin-ui/src/pages/programme/edit/periods';

describe('a beginning and an end', () => {
  it('are whole days, the last one included', () => {
    expect(readMoment('2026-03-01', false)).toEqual({ day: '2026-03-01', time: '' });
    expect(readMoment('2026-03-01', true)).toEqual({ day: '2026-02-28', time: '' });
    expect(writeMoment({ day: '2026-02-28', time: '' }, true)).toBe('2026-03-01');
    expect(writeMoment({ day: '2026-02-28', time: '' }, false)).toBe('2026-02-28');
    expect(writeMoment({ day: '', time: '' }, true)).toBeUndefined();
    expect(shiftDay('2024-02-28', 1)).toBe('2024-02-29');
  });

  it('are instants when there is a time', () => {
    const written = writeMoment({ day: '2026-03-01', time: '08:30' }, true);
    expect(written).toMatch(/Z$/);
    expect(readMoment(written ?? '', true)).toEqual({ day: '2026-03-01', time: '08:30' });
  });
});
