export interface JobContext {
  /** Instant the run started. */
  readonly now: string;
  /** Aborted when the process drains or the lease was lost: stop between two steps. */
  readonly signal: AbortSignal;
}

/** Something done on a schedule, by one sidecar of all. */
export interface Job {
  readonly name: string;
  /** Five-field cron expression, UTC. */
  readonly cron: string;
  /** How long a run may be silent (its process dead) before another process may start the job; renewed while it runs. */
  readonly leaseMs: number;
  /** Returns figures for log and status. Must be safe to repeat: a run can break off anywhere. */
  run(context: JobContext): Promise<Readonly<Record<string, number>>>;
}
