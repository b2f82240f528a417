/** Writes the configuration table of docs/operate/configuration.md from sidecar/src/config.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { configTable, tableIn } from '../test/support/config-table';

async function main(): Promise<void> {
  const file = join(__dirname, '..', 'docs', 'operate', 'configuration.md');
  const page = readFileSync(file, 'utf8');
  const filled = page.replace(tableIn(page), () => `\n\n${configTable()}\n\n`);
  writeFileSync(file, await format(filled, { ...(await resolveConfig(file)), filepath: file }));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
