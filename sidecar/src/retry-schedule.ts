/** Waits before the second, third, … try, in milliseconds; after the last one failed the row is a dead letter. */
export const RETRY_SCHEDULE_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000];

const JITTER_SHARE = 0.2;

/** Spreads a wait by up to 20 % either way, so that many rows or shops do not come back in one moment. */
export function jittered(waitMs: number, random: () => number): number {
  return Math.round(waitMs * (1 - JITTER_SHARE + 2 * JITTER_SHARE * random()));
}

/**
 * Milliseconds until the next try after `failedTries` failures (at least 1); null when there is none.
 * A shop that asks for a longer wait gets it.
 */
export function nextWaitMs(
  failedTries: number,
  random: () => number,
  retryAfterMs = 0,
  schedule: readonly number[] = RETRY_SCHEDULE_MS,
): number | null {
  const wait = schedule[failedTries - 1];
  return wait === undefined ? null : Math.max(jittered(wait, random), retryAfterMs);
}
