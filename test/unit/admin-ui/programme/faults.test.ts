import { faultsAt, faultsWithin, nearestField } from '../../../../sidecar/admin-ui/src/pages/programme/edit/faults';
import { sectionOf } from '../../../../sidecar/admin-ui/src/pages/programme/edit/sections';

const faults = [
  { field: 'tiers.levels[1]', message: 'must have exactly one of: threshold, all, any' },
  { field: 'tiers.levels[1].threshold', message: 'is wrong' },
  { field: 'tiers.levels[10].threshold', message: 'is wrong' },
];

describe('what is wrong with a document', () => {
  it('stands beside the field itself, or beside the group that it is in', () => {
    expect(faultsAt(faults, 'tiers.levels[1]')).toEqual([faults[0]]);
    expect(faultsWithin(faults, 'tiers.levels[1]')).toEqual([faults[0], faults[1]]);
  });

  it('is shown by the nearest field that there is', () => {
    const shown = ['tiers.levels', 'tiers.levels[1]', 'tiers.levels[1].threshold', 'name'];
    expect(nearestField('tiers.levels[1].threshold', shown)).toBe('tiers.levels[1].threshold');
    expect(nearestField('tiers.levels[1].any[0].metric', shown)).toBe('tiers.levels[1]');
    expect(nearestField('tiers', shown)).toBe('tiers.levels');
    expect(nearestField('campaigns[0]', shown)).toBeNull();
  });

  it.each([
    ['tiers.levels[1].threshold', 'tiers'],
    ['accrual.rounding', 'basics'],
    ['accrual.multipliers[0].scope.tiers[0]', 'points'],
    ['currencies.EUR.earn.per', 'basics'],
    ['cashback[0].validDays', 'cashback'],
    ['privacy.retention.leadsDays', 'safety'],
    ['document', 'text'],
  ])('%s is edited with %s', (field, section) => {
    expect(sectionOf(field)).toBe(section);
  });
});
