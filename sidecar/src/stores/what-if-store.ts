/** Replays of past orders that somebody asked for. */
import type { Row } from '../storage/tables';
import { insertOnce, type Db } from '../storage/transaction';

export type WhatIfRun = Row<'what_if_run'>;
export type WhatIfEnd = Extract<WhatIfRun['status'], 'done' | 'failed' | 'cancelled'>;

const OPEN = ['waiting', 'running'] as const satisfies readonly WhatIfRun['status'][];

/** False when the programme has one that has not ended, or the key was used. */
export async function insertRun(db: Db, run: WhatIfRun): Promise<boolean> {
  return insertOnce(db, 'what_if_run', run);
}

export async function findRun(db: Db, programmeId: string, runId: string): Promise<WhatIfRun | undefined> {
  return db
    .selectFrom('what_if_run')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('run_id', '=', runId)
    .executeTakeFirst();
}

export async function findRunByKey(db: Db, programmeId: string, idempotencyKey: string): Promise<WhatIfRun | undefined> {
  return db
    .selectFrom('what_if_run')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
}

/** The one of a programme that has not ended. */
export async function openRun(db: Db, programmeId: string): Promise<WhatIfRun | undefined> {
  return db
    .selectFrom('what_if_run')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('is_open', '=', 1)
    .executeTakeFirst();
}

/** What a list shows of a run. */
export type ListedRun = Omit<WhatIfRun, 'sums' | 'report' | 'idempotency_key' | 'content_hash' | 'is_open' | 'reached'>;

/** Newest first; `after` = the last of the page before. */
export async function listRuns(db: Db, programmeId: string, after: string, limit: number): Promise<ListedRun[]> {
  const query = db
    .selectFrom('what_if_run')
    .select(['run_id', 'programme_id', 'version_id', 'published_version_id', 'shop_id', 'placed_from', 'placed_to', 'status'])
    .select(['members_total', 'members_done', 'fault', 'created_at', 'ended_at', 'with_preview'])
    .where('programme_id', '=', programmeId)
    .orderBy('run_id', 'desc')
    .limit(limit);
  return (after === '' ? query : query.where('run_id', '<', after)).execute();
}

/** Those that have not ended, oldest first. */
export async function openRuns(db: Db, limit: number): Promise<WhatIfRun[]> {
  return db
    .selectFrom('what_if_run')
    .selectAll()
    .where('status', 'in', OPEN)
    .orderBy('created_at')
    .orderBy('run_id')
    .limit(limit)
    .execute();
}

/**
 * Keeps what a page of members came to. False when somebody else has gone on with the run, or it was cancelled: what was added
 * counts for nothing.
 */
export async function saveProgress(
  db: Db,
  { run_id: runId, members_done: before }: WhatIfRun,
  progress: Pick<WhatIfRun, 'members_total' | 'members_done' | 'reached' | 'sums'>,
): Promise<boolean> {
  const updated = await db
    .updateTable('what_if_run')
    .set({ ...progress, status: 'running' })
    .where('run_id', '=', runId)
    .where('status', 'in', OPEN)
    .where('members_done', '=', before)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** False when it has ended already. */
export async function endRun(
  db: Db,
  runId: string,
  end: { readonly status: WhatIfEnd; readonly report?: string; readonly fault?: string; readonly now: string },
): Promise<boolean> {
  const { status, report = null, fault = null, now } = end;
  const updated = await db
    .updateTable('what_if_run')
    .set({ status, report, fault, sums: null, is_open: null, ended_at: now })
    .where('run_id', '=', runId)
    .where('status', 'in', OPEN)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export async function purgeRuns(db: Db, endedBefore: string, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('what_if_run')
    .select('run_id')
    .where('ended_at', '<', endedBefore)
    .orderBy('ended_at')
    .limit(limit)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.run_id);
  const deleted = await db.deleteFrom('what_if_run').where('run_id', 'in', ids).executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
