import type { PointValue } from '../key-figures/figure';
import { spanOf, type Period } from '../key-figures/period';
import { findMeasuredProgramme } from '../stores/measure-store';
import type { OperationContext } from './context';

/** A programme as its figures are read. */
export interface MeasuredProgramme {
  readonly programmeId: string;
  /** By whose clock the days are. */
  readonly timeZone: string;
  readonly baseCurrency: string;
  /** What was recorded before is in the figures; null = they are being counted for the first time, or anew. */
  readonly computedUntil: string | null;
}

/** Null when nothing was published. */
export async function measuredProgramme(context: OperationContext, programmeId: string): Promise<MeasuredProgramme | null> {
  const { db, clock, programmes } = context;
  const published = await programmes.effectiveAt(db, programmeId, clock.now());
  if (!published) return null;
  const measured = await findMeasuredProgramme(db, programmeId);
  const { timeZone, baseCurrency } = published.programme;
  return {
    programmeId,
    timeZone: measured?.time_zone ?? timeZone,
    baseCurrency,
    computedUntil: measured?.computed_until ?? null,
  };
}

/** What points were worth when the period ended, by the version in effect then; null = nothing in money. */
export async function pointValueAfter(
  { db, clock, programmes }: OperationContext,
  { programmeId, timeZone }: MeasuredProgramme,
  period: Period,
): Promise<PointValue | null> {
  const { end } = spanOf(period, timeZone);
  const now = clock.now();
  const published = await programmes.effectiveAt(db, programmeId, end < now ? end : now);
  if (!published) return null;
  const { currencies, baseCurrency } = published.programme;
  return currencies[baseCurrency]?.pointValue ?? null;
}
