/**
 * The whole test run: brings the programs it needs, runs every suite and ends with the line `N passed, N failed`.
 * Lint, format and types count as one test each. Exits 1 when anything failed or no test ran.
 */
import { spawnSync } from 'node:child_process';
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

/** Runs a program to its end with its output passed on; true when it succeeded. */
function run(command: string, args: readonly string[], directory = root): boolean {
  const result = spawnSync(command, args, { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.error) say(result.error.message);
  return result.status === 0;
}

/** Programs of npm packages run under this very Node, whichever one the PATH names. */
function runTool(tool: string, ...args: readonly string[]): boolean {
  return run(process.execPath, [join(root, 'node_modules', '.bin', tool), ...args]);
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

function jest(reportDirectory: string): Count {
  const reportFile = join(reportDirectory, 'jest.json');
  const workers = Math.max(2, availableParallelism() - 1);
  const ok = runTool('jest', '--ci', `--maxWorkers=${workers}`, '--json', `--outputFile=${reportFile}`);
  if (!existsSync(reportFile)) return oneTest(false);
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport;
  // A skipped test is a failed one: nothing is left out silently.
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) say(`${skipped} skipped tests count as failed`);
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  return { passed: report.numPassedTests, failed: ok || failed > 0 ? failed : 1 };
}

/** The suite of the Magento module's classes that need no Magento. */
function phpunit(reportDirectory: string): Count {
  const module = join(root, 'magento-bridge', 'Test');
  const reportFile = join(reportDirectory, 'phpunit.xml');
  if (!run('composer', ['install', '--no-interaction', '--no-progress'], module)) return oneTest(false);
  const ok = run('php', ['vendor/bin/phpunit', '--log-junit', reportFile], module);
  if (!existsSync(reportFile)) return oneTest(false);
  const total = /<testsuite [^>]*>/.exec(readFileSync(reportFile, 'utf8'))?.[0] ?? '';
  const figure = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(total)?.[1] ?? 0);
  const failed = figure('failures') + figure('errors') + figure('skipped');
  return { passed: figure('tests') - failed, failed: ok || failed > 0 ? failed : 1 };
}

function runSuites(reportDirectory: string): Outcome[] {
  const suites: Record<string, () => Count> = {
    lint: () => oneTest(runTool('eslint', '.')),
    format: () => oneTest(runTool('prettier', '--check', '.')),
    types: () => oneTest(runTool('tsc', '-p', '.') && runTool('vue-tsc', '--noEmit', '-p', 'sidecar/admin-ui')),
    jest: () => jest(reportDirectory),
    phpunit: () => phpunit(reportDirectory),
  };
  return Object.entries(suites).map(([suite, runSuite]) => {
    say(`\n== ${suite}`);
    const startedAt = performance.now();
    const count = runSuite();
    return { suite, ...count, seconds: (performance.now() - startedAt) / 1000 };
  });
}

function main(): number {
  try {
    bringNeeds(say);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    say('0 passed, 1 failed');
    return 1;
  }
  const reportDirectory = mkdtempSync(join(tmpdir(), 'loyalty-test-'));
  const outcomes = runSuites(reportDirectory);
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

process.exitCode = main();
