/** Types of the API's requests and answers, as text; kept in a file, which a test compares with this. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../sidecar/src/clock';
import { startSidecar } from './composed-sidecar';

const root = join(__dirname, '../..');

export const apiTypesFile = join(root, 'sidecar/admin-ui/src/api/openapi.d.ts');

const HEAD = '/* Written by `npm run api:types` from the API itself; do not edit. */\n';

export async function apiTypes(): Promise<string> {
  const composed = await startSidecar({ clock: new ManualClock(0), random: () => 0.5 });
  const document = await (await fetch(`${composed.url}/openapi.json`)).text();
  await composed.close();
  const directory = mkdtempSync(join(tmpdir(), 'loyalty-types-'));
  const [input, output] = [join(directory, 'openapi.json'), join(directory, 'openapi.d.ts')];
  writeFileSync(input, document);
  const tool = join(root, 'node_modules/openapi-typescript/bin/cli.js');
  execFileSync(process.execPath, [tool, input, '--output', output, '--root-types', '--root-types-no-schema-prefix'], {
    stdio: 'ignore',
  });
  const text = HEAD + readFileSync(output, 'utf8').replace(/^\/\*\*[\s\S]*?\*\/\n/, '');
  rmSync(directory, { recursive: true });
  return text;
}
