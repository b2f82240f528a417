import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type ProgrammeFixture = 'simple' | 'tiers' | 'b2b' | 'full';

/** A programme of test/fixtures/programmes as plain data, as a merchant wrote it. */
export function readProgramme(name: ProgrammeFixture): Record<string, unknown> {
  const file = join(__dirname, '../../fixtures/programmes', `${name}.yaml`);
  return parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
