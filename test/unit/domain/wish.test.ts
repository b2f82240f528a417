import fc from 'fast-check';
import { isStaleWish, shownFigures } from '../../../sidecar/src/domain/wish';

const ASKED = '2026-03-01T10:00:00.000Z';

it.each([
  ['2026-03-01T10:00:00.000Z', false],
  ['2026-03-01T11:00:00.000Z', false],
  ['2026-03-01T11:00:00.001Z', true],
  // The clock of the shop is ahead of ours.
  ['2026-03-01T09:59:00.000Z', false],
])('a wish of ten o’clock at %s is stale: %p', (now, expected) => {
  expect(isStaleWish({ askedAt: ASKED }, now)).toBe(expected);
});

it('shows figures that pages have words for, and no ids', () => {
  const details = { missing: 120, needs: 'gold', left: null, decisionId: 'd1', reason: 'reward_points_missing', points: true };
  expect(shownFigures(details)).toEqual({ missing: 120, needs: 'gold' });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (any) => {
      const shown = Object.entries(shownFigures(any));
      expect(shown.every(([name, value]) => Object.hasOwn(any, name) && any[name] === value)).toBe(true);
    }),
  );
});
