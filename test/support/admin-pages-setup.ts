import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Pages as they are now: what was built before may be of older sources. */
export default function setUp(): void {
  const arguments_ = [
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    '--config',
    'sidecar/admin-ui/vite.config.mts',
    '--logLevel',
    'warn',
  ];
  execFileSync(process.execPath, arguments_, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
