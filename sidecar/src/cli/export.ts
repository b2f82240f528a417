/** `npm run export -- --kind members --programme default --out members.csv`: a table out of the books; without a file, to stdout. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Presets, SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import { loadDatabaseConfig } from '../config';
import { memberLines, pointLines, priceTableLines } from '../exports/tables';
import { countEntries } from '../ledger/queries';
import { openStorage } from '../storage/dialect';
import type { Db } from '../storage/transaction';
import { countTableMembers } from '../stores/member-table-store';
import { findPriceList } from '../stores/price-list-store';
import { runCommand } from './run-command';

const KINDS = ['members', 'points', 'prices'] as const;

interface Arguments {
  readonly kind: (typeof KINDS)[number];
  readonly programme: string;
  readonly priceList?: string;
  readonly out?: string;
}

interface Table {
  readonly rows: number;
  lines(onRows: (rows: number) => void): AsyncGenerator<string>;
}

const command = new Command('export')
  .addOption(new Option('--kind <kind>', 'what the rows are').choices(KINDS).makeOptionMandatory())
  .option('--programme <id>', 'of which programme', 'default')
  .option('--price-list <code>', 'whose prices')
  .option('--out <file>', 'writes it to a file');

async function main(): Promise<number> {
  const options = command.parse().opts<Arguments>();
  const storage = openStorage(loadDatabaseConfig(process.env));
  try {
    const table = await tableOf(storage.db, options);
    if (table === null) {
      process.stderr.write('--price-list: must be the code of a price list of the programme\n');
      return 1;
    }
    const bar = new SingleBar(
      { format: `${options.kind} [{bar}] {value}/{total}`, stream: process.stderr },
      Presets.shades_classic,
    );
    bar.start(table.rows, 0);
    const lines = Readable.from(table.lines((rows) => bar.increment(rows)));
    const written =
      options.out === undefined
        ? pipeline(lines, process.stdout, { end: false })
        : pipeline(lines, createWriteStream(options.out));
    await written.finally(() => bar.stop());
    return 0;
  } finally {
    await storage.close();
  }
}

async function tableOf(db: Db, { kind, programme, priceList = '' }: Arguments): Promise<Table | null> {
  if (kind === 'members') {
    return { rows: await countTableMembers(db, programme), lines: (onRows) => memberLines(db, programme, onRows) };
  }
  if (kind === 'points') return { rows: await countEntries(db, programme), lines: (onRows) => pointLines(db, programme, onRows) };
  const list = await findPriceList(db, programme, priceList);
  return list ? { rows: list.prices, lines: (onRows) => priceTableLines(db, list.list_id, onRows) } : null;
}

runCommand(main);
