import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createConnection } from 'mysql2/promise';
import { ManualClock } from '../../sidecar/src/clock';
import { openStorage, type DialectName, type Storage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { tableSchemas } from '../../sidecar/src/storage/schema';

export const dialects: readonly DialectName[] = ['sqlite', 'mysql'];

export interface FreshDatabase {
  /** For `openStorage`; the database is empty, not migrated. */
  readonly url: string;
  /** Deletes it; close every storage on it first. */
  drop(): Promise<void>;
}

/** An empty database: a file in a temporary directory, or a database on the run's MariaDB. */
export async function freshDatabase(dialect: DialectName): Promise<FreshDatabase> {
  if (dialect === 'sqlite') {
    const directory = await mkdtemp(join(tmpdir(), 'loyalty-sqlite-'));
    return { url: `sqlite:${join(directory, 'loyalty.sqlite')}`, drop: () => rm(directory, { recursive: true, force: true }) };
  }
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onMariadb(`create database ${name}`);
  return { url: `${mariadbUrl()}${name}`, drop: () => onMariadb(`drop database ${name}`) };
}

function mariadbUrl(): string {
  const url = process.env['TEST_MARIADB_URL'];
  if (url === undefined)
    throw new Error('this test needs MariaDB: put it into one of the folders of the "database" project in jest.config.ts');
  return url;
}

async function onMariadb(statement: string): Promise<void> {
  const connection = await createConnection({ uri: mariadbUrl() });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

const migrationClock = new ManualClock(Date.parse('2026-01-01T00:00:00.000Z'));

/** What a test wrote need not survive a power cut. */
function openThrownAway({ url }: FreshDatabase): Storage {
  return openStorage({ url, waitForDisk: false });
}

let migratedSqlite: Promise<Buffer> | undefined;

/** A migrated SQLite file, made once a test file: copying it takes a fraction of migrating. */
async function makeMigratedSqlite(): Promise<Buffer> {
  const database = await freshDatabase('sqlite');
  const storage = openThrownAway(database);
  await migrate(storage, migrationClock);
  await storage.close();
  const content = await readFile(sqliteFile(database.url));
  await database.drop();
  return content;
}

function sqliteFile(url: string): string {
  return url.slice('sqlite:'.length);
}

/** A migrated database of its own; the caller closes the storage, then drops the database. */
export async function migratedDatabase(dialect: DialectName): Promise<FreshDatabase> {
  if (dialect === 'mysql') return usedMariadb();
  const database = await freshDatabase(dialect);
  migratedSqlite ??= makeMigratedSqlite();
  await writeFile(sqliteFile(database.url), await migratedSqlite);
  return database;
}

/** Numbers of this process's databases that a test has. */
const taken = new Set<number>();

/** A database of this worker that was migrated before and is emptied: making its tables anew takes half a second. */
async function usedMariadb(): Promise<FreshDatabase> {
  let number = 0;
  while (taken.has(number)) number += 1;
  taken.add(number);
  const name = `worker_${process.env['JEST_WORKER_ID'] ?? '0'}_${number}`;
  await onMariadb(`create database if not exists ${name}`);
  const database = { url: `${mariadbUrl()}${name}`, drop: () => Promise.resolve(void taken.delete(number)) };
  const storage = openStorage({ url: database.url });
  await migrate(storage, migrationClock);
  await empty(storage);
  await storage.close();
  return database;
}

async function empty({ db }: Storage): Promise<void> {
  const asked = tableSchemas.map(({ name }) => sql<{ name: string }>`(select ${name} as name from ${sql.table(name)} limit 1)`);
  const filled = await sql<{ name: string }>`${sql.join(asked, sql` union all `)}`.execute(db);
  for (const { name } of filled.rows) await sql`delete from ${sql.table(name)}`.execute(db);
}

/**
 * Runs a suite once per kind of database. `open` gives a migrated storage on a database of its own; after each test
 * everything opened is closed and dropped. A test may close its storage earlier.
 */
export function describeEachStorage(name: string, suite: (open: () => Promise<Storage>) => void): void {
  describe.each(dialects)(`${name} on %s`, (dialect) => {
    const opened: { storage: Storage; database: FreshDatabase }[] = [];
    afterEach(async () => {
      for (const { storage, database } of opened.splice(0)) {
        await storage.close();
        await database.drop();
      }
    });
    suite(async () => {
      const database = await migratedDatabase(dialect);
      const storage = openThrownAway(database);
      opened.push({ storage, database });
      return storage;
    });
  });
}
