/**
 * `npm run verify`: rebuilds every balance and lot from postings, proves each member's hash chain and that all entries
 * sum to zero. Prints figures; exits 1 at the first difference.
 */
import { SingleBar, Presets } from 'cli-progress';
import { loadDatabaseConfig } from '../config';
import { verifyBooks, type VerifyFigures } from '../ledger/verify';
import { openStorage } from '../storage/dialect';
import { toInteger } from '../storage/transaction';
import { runCommand } from './run-command';

async function main(): Promise<number> {
  const storage = openStorage(loadDatabaseConfig(process.env));
  try {
    const total = await storage.db
      .selectFrom('member_account')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirst();
    const bar = new SingleBar(
      { format: 'verify [{bar}] {value}/{total} members', stream: process.stderr },
      Presets.shades_classic,
    );
    bar.start(toInteger(total?.count), 0);
    const result = await verifyBooks(storage.db, (members) => bar.update(members)).finally(() => bar.stop());
    if (!result.ok) {
      process.stdout.write(`The books do NOT add up: ${result.difference}\n`);
      return 1;
    }
    process.stdout.write(figuresText(result.figures));
    return 0;
  } finally {
    await storage.close();
  }
}

function figuresText(figures: VerifyFigures): string {
  const accounts = Object.entries(figures.accounts)
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([account, points]) => `  ${account.padEnd(10)} ${String(points).padStart(14)}`);
  return [
    'The books are exact.',
    `  members    ${String(figures.members).padStart(14)}`,
    `  entries    ${String(figures.entries).padStart(14)}`,
    `  postings   ${String(figures.postings).padStart(14)}`,
    `  lots       ${String(figures.lots).padStart(14)}`,
    'Points by account (together 0):',
    ...accounts,
    '',
  ].join('\n');
}

runCommand(main);
