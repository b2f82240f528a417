import { insertOnce, type Db } from '../storage/transaction';

export interface JobClaim {
  readonly job: string;
  /** Unique per run, so that a run whose lease was taken over cannot touch its successor's. */
  readonly token: string;
  readonly now: string;
  readonly leaseUntil: string;
  /** The moment the job was due; a slot that was started already is not started again. Null = now, on request. */
  readonly slot: string | null;
}

/** True for exactly one of any number of claims at once, and for at most one claim of a slot. */
export async function claimJob(db: Db, claim: JobClaim): Promise<boolean> {
  await ensureRow(db, claim.job);
  // A clock behind the schedule's must not leave a start before the slot, or another process would start it again.
  const startedAt = claim.slot !== null && claim.slot > claim.now ? claim.slot : claim.now;
  let update = db
    .updateTable('job_lease')
    .set({ owner: claim.token, lease_until: claim.leaseUntil, last_started_at: startedAt })
    .where('job', '=', claim.job)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', claim.now)]));
  const { slot } = claim;
  if (slot !== null) update = update.where((eb) => eb.or([eb('last_started_at', 'is', null), eb('last_started_at', '<', slot)]));
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

/** False when the lease is no longer ours: the run must stop. */
export async function renewJob(db: Db, job: string, token: string, leaseUntil: string): Promise<boolean> {
  const updated = await db
    .updateTable('job_lease')
    .set({ lease_until: leaseUntil })
    .where('job', '=', job)
    .where('owner', '=', token)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Ends a run and stores its result as JSON; false when the lease is no longer ours. */
export async function finishJob(db: Db, job: string, token: string, now: string, result: unknown): Promise<boolean> {
  const updated = await db
    .updateTable('job_lease')
    .set({ owner: null, lease_until: null, last_finished_at: now, last_result: JSON.stringify(result) })
    .where('job', '=', job)
    .where('owner', '=', token)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export interface JobStatus {
  readonly job: string;
  readonly running: boolean;
  readonly lastStartedAt: string | null;
  readonly lastFinishedAt: string | null;
  readonly lastResult: unknown;
}

/** Every job that ever ran, by name; for health and metrics. */
export async function jobStatuses(db: Db, now: string): Promise<JobStatus[]> {
  const rows = await db.selectFrom('job_lease').selectAll().orderBy('job').execute();
  return rows.map((row) => ({
    job: row.job,
    running: row.lease_until !== null && row.lease_until > now,
    lastStartedAt: row.last_started_at,
    lastFinishedAt: row.last_finished_at,
    lastResult: row.last_result === null ? null : (JSON.parse(row.last_result) as unknown),
  }));
}

async function ensureRow(db: Db, job: string): Promise<void> {
  const known = await db.selectFrom('job_lease').select('job').where('job', '=', job).executeTakeFirst();
  if (known) return;
  await insertOnce(db, 'job_lease', {
    job,
    owner: null,
    lease_until: null,
    last_started_at: null,
    last_finished_at: null,
    last_result: null,
  });
}
