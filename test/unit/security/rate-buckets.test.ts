import { ManualClock } from '../../../sidecar/src/clock';
import { createRateBuckets } from '../../../sidecar/src/security/rate-buckets';

describe('createRateBuckets', () => {
  const clock = new ManualClock(0);
  const takeMany = (take: () => number, times: number): number[] => Array.from({ length: times }, take);

  it('allows a burst of two seconds, then the rate, each key by itself', () => {
    const buckets = createRateBuckets(10, clock);
    expect(takeMany(() => buckets.take('a'), 20)).toEqual(Array(20).fill(0));
    expect(buckets.take('a')).toBe(100);
    expect(buckets.take('b')).toBe(0);
    clock.advance(50);
    expect(buckets.take('a')).toBe(50);
    clock.advance(50);
    expect(buckets.take('a')).toBe(0);
    expect(buckets.take('a')).toBe(100);
  });

  it('never saves up more than the burst', () => {
    const buckets = createRateBuckets(1, clock);
    buckets.take('a');
    clock.advance(3_600_000);
    expect(takeMany(() => buckets.take('a'), 3)).toEqual([0, 0, 1000]);
  });
});
