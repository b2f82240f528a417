import { join } from 'node:path';
import type { DialectName } from '../../sidecar/src/storage/dialect';
import { migrations } from '../../sidecar/src/storage/migrate';

export function schemaSnapshotFile(dialect: DialectName): string {
  return join(__dirname, '..', 'contract', `schema.${dialect}.sql`);
}

/** Every migration as it runs on a dialect, in order; committed so that a review sees what a change does to the tables. */
export function schemaSnapshot(dialect: DialectName): string {
  const steps = migrations(dialect).map(
    ({ name, statement }) => `-- ${name}\n${statement(dialect) ?? '-- nothing to do here'};\n`,
  );
  return `-- Written by "npm run schema:snapshot"; do not edit.\n\n${steps.join('\n')}`;
}
