import { sql, type Insertable, type Kysely, type Transaction } from 'kysely';
import { isDuplicateKey, isRetryable } from './dialect';
import type { Tables } from './tables';

export type Db = Kysely<Tables>;
/** Functions that must not run outside a transaction take this type. */
export type Trx = Transaction<Tables>;

/** What the work read before it took its lock holds no more: it begins anew. */
export class StateMoved extends Error {}

/** Whoever is meant was erased: nobody does anything for them any more. */
export class PersonErased extends Error {}

const MAX_TRIES = 8;

/**
 * Runs `work` in one transaction; runs it again when the database or a lock says that another transaction was in the way.
 * `work` may therefore run several times and must keep its effects inside the transaction. Within a transaction it becomes a part of
 * it: whoever began that one ends it and runs it again.
 */
export async function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  if (isTransaction(db)) return work(db);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= MAX_TRIES || !(error instanceof StateMoved || isRetryable(error))) throw error;
      await pause(attempt);
    }
  }
}

/** A part of a transaction, which is undone by itself unless its result is one to keep. What throws ends the whole. */
export async function inSavepoint<T>(trx: Trx, work: () => Promise<T>, isKept: (result: T) => boolean): Promise<T> {
  await sql`savepoint part`.execute(trx);
  const result = await work();
  if (!isKept(result)) await sql`rollback to savepoint part`.execute(trx);
  await sql`release savepoint part`.execute(trx);
  return result;
}

function isTransaction(db: Db): db is Trx {
  return db.isTransaction;
}

/** A few milliseconds, growing: long enough for the other transaction to commit. */
async function pause(attempt: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, attempt * attempt * 2));
}

/** Inserts a row unless its key exists; says whether it did. Portable stand-in for INSERT … ON CONFLICT DO NOTHING. */
export async function insertOnce<T extends keyof Tables>(db: Db, table: T, row: Insertable<Tables[T]>): Promise<boolean> {
  try {
    await db.insertInto(table).values(row).execute();
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** SUM() and COUNT() come back as number on SQLite, as text on MySQL, as null over no rows. */
export function toInteger(value: unknown): number {
  const number = Number(value ?? 0);
  if (!Number.isSafeInteger(number)) throw new Error(`not a safe integer: ${String(value)}`);
  return number;
}
