import fc from 'fast-check';
import { jittered, nextWaitMs, RETRY_SCHEDULE_MS } from '../../../sidecar/src/retry-schedule';

const middle = () => 0.5;

describe('retry schedule', () => {
  it('waits longer each time and ends', () => {
    const waits = RETRY_SCHEDULE_MS.map((_wait, index) => nextWaitMs(index + 1, middle));
    expect(waits).toEqual([5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000]);
    expect(nextWaitMs(RETRY_SCHEDULE_MS.length + 1, middle)).toBeNull();
  });

  it('waits at least as long as the shop asks', () => {
    expect(nextWaitMs(1, middle, 60_000)).toBe(60_000);
    expect(nextWaitMs(3, middle, 60_000)).toBe(120_000);
    expect(nextWaitMs(7, middle, 60_000)).toBeNull();
  });

  it('spreads a wait by at most 20 % either way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 86_400_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (wait, random) => {
          const spread = jittered(wait, () => random);
          expect(spread).toBeGreaterThanOrEqual(Math.round(wait * 0.8));
          expect(spread).toBeLessThanOrEqual(Math.round(wait * 1.2));
        },
      ),
    );
  });
});
