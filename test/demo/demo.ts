/** `npm run demo`: plays a year and prints what came of it. The same seed gives the same books. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../sidecar/src/clock';
import buildAdminPages from '../support/admin-pages-setup';
import { runDemo } from './run-demo';
import { openStaffAccount } from '../support/staff-account';
import { openShop } from './open-shop';
import { DAYS } from './year';

interface Arguments {
  readonly seed: number;
  readonly orders: number;
  readonly customers: number;
  readonly serve: boolean;
  readonly port: number;
  readonly shopPort: number;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

function readArguments(): Arguments {
  return new Command('demo')
    .description('Plays a year of two sandbox shops through the sidecar and prints what came of it.')
    .option('--seed <number>', 'another seed, another year', wholeNumber, 1)
    .option('--orders <number>', 'orders in the year', wholeNumber, 2500)
    .option('--customers <number>', 'customers in the year', wholeNumber, 300)
    .option('--serve', 'leave it all open: a shop to try, and the admin pages', false)
    .option('--port <number>', 'port of the sidecar with --serve; 0 takes a free one', wholeNumber, 0)
    .option('--shop-port <number>', 'port of the shop with --serve; 0 takes a free one', wholeNumber, 0)
    .parse()
    .opts<Arguments>();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Found out before a year is played in vain. @throws Error when something else listens there */
async function mustBeFree(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** What somebody can do about it, where that is known. */
function faultText(error: unknown): string {
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Something else listens at port ${port}. Choose others by --port and --shop-port; 0 takes a free one.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<number> {
  const options = readArguments();
  if (options.serve) {
    await mustBeFree(options.shopPort);
    // A package has them built, and not what builds them.
    if (existsSync(join(__dirname, '../../sidecar/admin-ui/vite.config.mts'))) {
      say('building the admin pages');
      buildAdminPages();
    }
  }
  const started = systemClock.nowMs();
  say(
    `seed ${options.seed}: ${options.customers} customers, ${options.orders} orders, one Shopware and one Magento sandbox, SQLite`,
  );
  const bar = new SingleBar(
    { format: '  the year [{bar}] day {value}/{total} | {orders} orders', clearOnComplete: false },
    Presets.shades_classic,
  );
  bar.start(DAYS, 0, { orders: 0 });
  const played = await runDemo({ ...options, onDay: (day, orders) => bar.update(day, { orders }) });
  const { url, summary } = played;
  bar.stop();
  say(`\n${summary.text}`);
  say(`done in ${((systemClock.nowMs() - started) / 1000).toFixed(1)} s`);
  if (options.serve) {
    const { name, password } = await openStaffAccount(url, { name: 'demo', role: 'manage' });
    const shop = await openShop(played, options.shopPort);
    say(`\nThe shop:        ${shop.url}`);
    say(`The admin pages: ${url}/ui/   name ${name}, password ${password}`);
    say('Ctrl+C ends it.');
    return new Promise<number>(() => undefined);
  }
  await played.close();
  return summary.ok ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${faultText(error)}\n`);
    process.exit(1);
  },
);
