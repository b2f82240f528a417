import type { NewRow } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';

export type NewAttempt = NewRow<'writeback_attempt'>;

/** Append only; one row per resource and push. */
export async function recordAttempts(trx: Trx, attempts: readonly NewAttempt[]): Promise<void> {
  if (attempts.length > 0)
    await trx
      .insertInto('writeback_attempt')
      .values([...attempts])
      .execute();
}

const PURGE_BATCH = 1000;
const MAX_PURGE_BATCHES = 500;

/** Deletes attempts made before an instant, in small statements so that nobody waits; returns how many. */
export async function purgeAttempts(db: Db, before: string): Promise<number> {
  let deleted = 0;
  for (let batch = 0; batch < MAX_PURGE_BATCHES; batch += 1) {
    // Ids are time-ordered, so the oldest come first along the primary key.
    const old = await db
      .selectFrom('writeback_attempt')
      .select('attempt_id')
      .where('attempted_at', '<', before)
      .orderBy('attempt_id')
      .limit(PURGE_BATCH)
      .execute();
    if (old.length === 0) break;
    const ids = old.map((row) => row.attempt_id);
    await db.deleteFrom('writeback_attempt').where('attempt_id', 'in', ids).execute();
    deleted += ids.length;
    if (ids.length < PURGE_BATCH) break;
  }
  return deleted;
}
