/**
 * The two SQL dialects and the only place that loads a database driver. Everything else speaks Kysely's portable subset:
 * no RETURNING, no ON CONFLICT, no locking reads.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { createPool } from 'mysql2';
import { Kysely, MysqlDialect, sql, type LogEvent, type SqliteStatement } from 'kysely';
import type { ColumnType, TableSchema } from './table-schema';
import type { Tables } from './tables';
import { TurningSqliteDialect } from './turning-sqlite';

export type DialectName = 'sqlite' | 'mysql';

export interface Storage {
  readonly db: Kysely<Tables>;
  readonly dialect: DialectName;
  close(): Promise<void>;
}

export interface StorageOptions {
  /** `sqlite:<file>`, `sqlite::memory:` or `mysql://user:password@host:port/database`. */
  readonly url: string;
  /** Connections in the pool; MySQL's protocol only. */
  readonly poolSize?: number;
  /** Sees every statement; used by the benchmark. */
  readonly log?: (event: LogEvent) => void;
  /** False: SQLite does not wait for the disk, so a power cut may lose commits. Only for runs that are thrown away. */
  readonly waitForDisk?: boolean;
  /** Runs before each statement on SQLite and may throw; the simulation kills the process there. */
  readonly beforeStatement?: () => void;
}

const SQLITE_TYPES: Record<ColumnType, string> = {
  key: 'text',
  longKey: 'text',
  time: 'text',
  name: 'text',
  int: 'integer',
  flag: 'integer',
  text: 'text',
};

/** Binary ASCII keys: MariaDB's default collation would treat `r1` and `R1 ` as equal. */
const MYSQL_TYPES: Record<ColumnType, string> = {
  key: 'varchar(64) character set ascii collate ascii_bin',
  longKey: 'varchar(191) character set ascii collate ascii_bin',
  time: 'char(24) character set ascii collate ascii_bin',
  name: 'varchar(255)',
  int: 'bigint',
  flag: 'tinyint',
  text: 'mediumtext',
};

/** Statements that create a table and its indexes, each safe to run again. */
export function createTableStatements(schema: TableSchema, dialect: DialectName): string[] {
  const added = addedColumns(schema);
  const columns = Object.keys(schema.columns)
    .filter((name) => !added.includes(name))
    .map((name) => `  ${columnDefinition(schema, name, dialect)}`);
  const indexName = (kind: string, names: readonly string[]): string => nameOfIndex(schema, kind, names);
  const parts = [
    ...columns,
    `  primary key (${schema.primaryKey.join(', ')})`,
    ...(schema.checks ?? []).map((check) => `  check (${check})`),
  ];
  if (dialect === 'mysql') {
    parts.push(
      ...(schema.unique ?? []).map((names) => `  unique key ${indexName('uq', names)} (${names.join(', ')})`),
      ...(schema.index ?? []).map((names) => `  key ${indexName('ix', names)} (${names.join(', ')})`),
    );
    return [
      `create table if not exists ${schema.name} (\n${parts.join(',\n')}\n) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin`,
    ];
  }
  const createIndex = (kind: string, keyword: string) => (names: readonly string[]) =>
    `create ${keyword} if not exists ${indexName(kind, names)} on ${schema.name} (${names.join(', ')})`;
  return [
    `create table if not exists ${schema.name} (\n${parts.join(',\n')}\n)`,
    ...(schema.unique ?? []).map(createIndex('uq', 'unique index')),
    ...(schema.index ?? []).map(createIndex('ix', 'index')),
  ];
}

export function addedColumns(schema: TableSchema): readonly string[] {
  return schema.added ?? [];
}

/** Adds a column that came after its table; fails as `isThereAlready` where it is there already. */
export function addColumnStatement(schema: TableSchema, column: string, dialect: DialectName): string {
  return `alter table ${schema.name} add column ${columnDefinition(schema, column, dialect)}`;
}

/** An index that came after its table; MySQL has no "if not exists" for it, so there it fails as `isThereAlready`. */
export function addIndexStatement(schema: TableSchema, names: readonly string[], dialect: DialectName): string {
  const condition = dialect === 'sqlite' ? 'if not exists ' : '';
  return `create index ${condition}${nameOfIndex(schema, 'ix', names)} on ${schema.name} (${names.join(', ')})`;
}

function nameOfIndex(schema: TableSchema, kind: string, names: readonly string[]): string {
  return `${kind}_${schema.name}_${names.join('_')}`.slice(0, 64);
}

function columnDefinition(schema: TableSchema, name: string, dialect: DialectName): string {
  const types = dialect === 'sqlite' ? SQLITE_TYPES : MYSQL_TYPES;
  const declared = (schema.columns as Record<string, string>)[name] ?? '';
  const type = declared.replace('?', '') as ColumnType;
  return `${name} ${types[type]}${declared.endsWith('?') ? '' : ' not null'}`;
}

export function openStorage(options: StorageOptions): Storage {
  return options.url.startsWith('sqlite:') ? openSqlite(options) : openMysql(options);
}

/** Preparing took a fifth of the time of a busy run; the sidecar's statements are few. */
const MAX_PREPARED = 500;

const SQLITE_CACHE_KIB = 65_536;

/** Whether a statement answers with rows is asked of the library before each run, and never changes. */
function withKnownKind(statement: SqliteStatement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(parameters),
    iterate: (parameters) => statement.iterate(parameters),
    run: (parameters) => statement.run(parameters),
  };
}

function openSqlite(options: StorageOptions): Storage {
  const file = options.url.slice('sqlite:'.length);
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  // FULL, not NORMAL: a webhook answered with 2xx must survive a power cut.
  database.pragma(`synchronous = ${options.waitForDisk === false ? 'OFF' : 'FULL'}`);
  database.pragma('busy_timeout = 5000');
  database.pragma(`cache_size = -${SQLITE_CACHE_KIB}`);
  const { beforeStatement } = options;
  const prepared = new Map<string, SqliteStatement>();
  // Takes the write lock at once. A transaction that starts as a reader and finds another process writing would leave
  // libsql's prepared statement unfinished, and the connection stuck on its old snapshot for good.
  const beginImmediate: SqliteStatement = {
    reader: false,
    all: () => [],
    iterate: () => [].values(),
    run: () => {
      database.exec('begin immediate');
      return { changes: 0, lastInsertRowid: 0 };
    },
  };
  const watched = {
    close: () => {
      // libsql keeps the file locked for a transaction that was never ended.
      if (database.inTransaction) database.exec('rollback');
      // Else the log stays beside the file, and whoever copies the file alone loses what is in it.
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    },
    prepare: (statement: string) => {
      beforeStatement?.();
      if (statement === 'begin') return beginImmediate;
      const known = prepared.get(statement);
      if (known) return known;
      const fresh = withKnownKind(database.prepare(statement));
      if (prepared.size >= MAX_PREPARED) prepared.clear();
      prepared.set(statement, fresh);
      return fresh;
    },
  };
  const db = new Kysely<Tables>({
    dialect: new TurningSqliteDialect({ database: watched }),
    ...(options.log ? { log: options.log } : {}),
  });
  return { db, dialect: 'sqlite', close: () => db.destroy() };
}

function openMysql(options: StorageOptions): Storage {
  const pool = createPool({
    uri: options.url,
    connectionLimit: options.poolSize ?? 8,
    // The queue is bounded: rather an error the sender retries than memory without end.
    queueLimit: 10_000,
    supportBigNumbers: true,
    timezone: 'Z',
    charset: 'utf8mb4',
  });
  const db = new Kysely<Tables>({
    dialect: new MysqlDialect({
      pool,
      // READ COMMITTED: each statement sees what is committed now, and no gap locks make strangers wait.
      onCreateConnection: async (connection) => {
        await connection.executeQuery(sql`set session transaction isolation level read committed`.compile(db));
      },
    }),
    ...(options.log ? { log: options.log } : {}),
  });
  return { db, dialect: 'mysql', close: () => db.destroy() };
}

const DUPLICATE_CODES = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'ER_DUP_ENTRY']);

/** Deadlock, lock wait, Galera certification (deadlock code) and TiDB write conflict: the transaction may simply be run again. */
const RETRYABLE_CODES = new Set([
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
]);
const RETRYABLE_NUMBERS = new Set([1205, 1213, 1020, 8002, 8022, 9007]);

function errorField(error: unknown, field: 'code' | 'errno'): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : undefined;
}

/** A column or an index that was added before. SQLite has no code of its own for it. */
export function isThereAlready(error: unknown): boolean {
  const said = error instanceof Error ? error.message : '';
  const code = errorField(error, 'code');
  return code === 'ER_DUP_FIELDNAME' || code === 'ER_DUP_KEYNAME' || /duplicate column name/.test(said);
}

/** A database that was never migrated. SQLite has no code of its own for it. */
export function isTableMissing(error: unknown): boolean {
  const said = error instanceof Error ? error.message : '';
  return errorField(error, 'code') === 'ER_NO_SUCH_TABLE' || /no such table/.test(said);
}

export function isDuplicateKey(error: unknown): boolean {
  return DUPLICATE_CODES.has(String(errorField(error, 'code')));
}

export function isRetryable(error: unknown): boolean {
  return RETRYABLE_CODES.has(String(errorField(error, 'code'))) || RETRYABLE_NUMBERS.has(Number(errorField(error, 'errno')));
}
