/**
 * `npm run import -- --kind sales --programme default --file sales.csv --dry-run`: a table into the books, by the same way as over
 * the API. Faults go to stderr; exit code 1 when there are any.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Presets, SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import { AppError } from '../errors';
import { importAbout, type AboutRefusal } from '../imports/about';
import { cancelImport } from '../imports/cancel';
import type { ImportDeps } from '../imports/deps';
import type { AnyImportKind } from '../imports/kind';
import { receiveImport, type ImportWish } from '../imports/receive';
import { importKindOf, importKinds } from '../imports/registry';
import { runImport } from '../imports/run-imports';
import type { Db } from '../storage/transaction';
import { findRun, listFaults, MAX_OPEN_RUNS, type FaultCursor, type ImportRun } from '../stores/import-store';
import { openBooks } from './open-books';
import { runCommand } from './run-command';

interface Arguments {
  readonly kind: string;
  readonly programme: string;
  readonly file: string;
  readonly shop?: string;
  readonly priceList?: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

const FAULTS_A_READ = 500;

const command = new Command('import')
  .addOption(new Option('--kind <kind>', 'what the rows are').choices(importKinds.map(({ code }) => code)).makeOptionMandatory())
  .requiredOption('--file <file>', 'CSV in UTF-8')
  .option('--programme <id>', 'into which programme', 'default')
  .option('--shop <id>', 'whose customers and receipts; may be left out when the programme has one shop')
  .option('--price-list <code>', 'whose prices')
  .option('--reason <text>', 'stands in the history of a price list', 'Import')
  .option('--dry-run', 'says what would happen, and changes nothing', false);

const ABOUT: Readonly<Record<AboutRefusal, string>> = {
  unknown_list: '--price-list: must be the code of a price list of the programme',
  unknown_shop: '--shop: is no shop of the programme',
  shop_needed: '--shop: is required, unless the programme has one shop alone',
};

/** Ends the command with what to do about it. */
class Refused extends Error {}

async function main(): Promise<number> {
  const options = command.parse().opts<Arguments>();
  const { storage, context, hashEmail } = openBooks(process.env);
  const deps: ImportDeps = { context, hashEmail, onFault: (error) => process.stderr.write(`${String(error)}\n`) };
  try {
    const kind = importKindOf(options.kind);
    const wish = await wishOf(context.db, kind, options, context.ids.next());
    const run = await takeIn(deps, kind, wish, options.file);
    const isOver = await apply(deps, run);
    const end = (await findRun(context.db, run.run_id)) ?? run;
    await listFaultsOf(context.db, end);
    process.stdout.write(summary(end, isOver));
    return isOver && end.faults === 0 ? 0 : 1;
  } finally {
    await storage.close();
  }
}

async function wishOf(db: Db, kind: AnyImportKind, options: Arguments, idempotencyKey: string): Promise<ImportWish> {
  const { programme: programmeId, shop: shopId, priceList, dryRun: isDry, reason } = options;
  const about = await importAbout(db, kind, { programmeId, shopId, priceList });
  if (!about.ok) throw new Refused(ABOUT[about.code]);
  return { ...about.value, kind: kind.code, isDry, reason, actor: `cli:${userInfo().username}`, idempotencyKey };
}

async function takeIn(deps: ImportDeps, kind: AnyImportKind, wish: ImportWish, file: string): Promise<ImportRun> {
  const { size } = await stat(file);
  if (size > kind.maxBytes) throw new Refused(`${file}: has more than ${kind.maxBytes} bytes; split it`);
  const bar = new SingleBar({ format: 'reading   [{bar}] {percentage}%', stream: process.stderr }, Presets.shades_classic);
  bar.start(size, 0);
  const bytes = createReadStream(file);
  bytes.on('data', (chunk) => bar.increment(chunk.length));
  const received = await receiveImport(deps, wish, bytes).finally(() => bar.stop());
  if (received.ok) return received.value.run;
  throw new Refused(`there are ${MAX_OPEN_RUNS} imports under way; wait for them to end`);
}

/** Ctrl-C cancels what waits. False when it did. */
async function apply(deps: ImportDeps, run: ImportRun): Promise<boolean> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  const bar = new SingleBar(
    { format: `${run.is_dry === 1 ? 'trying   ' : 'importing'} [{bar}] {value}/{total}`, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(run.units_total, run.units_failed);
  try {
    const isOver = await runImport(deps, run, stopping.signal, (end) => {
      if (end !== 'again') bar.increment();
    });
    // A job of the sidecar may have ended it before us.
    if (isOver || !stopping.signal.aborted) return (await findRun(deps.context.db, run.run_id))?.status === 'done';
    await cancelImport(deps.context, run.run_id);
    return false;
  } finally {
    bar.stop();
    process.removeListener('SIGINT', stop);
  }
}

async function listFaultsOf(db: Db, run: ImportRun): Promise<void> {
  let after: FaultCursor | null = null;
  let told = 0;
  for (;;) {
    const faults = await listFaults(db, run.run_id, after, FAULTS_A_READ);
    for (const { at_row: row, column_name: column, value, message } of faults) {
      const cell = value === null ? '' : ` (${JSON.stringify(value)})`;
      process.stderr.write(`row ${row}${column === null ? '' : `, ${column}`}: ${message}${cell}\n`);
    }
    told += faults.length;
    after = faults[FAULTS_A_READ - 1] ?? null;
    if (after === null) break;
  }
  if (run.faults > told) process.stderr.write(`and ${run.faults - told} more\n`);
}

function summary(run: ImportRun, isOver: boolean): string {
  const { units_done: done, units_created: created, units_changed: changed } = run;
  const end = isOver ? (run.is_dry === 1 ? 'Tried; nothing was changed' : 'Imported') : 'Cancelled; what was imported stays';
  const line = (name: string, value: number): string => `  ${name.padEnd(10)} ${String(value).padStart(12)}\n`;
  return [
    `${end}.\n`,
    line('rows', run.rows_total),
    line('created', created),
    line('changed', changed),
    line('unchanged', done - created - changed),
    line('failed', run.units_failed),
    line('points', run.points),
  ].join('');
}

function told(error: unknown): string | null {
  if (error instanceof Refused) return error.message;
  if (!(error instanceof AppError)) return null;
  const { fields } = error.details as { fields?: readonly { readonly field: string; readonly problem: string }[] };
  return fields?.map(({ field, problem }) => `${field}: ${problem}`).join('\n') ?? error.message;
}

runCommand(main, told);
