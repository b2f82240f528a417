import type { Clock } from '../clock';

export interface RateBuckets {
  /** Takes one; 0 when there was one, else milliseconds until there is. */
  take(key: string): number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const MAX_KEYS = 10_000;

/** A token bucket per key: `ratePerSecond` on average, twice that in a burst. */
export function createRateBuckets(ratePerSecond: number, clock: Clock): RateBuckets {
  const burst = ratePerSecond * 2;
  const buckets = new Map<string, Bucket>();
  return {
    take: (key) => {
      const nowMs = clock.nowMs();
      const bucket = buckets.get(key) ?? { tokens: burst, filledAtMs: nowMs };
      bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.filledAtMs) * ratePerSecond) / 1000);
      bucket.filledAtMs = nowMs;
      if (buckets.size >= MAX_KEYS && !buckets.has(key)) buckets.clear();
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * 1000) / ratePerSecond);
      bucket.tokens -= 1;
      return 0;
    },
  };
}
