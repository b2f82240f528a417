/** Writes test/contract/schema.<dialect>.sql from the migrations. */
import { writeFileSync } from 'node:fs';
import { schemaSnapshot, schemaSnapshotFile } from '../test/support/schema-snapshot';
import { dialects } from '../test/support/storages';

for (const dialect of dialects) writeFileSync(schemaSnapshotFile(dialect), schemaSnapshot(dialect));
