/**
 * `node --import tsx test/bench/imports.ts --rows 100000`: taking a file in against merely parsing it and against raw inserts of as
 * many rows; applying rows against the same corrections without an import.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { ManualClock } from '../../sidecar/src/clock';
import { receiveImport } from '../../sidecar/src/imports/receive';
import { runImport } from '../../sidecar/src/imports/run-imports';
import { adjustPoints } from '../../sidecar/src/operations/adjust-points';
import { openStorage } from '../../sidecar/src/storage/dialect';
import { migrate } from '../../sidecar/src/storage/migrate';
import { insertUnits } from '../../sidecar/src/stores/import-store';
import { openBooks, type Books } from '../support/books';
import { bytesOf, importDesk } from '../support/import-files';
import { PROGRAMME_ID } from '../support/programme';
import { median } from './lanes';

const MEMBERS = 100;
const ROWS_AN_INSERT = 200;
const CHUNK_BYTES = 65_536;

async function timed(work: () => unknown): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

function fileOf(rows: number, round: string, members: readonly string[]): string {
  const lines = Array.from(
    { length: rows },
    (_, index) => `${members[index % members.length]},1,Opening balance,${round}-${index}`,
  );
  return `memberId,points,reason,reference\n${lines.join('\n')}\n`;
}

async function insertRaw({ context }: Books, rows: number, round: string): Promise<void> {
  for (let first = 0; first < rows; first += ROWS_AN_INSERT) {
    const units = Array.from({ length: Math.min(ROWS_AN_INSERT, rows - first) }, (_, index) => {
      const unit_number = first + index + 1;
      const content = `[{"row":${unit_number},"values":{"memberId":"m","points":1,"reason":"Opening balance","reference":"r"}}]`;
      return {
        run_id: `raw-${round}`,
        unit_number,
        subject: `${round}-${unit_number}`,
        first_row: unit_number,
        content,
        attempts: 0,
      };
    });
    await insertUnits(context.db, units);
  }
}

async function applyPart(books: Books, round: string, members: readonly string[], rows: number): Promise<[number, number]> {
  const desk = importDesk(books.context);
  const received = await receiveImport(
    desk.deps,
    desk.wish('points', { idempotencyKey: `apply-${round}` }),
    bytesOf(fileOf(rows, round, members)),
  );
  if (!received.ok) throw new Error(received.code);
  const ours = await timed(() => runImport(desk.deps, received.value.run, new AbortController().signal, () => undefined));
  const floor = await timed(async () => {
    for (let index = 0; index < rows; index += 1) {
      const memberId = members[index % members.length] ?? '';
      const change = { points: 1, reason: 'Opening balance', actor: 'bench', idempotencyKey: `floor-${round}-${index}` };
      await adjustPoints(books.context, { programmeId: PROGRAMME_ID, memberId, ...change });
    }
  });
  return [ours, floor];
}

const options = new Command('imports')
  .option('--rows <number>', 'rows that are taken in', Number, 100_000)
  .option('--applied <number>', 'rows a round that are applied', Number, 500)
  .option('--rounds <number>', 'rounds; the median counts', Number, 3)
  .parse()
  .opts<{ rows: number; applied: number; rounds: number }>();

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
  const storage = openStorage({ url: `sqlite:${join(folder, 'bench.sqlite')}` });
  try {
    await migrate(storage, new ManualClock(Date.parse('2026-01-01T00:00:00.000Z')));
    const books = await openBooks(storage, '2026-04-01T10:00:00.000Z', {});
    const desk = importDesk(books.context);
    const people = Array.from({ length: MEMBERS }, (_, index) => `,p${index}@example.com,2026-01-01`);
    await desk.bring('members', `customerId,email,joinedAt\n${people.join('\n')}\n`);
    const rows = await storage.db.selectFrom('member').select('member_id').execute();
    const members = rows.map((row) => row.member_id);
    const taken: number[] = [];
    const [parsing, inserting, applying]: [number[], number[], number[]] = [[], [], []];
    for (let index = 0; index < options.rounds; index += 1) {
      const round = `${index}${randomBytes(3).toString('hex')}`;
      const file = fileOf(options.rows, round, members);
      const parsed = await timed(() => parse(file));
      const inserted = await timed(() => insertRaw(books, options.rows, round));
      const wish = desk.wish('points', { idempotencyKey: `bench-${round}`, isDry: true });
      const ours = await timed(() => receiveImport(desk.deps, wish, bytesOf(file, CHUNK_BYTES)));
      taken.push(ours);
      parsing.push(ours / parsed);
      inserting.push(ours / (parsed + inserted));
      const [applied, floor] = await applyPart(books, `a${round}`, members, options.applied);
      applying.push(applied / floor);
    }
    const perSecond = (options.rows / median(taken)) * 1000;
    process.stdout.write(
      `${options.rows} rows taken in: ${median(taken).toFixed(0)} ms, ${perSecond.toFixed(0)} rows/s; ` +
        `${median(parsing).toFixed(2)} times parsing alone, ${median(inserting).toFixed(2)} times parsing and raw inserts; ` +
        `applying ${median(applying).toFixed(2)} times the same corrections without an import\n`,
    );
  } finally {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
