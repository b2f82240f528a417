import { sql } from 'kysely';
import type { Clock } from '../clock';
import {
  addColumnStatement,
  addedColumns,
  addIndexStatement,
  createTableStatements,
  isThereAlready,
  type DialectName,
  type Storage,
} from './dialect';
import { areaTables, coreTables, tableSchemas } from './schema';
import type { TableSchema } from './table-schema';
import { insertOnce } from './transaction';

export interface Migration {
  readonly name: string;
  /** Exactly one statement, safe to run again: MariaDB does not roll back DDL. */
  readonly statement: (dialect: DialectName) => string | null;
}

/** All migrations in order. A released name never changes its meaning. */
export function migrations(dialect: DialectName): Migration[] {
  const create = (schema: TableSchema, name: string): Migration[] =>
    createTableStatements(schema, dialect).map((statement, part) => ({
      name: `${name}${part === 0 ? '' : `_${part}`}`,
      statement: () => statement,
    }));
  return [
    ...coreTables.flatMap((schema, index) => create(schema, `${String(index + 1).padStart(4, '0')}_${schema.name}`)),
    ...areaTables.flatMap((schema) => create(schema, `table_${schema.name}`)),
    ...tableSchemas.flatMap((schema) =>
      addedColumns(schema).map((column) => ({
        name: `column_${schema.name}_${column}`,
        statement: () => addColumnStatement(schema, column, dialect),
      })),
    ),
    ...tableSchemas.flatMap((schema) =>
      (schema.addedIndex ?? []).map((names) => ({
        name: `index_${schema.name}_${names.join('_')}`,
        statement: () => addIndexStatement(schema, names, dialect),
      })),
    ),
  ];
}

/** Brings the schema up to date; several sidecars may do so at once. Returns the names applied now. */
export async function migrate(storage: Storage, clock: Clock): Promise<string[]> {
  const keyType = storage.dialect === 'sqlite' ? 'text' : 'varchar(191) character set ascii collate ascii_bin';
  await sql
    .raw(`create table if not exists schema_migration (name ${keyType} not null primary key, applied_at ${keyType} not null)`)
    .execute(storage.db);
  const applied = new Set((await storage.db.selectFrom('schema_migration').select('name').execute()).map((row) => row.name));
  const fresh: string[] = [];
  for (const migration of migrations(storage.dialect)) {
    if (applied.has(migration.name)) continue;
    const statement = migration.statement(storage.dialect);
    if (statement !== null) await runOnce(storage, statement);
    await insertOnce(storage.db, 'schema_migration', { name: migration.name, applied_at: clock.now() });
    fresh.push(migration.name);
  }
  return fresh;
}

/** A column or index may be there already: a run that was killed before its record, or another sidecar that was quicker. */
async function runOnce({ db }: Storage, statement: string): Promise<void> {
  try {
    await sql.raw(statement).execute(db);
  } catch (error) {
    if (!isThereAlready(error)) throw error;
  }
}
