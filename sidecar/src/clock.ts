/** The only place that reads the machine's time. Everything else receives a `Clock`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** ISO-8601 UTC with milliseconds, the one form in which times are stored and compared. */
  now(): string;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  now: () => new Date().toISOString(),
};

/** A clock that stands still until it is moved; for tests, simulation and the demo. */
export class ManualClock implements Clock {
  constructor(private currentMs: number) {}

  nowMs(): number {
    return this.currentMs;
  }

  now(): string {
    return new Date(this.currentMs).toISOString();
  }

  /** Moves forward only: books assume time never runs back. */
  moveTo(ms: number): void {
    if (ms > this.currentMs) this.currentMs = ms;
  }

  advance(ms: number): void {
    this.moveTo(this.currentMs + ms);
  }
}
