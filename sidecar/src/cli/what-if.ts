/**
 * `npm run what-if -- --programme draft.yaml --from 2026-01-01 --to 2026-12-31`: what a draft would have given for past orders.
 * Reads alone; the same books and draft give the same bytes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { loadDatabaseConfig } from '../config';
import type { Programme } from '../domain/programme';
import type { Reason } from '../domain/reason';
import { explainReasons } from '../explain/explain-decision';
import { replayOrders } from '../operations/replay-orders';
import { parseProgramme, type FieldError } from '../programme-document/programme-document';
import { readWritten } from '../programme-document/written';
import type { WhatIfReport } from '../replay/what-if-report';
import { whatIfText } from '../replay/what-if-text';
import { canonicalJson } from '../storage/canonical-json';
import { openStorage, type Storage } from '../storage/dialect';
import { countPastMembers } from '../stores/past-order-store';
import { createProgrammeSource } from '../stores/programme-store';
import { runCommand } from './run-command';

interface Arguments {
  readonly programme: string;
  readonly programmeId: string;
  readonly from: string;
  readonly to: string;
  readonly shop?: string;
  readonly compare?: string;
  readonly json: boolean;
  readonly out?: string;
}

/** A day means all of it. */
function instant(last: boolean): (text: string) => string {
  return (text) => {
    const written = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T${last ? '23:59:59.999' : '00:00:00.000'}Z` : text;
    const ms = Date.parse(written);
    if (Number.isNaN(ms)) throw new InvalidArgumentError('must be a day like 2026-01-31 or an instant in ISO 8601');
    return new Date(ms).toISOString();
  };
}

function published(text: string): string {
  if (text !== 'published') throw new InvalidArgumentError('must be "published"');
  return text;
}

const command = new Command('what-if')
  .requiredOption('--programme <file>', 'the draft, YAML or JSON')
  .requiredOption('--from <day>', 'orders placed from then on', instant(false))
  .requiredOption('--to <day>', 'orders placed until then, included', instant(true))
  .option('--programme-id <id>', 'whose orders', 'default')
  .option('--shop <id>', 'orders of one shop alone')
  .option('--compare <with>', '"published": also what the programme in effect at --to would have given', published)
  .option('--json', 'the report as JSON', false)
  .option('--out <file>', 'writes it to a file');

async function main(): Promise<number> {
  const options = command.parse().opts<Arguments>();
  if (options.from > options.to) return refuse([{ field: '--from', message: 'must not be after --to' }]);
  const written = readWritten(await readFile(options.programme, 'utf8'));
  if (!written.ok) return refuse(written.errors);
  const parsed = parseProgramme(written.document);
  if (!parsed.ok) return refuse(parsed.errors);
  const storage = openStorage(loadDatabaseConfig(process.env));
  try {
    return await run(storage, options, parsed.programme);
  } finally {
    await storage.close();
  }
}

async function run({ db }: Storage, options: Arguments, draft: Programme): Promise<number> {
  const { programmeId, from, to, shop } = options;
  const effective = options.compare ? await createProgrammeSource().effectiveAt(db, programmeId, to) : null;
  if (options.compare && !effective) return refuse([{ field: '--compare', message: `nothing is published by ${to}` }]);
  const past = { programmeId, shopId: shop ?? null, from, to };
  const bar = new SingleBar(
    { format: 'what-if [{bar}] {value}/{total} members', stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(await countPastMembers(db, past), 0);
  const programmes = { draft, published: effective?.programme ?? null };
  const report = await replayOrders(db, past, programmes, (members) => bar.update(members)).finally(() => bar.stop());
  const text = options.json ? `${canonicalJson({ ...past, ...report })}\n` : whatIfText(report, wordsOf(report, draft));
  if (options.out === undefined) process.stdout.write(text);
  else await writeFile(options.out, text);
  return 0;
}

/** What is in the report beside orders, and what is not. */
function wordsOf({ replayed = [], leftOut }: WhatIfReport, draft: Programme) {
  const inWords = (reasons: readonly Reason[]): string[] => explainReasons(reasons, draft, 'en').map(({ text }) => text);
  return { replayed: inWords(replayed), leftOut: inWords(leftOut) };
}

function refuse(errors: readonly FieldError[]): number {
  for (const { field, message } of errors) process.stderr.write(`${field}: ${message}\n`);
  return 1;
}

runCommand(main);
