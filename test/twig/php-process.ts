/** One PHP for all questions of a test file: starting it takes longer than most answers. */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK_BYTES = 65_536;

export interface PhpProcess {
  /**
   * Waits for the answer without leaving the caller's turn.
   * @param question JSON; the program answers each line with a line
   * @throws when the program ended instead; what it said of that went to the standard error
   */
  ask(question: unknown): unknown;
  stop(): void;
}

export function startPhp(args: readonly string[]): PhpProcess {
  const folder = mkdtempSync(join(tmpdir(), 'loyalty-php-'));
  const [questions, answers] = [join(folder, 'questions'), join(folder, 'answers')];
  execFileSync('mkfifo', [questions, answers]);
  // Opening one end of a pipe waits for the other, unless one opens both.
  const [asked, given] = [openSync(questions, 'r+'), openSync(answers, 'r+')];
  const [read, received] = [openSync(questions, 'r'), openSync(answers, 'r')];
  spawn('php', args, { stdio: [read, given, 'inherit'] }).unref();
  // With its ends closed here, each side sees the other's end.
  for (const end of [read, given]) closeSync(end);
  rmSync(folder, { recursive: true });
  return {
    ask: (question) => {
      writeWhole(asked, Buffer.from(`${JSON.stringify(question)}\n`));
      return JSON.parse(readLine(received)) as unknown;
    },
    stop: () => {
      for (const end of [asked, received]) closeSync(end);
    },
  };
}

function writeWhole(to: number, bytes: Buffer): void {
  for (let sent = 0; sent < bytes.length;) sent += writeSync(to, bytes, sent);
}

function readLine(from: number): string {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const length = readSync(from, chunk);
    if (length === 0) throw new Error('PHP ended without an answer');
    chunks.push(chunk.subarray(0, length));
    if (chunk[length - 1] === 0x0a) return Buffer.concat(chunks).toString('utf8');
  }
}
