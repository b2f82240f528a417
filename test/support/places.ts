/** Where texts are kept, such as those that name a person. */
import { sql } from 'kysely';
import { tableSchemas } from '../../sidecar/src/storage/schema';
import type { Db } from '../../sidecar/src/storage/transaction';

/** Every table and column that has one of the texts. */
export async function places(db: Db, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of tableSchemas) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (texts.some((text) => String(value).includes(text))) found.push(`${name}.${column}`);
      }
    }
  }
  return found;
}
