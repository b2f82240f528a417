import fc from 'fast-check';
import { cohorts } from '../../../sidecar/src/key-figures/cohorts';

describe('cohorts', () => {
  it('follow members from their first month over the end of a year, empty months included', () => {
    const counts = [
      { firstMonth: '2025-11', month: '2025-11', members: 10 },
      { firstMonth: '2025-11', month: '2026-01', members: 4 },
      { firstMonth: '2026-01', month: '2026-01', members: 3 },
    ];
    expect(cohorts(counts, '2025-11', '2026-01')).toEqual([
      { month: '2025-11', members: 10, returned: [0, 4] },
      { month: '2025-12', members: 0, returned: [0] },
      { month: '2026-01', members: 3, returned: [] },
    ]);
  });

  it('are one for each month, and lose no count', () => {
    const month = fc
      .integer({ min: 0, max: 30 })
      .map((at) => `${2025 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`);
    const count = fc.record({ firstMonth: month, month, members: fc.nat(50) }).filter((one) => one.firstMonth <= one.month);
    const counts = fc.uniqueArray(count, { selector: (one) => `${one.firstMonth} ${one.month}`, maxLength: 40 });
    fc.assert(
      fc.property(counts, (given) => {
        const shown = cohorts(given, '2025-01', '2027-07');
        expect(shown).toHaveLength(31);
        const sum = shown.reduce((total, one) => total + one.members + one.returned.reduce((a, b) => a + b, 0), 0);
        expect(sum).toBe(given.reduce((total, one) => total + one.members, 0));
      }),
    );
  });
});
