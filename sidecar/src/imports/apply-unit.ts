import type { OperationContext } from '../operations/context';
import { inTransaction, PersonErased, StateMoved } from '../storage/transaction';
import { isRetryable } from '../storage/dialect';
import {
  addToRun,
  countAttempt,
  faultsSoFar,
  keepFaults,
  takeUnit,
  type ImportRun,
  type ImportUnit,
} from '../stores/import-store';
import type { ImportDeps } from './deps';
import { shownFault } from './fault';
import { faulty, type Applied, type ImportTarget, type KeptRow, type UnitOutcome } from './kind';
import { importKindOf } from './registry';

/** Of a unit that ends in a fault of ours. */
const MAX_ATTEMPTS = 3;

/** `taken`: somebody else has dealt with it; `ended`: the run is over; `again`: it ended in a fault of ours and is tried again. */
export type UnitEnd = 'done' | 'failed' | 'taken' | 'ended' | 'again';

/** Ends the transaction without a trace. */
class Undone extends Error {
  constructor(readonly outcome: UnitOutcome | 'taken' | 'ended') {
    super('undone');
  }
}

type Rows = readonly KeptRow<Readonly<Record<string, unknown>>>[];

export function rowsOf({ content }: ImportUnit): Rows {
  return JSON.parse(content) as Rows;
}

/**
 * Applies one unit of a run and deletes it, in one transaction: once, whoever else tries, and wherever a process dies. What is
 * faulty leaves nothing but its figures.
 */
export async function applyUnit(deps: ImportDeps, run: ImportRun, unit: ImportUnit): Promise<UnitEnd> {
  const outcome = await tryUnit(deps, run, unit).catch((error: unknown) => surprise(deps, unit, error));
  if (typeof outcome === 'string') return outcome;
  return outcome.ok ? 'done' : settleUnit(deps, run, unit, outcome);
}

/** Deletes a unit of which nothing stays but what it came to. */
export async function settleUnit(deps: ImportDeps, run: ImportRun, unit: ImportUnit, outcome: UnitOutcome): Promise<UnitEnd> {
  return inTransaction(deps.context.db, async (trx) => {
    if (!(await takeUnit(trx, unit))) return 'taken';
    if (outcome.ok) return (await addToRun(trx, run.run_id, figuresOf(outcome.applied))) ? 'done' : 'ended';
    const { faults } = outcome;
    if (!(await addToRun(trx, run.run_id, { units_failed: 1, faults: faults.length }))) return 'ended';
    const before = (await faultsSoFar(trx, run.run_id)) - faults.length;
    const cells = new Map(rowsOf(unit).map(({ row, values }) => [row, values]));
    const shown = faults.map((one) => shownFault(one, cells.get(one.row) ?? {}));
    await keepFaults(trx, run.run_id, before, shown);
    return 'failed';
  });
}

async function tryUnit({ context }: ImportDeps, run: ImportRun, unit: ImportUnit): Promise<UnitOutcome | 'taken' | 'ended'> {
  try {
    return await inTransaction(context.db, async (trx) => {
      if (!(await takeUnit(trx, unit))) throw new Undone('taken');
      const outcome = await outcomeOf({ ...context, db: trx }, run, unit);
      if (!outcome.ok) throw new Undone(outcome);
      if (!(await addToRun(trx, run.run_id, figuresOf(outcome.applied)))) throw new Undone('ended');
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    if (error instanceof PersonErased) return erased(unit);
    throw error;
  }
}

/** Within the transaction that `context.db` is. */
export function outcomeOf(context: OperationContext, run: ImportRun, unit: ImportUnit): Promise<UnitOutcome> {
  return importKindOf(run.kind).apply(context, targetOf(run), rowsOf(unit) as never);
}

export function erased(unit: ImportUnit): UnitOutcome {
  return faulty(unit.first_row, null, 'is about somebody who was erased');
}

/** @throws whatever time heals: the unit waits */
export async function surprise(
  { context, onFault }: ImportDeps,
  unit: ImportUnit,
  error: unknown,
): Promise<UnitOutcome | 'again'> {
  if (error instanceof StateMoved || isRetryable(error)) throw error;
  onFault(error, { runId: unit.run_id, row: unit.first_row });
  if (unit.attempts + 1 >= MAX_ATTEMPTS)
    return faulty(unit.first_row, null, 'could not be applied, by a fault of ours; it is in the log');
  await countAttempt(context.db, unit);
  return 'again';
}

function targetOf(run: ImportRun): ImportTarget {
  return {
    runId: run.run_id,
    programmeId: run.programme_id,
    shopId: run.shop_id,
    priceList: run.price_list,
    actor: run.actor,
    reason: run.reason,
  };
}

function figuresOf({ effect, points }: Applied) {
  return {
    units_done: 1,
    units_created: effect === 'created' ? 1 : 0,
    units_changed: effect === 'changed' ? 1 : 0,
    points,
  };
}
