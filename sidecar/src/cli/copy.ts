/** `npm run copy -- --from sqlite:data/loyalty.sqlite --to mysql://…`: moves the books into an empty database and proves them there. */
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { systemClock } from '../clock';
import { loadDatabaseConfig } from '../config';
import { verifyBooks } from '../ledger/verify';
import { copyStorage, countRows } from '../storage/copy-storage';
import { openStorage, type Storage } from '../storage/dialect';
import { migrate } from '../storage/migrate';
import { runCommand } from './run-command';

const command = new Command('copy')
  .description('Copies everything from one database into an empty one, and proves the books there. Stop the sidecar before.')
  .requiredOption('--from <url>', 'the database that has the books, like DATABASE_URL')
  .requiredOption('--to <url>', 'an empty database');

const open = (url: string): Storage => openStorage(loadDatabaseConfig({ DATABASE_URL: url }));

async function main(): Promise<number> {
  const { from, to } = command.parse().opts<{ from: string; to: string }>();
  if (from === to) return refuse('--from and --to name the same database.');
  const source = open(from);
  const target = open(to);
  try {
    return await move(source, target);
  } finally {
    await source.close();
    await target.close();
  }
}

async function move(source: Storage, target: Storage): Promise<number> {
  await migrate(source, systemClock);
  await migrate(target, systemClock);
  const bar = new SingleBar({ format: 'copy [{bar}] {value}/{total} rows', stream: process.stderr }, Presets.shades_classic);
  bar.start(await countRows(source), 0);
  const result = await copyStorage(source, target, (rows) => bar.update(rows)).finally(() => bar.stop());
  if (!result.ok)
    return refuse(`The table ${result.occupied} of the new database has rows. Nothing was copied: give it an empty one.`);
  const proof = await verifyBooks(target.db, () => undefined);
  if (!proof.ok) return refuse(`The books of the new database do NOT add up: ${proof.difference}`);
  process.stdout.write(
    `Copied ${result.rows} rows; the books of the new database are exact. Start the sidecar with it as DATABASE_URL.\n`,
  );
  return 0;
}

function refuse(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}

runCommand(main);
