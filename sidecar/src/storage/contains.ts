import { sql, type RawBuilder, type SqlBool } from 'kysely';

/**
 * Whether a column has a text somewhere, small letters like capitals. Without wildcards, whatever the text; SQLite knows
 * capitals of ASCII alone, so the text is also looked for as it is.
 */
export function contains(column: string, text: string): RawBuilder<SqlBool> {
  const written = sql.ref(column);
  return sql`(instr(${written}, ${text}) > 0 or instr(lower(${written}), ${text.toLowerCase()}) > 0)`;
}
