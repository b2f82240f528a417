/** What the books remember of a job's last run. */
export interface JobResult {
  readonly outcome: 'done' | 'failed';
  /** Why it failed. */
  readonly error: string | null;
  /** What it did, by the job's own names. */
  readonly figures: Readonly<Record<string, unknown>>;
}

/** @returns null while the job has not ended once */
export function jobResult(stored: unknown): JobResult | null {
  if (!isRecord(stored)) return null;
  const { outcome, error, figures } = stored;
  return {
    outcome: outcome === 'failed' ? 'failed' : 'done',
    error: typeof error === 'string' ? error : null,
    figures: isRecord(figures) ? figures : {},
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
