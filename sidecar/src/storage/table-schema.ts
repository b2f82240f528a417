/**
 * The schema as data, rendered by each dialect. Keeping it declarative lets MySQL put indexes into CREATE TABLE (it has no
 * CREATE INDEX IF NOT EXISTS) while SQLite creates them one by one.
 */
import type { Tables } from './tables';

/**
 * `key`: short ASCII compared byte by byte; `time`: ISO-8601 UTC text; `name`: short text of any script;
 * `int`: 64-bit integer kept within 2^53; `flag`: 0|1; `text`: up to 16 MB.
 */
export type ColumnType = 'key' | 'longKey' | 'time' | 'name' | 'int' | 'flag' | 'text';

export interface TableSchema<T extends keyof Tables = keyof Tables> {
  readonly name: T;
  /** `?` at the end of the type allows NULL. */
  readonly columns: { readonly [C in keyof Tables[T] & string]: ColumnType | `${ColumnType}?` };
  /** Columns that came after their table; each must allow NULL. */
  readonly added?: readonly (keyof Tables[T] & string)[];
  readonly primaryKey: readonly (keyof Tables[T] & string)[];
  readonly unique?: readonly (readonly (keyof Tables[T] & string)[])[];
  readonly index?: readonly (readonly (keyof Tables[T] & string)[])[];
  /** Indexes that came after their table. */
  readonly addedIndex?: readonly (readonly (keyof Tables[T] & string)[])[];
  /** SQL conditions both dialects understand. */
  readonly checks?: readonly string[];
}

export function table<T extends keyof Tables>(schema: TableSchema<T>): TableSchema {
  return schema as unknown as TableSchema;
}
