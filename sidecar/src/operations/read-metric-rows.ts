import { signedMeasures, type Figure } from '../key-figures/figure';
import { spanOf, windowPeriod, type Period } from '../key-figures/period';
import type { Db } from '../storage/transaction';
import { figureRows, type RowPage } from '../stores/figure-row-store';
import type { MeasuredProgramme } from './measured-programme';
import { periodSpans } from './read-metrics';

export interface AskedRows {
  readonly figure: Figure;
  readonly part: 'numerator' | 'denominator';
  readonly period: Period;
  readonly shopId: string | null;
  readonly after: readonly string[];
  readonly limit: number;
}

/** A page of the rows that a figure is made of; their values sum to its numerator or denominator. Null = it has no denominator. */
export async function readMetricRows(db: Db, programme: MeasuredProgramme, asked: AskedRows): Promise<RowPage | null> {
  const { figure, period, shopId, after, limit } = asked;
  const part = figure[asked.part];
  if (part === null) return null;
  const { programmeId, timeZone } = programme;
  const window = windowPeriod(part.window, period);
  return figureRows(db, signedMeasures(part), {
    scope: { programmeId, shopId },
    period: window,
    span: spanOf(window, timeZone),
    spans: periodSpans(period, timeZone),
    after,
    limit,
  });
}
