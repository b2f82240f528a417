/** `npm run build:app -- --url https://loyalty.example`: checks the Shopware App and packs it into dist/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { checkApp } from './shopware-app/check-app';
import { packApp } from './shopware-app/pack-app';

const APP_NAME = 'LoyaltySidecar';
const root = resolve(__dirname, '..');

interface Arguments {
  readonly url: string;
  readonly secret?: string;
  readonly out: string;
}

function main(): number {
  const options = new Command('build:app')
    .description('Packs the Shopware App for one sidecar. Without a secret it is the build for the store.')
    .requiredOption('--url <url>', 'where shops reach the sidecar, e.g. https://loyalty.example')
    .option('--secret <secret>', 'SHOPWARE_APP_SECRET of the sidecar; makes a private app')
    .option('--out <file>', 'where the archive is written', `dist/${APP_NAME}.zip`)
    .parse()
    .opts<Arguments>();
  const folder = join(root, 'shopware-app');
  const faults = checkApp(folder);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) return 1;
  const archive = packApp(folder, APP_NAME, { url: options.url, secret: options.secret ?? null });
  const target = resolve(options.out);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, archive);
  const size = `${(archive.length / 1024).toFixed(0)} kB`;
  process.stdout.write(`${options.out}, ${size}. Upload it in the shop under Extensions > My extensions.\n`);
  return 0;
}

process.exitCode = main();
