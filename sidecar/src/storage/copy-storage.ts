/** Every row of one database into an empty other one, so that a shop that grew can move from a file to a server. */
import { sql, type Kysely } from 'kysely';
import type { Storage } from './dialect';
import { tableSchemas } from './schema';
import { toInteger } from './transaction';

type Row = Readonly<Record<string, unknown>>;
type AnyTables = Record<string, Row>;

export type CopyResult =
  | { readonly ok: true; readonly rows: number }
  /** The table already has rows: nothing was written. */
  | { readonly ok: false; readonly occupied: string };

/** Below the limits of both: parameters of a statement and bytes of a packet. */
const BATCH = { rows: 200, bytes: 1_000_000 } as const;

export async function countRows({ db }: Storage): Promise<number> {
  let total = 0;
  for (const { name } of tableSchemas) total += await rowsOf(db as unknown as Kysely<AnyTables>, name);
  return total;
}

/**
 * Copies all tables but the record of migrations; both schemas must be up to date. All or nothing: one transaction on each
 * side. That on SQLite holds the file's write lock, so that a sidecar which still runs there cannot write meanwhile.
 * @param onRows told the number of rows copied so far
 */
export async function copyStorage(from: Storage, to: Storage, onRows: (rows: number) => void): Promise<CopyResult> {
  const target = to.db as unknown as Kysely<AnyTables>;
  const source = from.db as unknown as Kysely<AnyTables>;
  for (const { name } of tableSchemas) {
    if ((await rowsOf(target, name)) > 0) return { ok: false, occupied: name };
  }
  let rows = 0;
  await oneMoment(from, source).execute((reading) =>
    target.transaction().execute(async (writing) => {
      for (const { name } of tableSchemas) {
        for await (const batch of batches(reading.selectFrom(name).selectAll().stream(BATCH.rows))) {
          await writing.insertInto(name).values(batch).execute();
          rows += batch.length;
          onRows(rows);
        }
      }
    }),
  );
  return { ok: true, rows };
}

/** All reads see one moment; SQLite does so by itself and knows no levels. */
function oneMoment({ dialect }: Storage, source: Kysely<AnyTables>) {
  const transaction = source.transaction();
  return dialect === 'sqlite' ? transaction : transaction.setIsolationLevel('repeatable read');
}

async function rowsOf(db: Kysely<AnyTables>, name: string): Promise<number> {
  const { rows } = await sql<{ count: unknown }>`select count(*) as count from ${sql.table(name)}`.execute(db);
  return toInteger(rows[0]?.count);
}

async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for await (const row of rows) {
    batch.push(row);
    for (const value of Object.values(row)) bytes += typeof value === 'string' ? value.length : 8;
    if (batch.length < BATCH.rows && bytes < BATCH.bytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
