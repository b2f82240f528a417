/** `npm run bench`: intake and processing on MariaDB as shares of what raw mysql2 and node:http do in the same run. */
import { randomBytes } from 'node:crypto';
import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { createConnection } from 'mysql2/promise';
import { startMariadb } from '../support/mariadb';
import { benchGrowth } from './growth';
import { benchIntake } from './intake';
import { benchProcessing } from './processing';

interface Arguments {
  readonly deliveries: number;
  readonly orders: number;
  readonly rounds: number;
  readonly postings: number;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function progress(name: string, total: number): SingleBar {
  const bar = new SingleBar({ format: `  ${name} [{bar}] {value}/{total}`, stream: process.stderr }, Presets.shades_classic);
  bar.start(total, 0);
  return bar;
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
const rate = (perSecond: number): string => `${perSecond.toFixed(0)}/s`;

async function main(): Promise<void> {
  const options = new Command('bench')
    .option('--deliveries <number>', 'webhooks a round', wholeNumber, 2000)
    .option('--orders <number>', 'orders a round, three events each', wholeNumber, 300)
    .option('--rounds <number>', 'rounds; the median counts', wholeNumber, 5)
    .option('--postings <number>', 'size of the large books', wholeNumber, 1_000_000)
    .parse()
    .opts<Arguments>();
  const server = await startMariadb({ bufferPoolMb: 512, logFileMb: 256 });
  const freshUrl = async (): Promise<string> => {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    const connection = await createConnection({ uri: server.url('') });
    await connection.query(`create database ${name}`);
    await connection.end();
    return server.url(name);
  };
  try {
    const intakeBar = progress('intake', options.rounds);
    const intake = await benchIntake(freshUrl, {
      deliveries: options.deliveries,
      rounds: options.rounds,
      lanes: 32,
      onProgress: () => intakeBar.increment(),
    });
    intakeBar.stop();
    const processingBar = progress('processing', options.rounds);
    const processing = await benchProcessing(freshUrl, {
      orders: options.orders,
      rounds: options.rounds,
      lanes: 8,
      onProgress: () => processingBar.increment(),
    });
    processingBar.stop();
    const growthBar = progress('filling the books', options.postings);
    const growth = await benchGrowth(await freshUrl(), {
      sizes: [10_000, options.postings],
      orders: options.orders,
      rounds: options.rounds,
      onProgress: (postings) => growthBar.update(postings),
    });
    growthBar.stop();
    say('Intake (20 kB webhook over HTTP until committed; 32 connections)');
    say(`  ours ${rate(intake.perSecond)}`);
    say(
      `  raw mysql2, one insert a delivery     ${rate(intake.mysqlFloor)}  -> ours is ${percent(intake.perSecond / intake.mysqlFloor)}`,
    );
    say(
      `  raw node:http, no storage             ${rate(intake.httpFloor)}  -> ours is ${percent(intake.perSecond / intake.httpFloor)}`,
    );
    say(
      `  raw node:http and raw mysql2 together ${rate(intake.bothFloor)}  -> ours is ${percent(intake.perSecond / intake.bothFloor)}`,
    );
    say('Processing (an order event to books, decision and desired state; 8 lanes)');
    say(`  ours ${rate(processing.eventsPerSecond)}, ${processing.statementsPerEvent.toFixed(1)} statements an event`);
    say(`  raw mysql2, the same statements       ${rate(processing.rawPerSecond)}  -> ours is ${percent(processing.share)}`);
    say('Growth (cost of an event)');
    for (const size of growth.sizes) say(`  at ${size.postings} postings: ${size.msPerEvent.toFixed(2)} ms`);
    say(`  factor ${growth.growth.toFixed(2)}`);
  } finally {
    await server.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
