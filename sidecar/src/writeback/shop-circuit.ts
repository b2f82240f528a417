import { jittered } from '../retry-schedule';

/** Whole batches that may fail in a row before the shop is left alone. */
export const FAILURES_TO_OPEN = 3;

const PAUSES_MS: readonly number[] = [30_000, 120_000, 600_000];

interface ShopState {
  failures: number;
  pausedUntilMs: number;
  /** False until a push to the shop succeeded in this process. */
  seenUp: boolean;
}

/**
 * Leaves a shop alone that is down, so that it costs neither time nor its rows' tries. Lives in memory: another process
 * finds out for itself within three batches.
 */
export class ShopCircuit {
  private readonly states = new Map<string, ShopState>();

  constructor(private readonly random: () => number) {}

  pausedShops(nowMs: number): string[] {
    return [...this.states].filter(([, state]) => state.pausedUntilMs > nowMs).map(([shopId]) => shopId);
  }

  isPaused(shopId: string, nowMs: number): boolean {
    return this.state(shopId).pausedUntilMs > nowMs;
  }

  isDown(shopId: string): boolean {
    return this.state(shopId).failures >= FAILURES_TO_OPEN;
  }

  /** Returns true when the shop is back: its first success after an outage or after this process started. */
  succeeded(shopId: string): boolean {
    const state = this.state(shopId);
    const back = !state.seenUp || state.failures >= FAILURES_TO_OPEN;
    this.states.set(shopId, { failures: 0, pausedUntilMs: 0, seenUp: true });
    return back;
  }

  /** A whole batch failed; `retryAfterMs` is what the shop asked for, if anything. */
  failed(shopId: string, nowMs: number, retryAfterMs: number): void {
    const state = this.state(shopId);
    const failures = state.failures + 1;
    const pause = PAUSES_MS[Math.min(failures - FAILURES_TO_OPEN, PAUSES_MS.length - 1)];
    const pauseMs = Math.max(pause === undefined ? 0 : jittered(pause, this.random), retryAfterMs);
    this.states.set(shopId, { ...state, failures, pausedUntilMs: nowMs + pauseMs });
  }

  private state(shopId: string): ShopState {
    return this.states.get(shopId) ?? { failures: 0, pausedUntilMs: 0, seenUp: false };
  }
}
