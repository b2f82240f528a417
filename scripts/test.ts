/**
 * The whole test run: brings the programs it needs, runs every suite and ends with the line `N passed, N failed`.
 * Lint, format and the two runs of types count as one test each. Exits 1 when anything failed or no test ran.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bringNeeds } from './needs';

interface Outcome {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

type Count = Pick<Outcome, 'passed' | 'failed'>;

const root = resolve(__dirname, '..');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Ended {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program to its end; its output is kept, so that programs that run side by side don't talk at once. */
function runQuietly(command: string, args: readonly string[], directory = root): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    const end = (ok: boolean, last: string): void => done({ ok, output: Buffer.concat(chunks).toString('utf8') + last });
    child.once('error', (error) => end(false, error.message));
    child.once('close', (code) => end(code === 0, ''));
  });
}

const tool = (name: string): string => join(root, 'node_modules', '.bin', name);

/** Programs of npm packages run under this very Node, whichever one the PATH names. */
async function check(name: string, ...args: readonly string[]): Promise<Count> {
  const { ok, output } = await runQuietly(process.execPath, [tool(name), ...args]);
  process.stdout.write(output);
  return oneTest(ok);
}

function oneTest(ok: boolean): Count {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

interface JestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function jest(reportDirectory: string, projects: readonly string[], workers: number): Count {
  const reportFile = join(reportDirectory, `${projects.join('-')}.json`);
  const options = ['--ci', `--maxWorkers=${workers}`, '--json', `--outputFile=${reportFile}`];
  const args = [tool('jest'), ...options, '--selectProjects', ...projects];
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.error) say(result.error.message);
  const ok = result.status === 0;
  if (!existsSync(reportFile)) return oneTest(false);
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport;
  // A skipped test is a failed one: nothing is left out silently.
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) say(`${skipped} skipped tests count as failed`);
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  return { passed: report.numPassedTests, failed: ok || failed > 0 ? failed : 1 };
}

/** The suite of the Magento module's classes that need no Magento. */
async function phpunit(reportDirectory: string): Promise<Count> {
  const module = join(root, 'magento-bridge', 'Test');
  const reportFile = join(reportDirectory, 'phpunit.xml');
  const installed = await runQuietly('composer', ['install', '--no-interaction', '--no-progress'], module);
  process.stdout.write(installed.output);
  if (!installed.ok) return oneTest(false);
  const { ok, output } = await runQuietly('php', ['vendor/bin/phpunit', '--log-junit', reportFile], module);
  process.stdout.write(output);
  if (!existsSync(reportFile)) return oneTest(false);
  const total = /<testsuite [^>]*>/.exec(readFileSync(reportFile, 'utf8'))?.[0] ?? '';
  const figure = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(total)?.[1] ?? 0);
  const failed = figure('failures') + figure('errors') + figure('skipped');
  return { passed: figure('tests') - failed, failed: ok || failed > 0 ? failed : 1 };
}

type Suite = readonly [name: string, run: () => Promise<Count> | Count];

async function timed([suite, runSuite]: Suite): Promise<Outcome> {
  const startedAt = performance.now();
  const count = await runSuite();
  const seconds = (performance.now() - startedAt) / 1000;
  say(`== ${suite}: ${count.failed === 0 ? 'passed' : 'FAILED'} after ${seconds.toFixed(1)} s\n`);
  return { suite, ...count, seconds };
}

/** What uses one core each, as many at once as there are cores; then the tests, which use them all. */
async function runSuites(reportDirectory: string): Promise<Outcome[]> {
  const single: Suite[] = [
    ['lint', () => check('eslint', '.')],
    ['pages', () => check('vue-tsc', '--noEmit', '-p', 'sidecar/admin-ui')],
    ['types', () => check('tsc', '-p', '.')],
    ['format', () => check('prettier', '--check', '.')],
    ['phpunit', () => phpunit(reportDirectory)],
  ];
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let suite = single.shift(); suite !== undefined; suite = single.shift()) outcomes.push(await timed(suite));
  };
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, lane));
  const workers = Math.max(2, availableParallelism() - 1);
  outcomes.push(await timed(['jest', () => jest(reportDirectory, ['plain', 'database'], workers)]));
  // Pages are looked at when nothing else runs: a browser that waits for a core finds faults that are none.
  outcomes.push(await timed(['browser', () => jest(reportDirectory, ['browser'], 1)]));
  return outcomes;
}

async function main(): Promise<number> {
  try {
    bringNeeds(say);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    say('0 passed, 1 failed');
    return 1;
  }
  const reportDirectory = mkdtempSync(join(tmpdir(), 'loyalty-test-'));
  const outcomes = await runSuites(reportDirectory);
  rmSync(reportDirectory, { recursive: true, force: true });
  say(`\nNode ${process.version}`);
  for (const { suite, passed, failed, seconds } of outcomes) {
    say(`${suite.padEnd(8)} ${passed} passed, ${failed} failed (${seconds.toFixed(1)} s)`);
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  const jestRan = outcomes.some(({ suite, passed: ok, failed: bad }) => suite === 'jest' && ok + bad > 0);
  if (!jestRan) say('no test ran');
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 && jestRan ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    say('0 passed, 1 failed');
    process.exitCode = 1;
  },
);
