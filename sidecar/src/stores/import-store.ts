/** Tables that somebody sent, row by row, and what was wrong with them. */
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';
import { isDuplicateKey } from '../storage/dialect';

export type ImportRun = Row<'import_run'>;
export type ImportUnit = Row<'import_unit'>;
export type ImportFault = Row<'import_fault'>;
export type NewFault = Omit<ImportFault, 'run_id' | 'fault_number'>;

/** How many a programme has under way at once. */
export const MAX_OPEN_RUNS = 10;
/** More are counted, not kept. */
export const MAX_KEPT_FAULTS = 1000;

const OPEN = ['waiting', 'running'] as const satisfies readonly ImportRun['status'][];
const UNITS_A_DELETE = 1000;

/** Takes one of the places of a programme. False when there is none. */
export async function openRun(db: Db, run: Omit<ImportRun, 'slot'>): Promise<boolean> {
  for (let slot = 1; slot <= MAX_OPEN_RUNS; slot += 1) {
    if (await insertOnce(db, 'import_run', { ...run, slot })) return true;
  }
  return false;
}

export async function findRun(db: Db, runId: string): Promise<ImportRun | undefined> {
  return db
    .selectFrom('import_run')
    .selectAll()
    .where('run_id', '=', runId)
    .where('status', '!=', 'receiving')
    .executeTakeFirst();
}

export async function findRunByKey(db: Db, programmeId: string, idempotencyKey: string): Promise<ImportRun | undefined> {
  return db
    .selectFrom('import_run')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
}

/** Newest first; `after` = the last of the page before. */
export async function listRuns(db: Db, programmeId: string, after: string, limit: number): Promise<ImportRun[]> {
  const query = db
    .selectFrom('import_run')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('status', '!=', 'receiving')
    .orderBy('run_id', 'desc')
    .limit(limit);
  return (after === '' ? query : query.where('run_id', '<', after)).execute();
}

/** Those that are here as a whole and have not ended, oldest first. */
export async function openRuns(db: Db, limit: number): Promise<ImportRun[]> {
  return db.selectFrom('import_run').selectAll().where('status', 'in', OPEN).orderBy('run_id').limit(limit).execute();
}

/** The file is here as a whole. False when the key was used by another. */
export async function completeRun(
  db: Db,
  runId: string,
  known: Pick<ImportRun, 'idempotency_key' | 'content_hash' | 'rows_total' | 'units_total' | 'units_failed' | 'faults'>,
): Promise<boolean> {
  try {
    const updated = await db
      .updateTable('import_run')
      .set({ ...known, status: 'waiting' })
      .where('run_id', '=', runId)
      .where('status', '=', 'receiving')
      .executeTakeFirst();
    return updated.numUpdatedRows === 1n;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Receipts that broke off: their senders are gone. */
export async function abandonedRuns(db: Db, createdBefore: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('import_run')
    .select('run_id')
    .where('status', '=', 'receiving')
    .where('created_at', '<', createdBefore)
    .limit(limit)
    .execute();
  return rows.map((row) => row.run_id);
}

/** False when one of the subjects is there already. */
export async function insertUnits(db: Db, units: readonly ImportUnit[]): Promise<boolean> {
  try {
    await db
      .insertInto('import_unit')
      .values([...units])
      .execute();
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** The first row about a subject; null = there is none. */
export async function rowAbout(db: Db, runId: string, subject: string): Promise<number | null> {
  const found = await db
    .selectFrom('import_unit')
    .select('first_row')
    .where('run_id', '=', runId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return found?.first_row ?? null;
}

/** In the order of the file; `after` = the last of the page before. */
export async function nextUnits(db: Db, runId: string, limit: number, after = 0): Promise<ImportUnit[]> {
  return db
    .selectFrom('import_unit')
    .selectAll()
    .where('run_id', '=', runId)
    .where('unit_number', '>', after)
    .orderBy('unit_number')
    .limit(limit)
    .execute();
}

/** Those of some that are still there, in the order of the file. */
export async function unitsNumbered(db: Db, runId: string, numbers: readonly number[]): Promise<ImportUnit[]> {
  return db
    .selectFrom('import_unit')
    .selectAll()
    .where('run_id', '=', runId)
    .where('unit_number', 'in', numbers)
    .orderBy('unit_number')
    .execute();
}

/** With it goes what it held. False when somebody else has taken it. */
export async function takeUnit(trx: Trx, { run_id: runId, unit_number: number }: ImportUnit): Promise<boolean> {
  const deleted = await trx
    .deleteFrom('import_unit')
    .where('run_id', '=', runId)
    .where('unit_number', '=', number)
    .executeTakeFirst();
  return deleted.numDeletedRows === 1n;
}

/** Notes a try that ended in a fault of ours. */
export async function countAttempt(db: Db, { run_id: runId, unit_number: number, attempts }: ImportUnit): Promise<void> {
  await db
    .updateTable('import_unit')
    .set({ attempts: attempts + 1 })
    .where('run_id', '=', runId)
    .where('unit_number', '=', number)
    .where('attempts', '=', attempts)
    .execute();
}

/** Adds what a unit came to. False when the run has ended. */
export async function addToRun(
  trx: Trx,
  runId: string,
  added: Partial<Pick<ImportRun, 'units_done' | 'units_failed' | 'units_created' | 'units_changed' | 'points' | 'faults'>>,
): Promise<boolean> {
  const updated = await trx
    .updateTable('import_run')
    .set((eb) => ({
      status: 'running' as const,
      units_done: eb('units_done', '+', added.units_done ?? 0),
      units_failed: eb('units_failed', '+', added.units_failed ?? 0),
      units_created: eb('units_created', '+', added.units_created ?? 0),
      units_changed: eb('units_changed', '+', added.units_changed ?? 0),
      points: eb('points', '+', added.points ?? 0),
      faults: eb('faults', '+', added.faults ?? 0),
    }))
    .where('run_id', '=', runId)
    .where('status', 'in', OPEN)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Behind the `before` faults that the run had; only the first of very many are kept. */
export async function keepFaults(db: Db, runId: string, before: number, faults: readonly NewFault[]): Promise<void> {
  const kept = faults.slice(0, Math.max(0, MAX_KEPT_FAULTS - before));
  if (kept.length === 0) return;
  const rows = kept.map((fault, index) => ({ run_id: runId, fault_number: before + index + 1, ...fault }));
  await db.insertInto('import_fault').values(rows).execute();
}

/** Its row is locked by what the same transaction wrote into it. */
export async function faultsSoFar(trx: Trx, runId: string): Promise<number> {
  const found = await trx.selectFrom('import_run').select('faults').where('run_id', '=', runId).executeTakeFirst();
  return toInteger(found?.faults);
}

export type FaultCursor = Pick<ImportFault, 'at_row' | 'fault_number'>;

/** In the order of the rows; `after` = the last of the page before. */
export async function listFaults(db: Db, runId: string, after: FaultCursor | null, limit: number): Promise<ImportFault[]> {
  const query = db
    .selectFrom('import_fault')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('at_row')
    .orderBy('fault_number')
    .limit(limit);
  if (after === null) return query.execute();
  const { at_row: row, fault_number: number } = after;
  const behind = query.where((eb) =>
    eb.or([eb('at_row', '>', row), eb.and([eb('at_row', '=', row), eb('fault_number', '>', number)])]),
  );
  return behind.execute();
}

/** False when it has ended already. */
export async function endRun(
  db: Db,
  runId: string,
  end: { readonly status: 'done' | 'cancelled'; readonly now: string },
): Promise<boolean> {
  const updated = await db
    .updateTable('import_run')
    .set({ status: end.status, slot: null, ended_at: end.now })
    .where('run_id', '=', runId)
    .where('status', 'in', OPEN)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Removes what has not been applied. */
export async function dropUnits(db: Db, runId: string): Promise<void> {
  for (;;) {
    const last = (await nextUnits(db, runId, 1))[0]?.unit_number;
    if (last === undefined) return;
    await db
      .deleteFrom('import_unit')
      .where('run_id', '=', runId)
      .where('unit_number', '<', last + UNITS_A_DELETE)
      .execute();
  }
}

/** Removes a run with everything of it. */
export async function dropRun(db: Db, runId: string): Promise<void> {
  await dropUnits(db, runId);
  await db.deleteFrom('import_fault').where('run_id', '=', runId).execute();
  await db.deleteFrom('import_run').where('run_id', '=', runId).execute();
}

/** Returns how many. */
export async function purgeRuns(db: Db, endedBefore: string, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('import_run')
    .select('run_id')
    .where('ended_at', '<', endedBefore)
    .orderBy('ended_at')
    .limit(limit)
    .execute();
  for (const { run_id: runId } of rows) await dropRun(db, runId);
  return rows.length;
}
