import { isRetryable } from '../storage/dialect';
import { inSavepoint, inTransaction, PersonErased, StateMoved, type Trx } from '../storage/transaction';
import type { ImportRun, ImportUnit } from '../stores/import-store';
import { erased, outcomeOf, settleUnit, surprise, type UnitEnd } from './apply-unit';
import type { ImportDeps } from './deps';
import type { UnitOutcome } from './kind';

/** Ends the transaction without a trace. */
class Tried extends Error {
  constructor(readonly outcomes: readonly UnitOutcome[]) {
    super('tried');
  }
}

/** A fault of ours: whatever came behind the unit was tried without it. */
class Surprised extends Error {
  constructor(
    readonly unit: ImportUnit,
    override readonly cause: unknown,
  ) {
    super('surprised');
  }
}

/**
 * Applies units one after the other in one transaction and rolls it back: each says what it would come to after those before
 * it. What is faulty leaves nothing to the later ones either.
 */
export async function tryChain(deps: ImportDeps, run: ImportRun, units: readonly ImportUnit[]): Promise<UnitEnd[]> {
  const given = new Map<number, UnitOutcome>();
  for (;;) {
    const outcomes = await outcomesOf(deps, run, units, given).catch((error: unknown) => error);
    if (outcomes instanceof Surprised) {
      const { unit, cause } = outcomes;
      const outcome = await surprise(deps, unit, cause);
      if (outcome === 'again') return ['again'];
      given.set(unit.unit_number, outcome);
      continue;
    }
    if (!(outcomes instanceof Tried)) throw outcomes;
    return settled(deps, run, units, outcomes.outcomes);
  }
}

/** All at once: whoever else tries the chain finds all of it, or nothing. */
async function settled(
  deps: ImportDeps,
  run: ImportRun,
  units: readonly ImportUnit[],
  outcomes: readonly UnitOutcome[],
): Promise<UnitEnd[]> {
  return inTransaction(deps.context.db, async (trx) => {
    const within = { ...deps, context: { ...deps.context, db: trx } };
    const ends: UnitEnd[] = [];
    for (const [index, unit] of units.entries()) {
      const outcome = outcomes[index];
      if (outcome) ends.push(await settleUnit(within, run, unit, outcome));
    }
    return ends;
  });
}

/** @throws Tried always, or Surprised, or whatever time heals */
async function outcomesOf(
  { context }: ImportDeps,
  run: ImportRun,
  units: readonly ImportUnit[],
  given: ReadonlyMap<number, UnitOutcome>,
): Promise<never> {
  return inTransaction(context.db, async (trx) => {
    const outcomes: UnitOutcome[] = [];
    for (const unit of units) {
      const known = given.get(unit.unit_number);
      outcomes.push(known ?? (await behind(trx, unit, () => outcomeOf({ ...context, db: trx }, run, unit))));
    }
    throw new Tried(outcomes);
  });
}

/** What a faulty unit did by then is undone, as if it had a transaction of its own. */
async function behind(trx: Trx, unit: ImportUnit, work: () => Promise<UnitOutcome>): Promise<UnitOutcome> {
  return inSavepoint(
    trx,
    () =>
      work().catch((error: unknown) => {
        if (error instanceof PersonErased) return erased(unit);
        throw error instanceof StateMoved || isRetryable(error) ? error : new Surprised(unit, error);
      }),
    ({ ok }) => ok,
  );
}
