import { setImmediate } from 'node:timers/promises';
import { addMs } from '../domain/instant';
import {
  abandonedRuns,
  dropRun,
  dropUnits,
  endRun,
  nextUnits,
  openRuns,
  unitsNumbered,
  type ImportRun,
} from '../stores/import-store';
import { applyUnit, type UnitEnd } from './apply-unit';
import { chainsOf } from './chains';
import type { ImportDeps } from './deps';
import { tryChain } from './try-chain';

/** More wait for the next minute. */
const RUNS_AT_ONCE = 20;
const UNITS_A_READ = 50;
/** Longer than any file takes to come in. */
const MAX_RECEIPT_MS = 3_600_000;

/** Applies the files that have come in, oldest first. Whatever ends it in the middle, the next goes on with what is left. */
export async function runImports(
  deps: ImportDeps,
  signal: AbortSignal,
): Promise<{ runs: number; units: number; failed: number; abandoned: number }> {
  const { db, clock } = deps.context;
  const counts = { runs: 0, units: 0, failed: 0, abandoned: 0 };
  for (const runId of await abandonedRuns(db, addMs(clock.now(), -MAX_RECEIPT_MS), RUNS_AT_ONCE)) {
    await dropRun(db, runId);
    counts.abandoned += 1;
  }
  for (const run of await openRuns(db, RUNS_AT_ONCE)) {
    const isOver = await runImport(deps, run, signal, (end) => {
      if (end === 'done') counts.units += 1;
      if (end === 'failed') counts.failed += 1;
    });
    if (isOver) counts.runs += 1;
  }
  return counts;
}

/** Says whether it came to its end. */
export async function runImport(
  deps: ImportDeps,
  run: ImportRun,
  signal: AbortSignal,
  onUnit: (end: UnitEnd) => void,
): Promise<boolean> {
  if (run.is_dry === 1) return tryImport(deps, run, signal, onUnit);
  const { db, clock } = deps.context;
  for (;;) {
    const units = await nextUnits(db, run.run_id, UNITS_A_READ);
    if (units.length === 0) return endRun(db, run.run_id, { status: 'done', now: clock.now() });
    for (const unit of units) {
      if (signal.aborted) return false;
      const end = await applyUnit(deps, run, unit);
      onUnit(end);
      if (end === 'ended') {
        await dropUnits(db, run.run_id);
        return false;
      }
      // An embedded database answers at once: without a pause nobody else would have a turn.
      await setImmediate();
    }
  }
}

/** What is only tried: units about the same people one after the other, each seeing what those before it would do. */
async function tryImport(
  deps: ImportDeps,
  run: ImportRun,
  signal: AbortSignal,
  onUnit: (end: UnitEnd) => void,
): Promise<boolean> {
  const { db, clock } = deps.context;
  for (;;) {
    const chains = await chainsOf(db, run);
    if (chains.length === 0) return endRun(db, run.run_id, { status: 'done', now: clock.now() });
    for (const chain of chains) {
      if (signal.aborted) return false;
      const ends = await tryChain(deps, run, await unitsNumbered(db, run.run_id, chain));
      ends.forEach(onUnit);
      if (ends.includes('ended')) {
        await dropUnits(db, run.run_id);
        return false;
      }
      await setImmediate();
    }
  }
}
