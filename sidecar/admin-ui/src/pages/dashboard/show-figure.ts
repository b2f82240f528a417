import type { paths } from '../../api/openapi';
import { money, number, percent } from '../../format/formats';

type Series = paths['/admin/programmes/{programmeId}/metrics/series']['get'];
export type FigureCode = Series['parameters']['query']['figure'];
export type Unit = Series['responses'][200]['content']['application/json']['unit'];

/** A net promoter score is a number between -100 and 100, not a share. */
const SCORES: ReadonlySet<string> = new Set(['net_promoter_score']);

export function showFigure(figure: string, unit: Unit, value: number, currency: string): string {
  if (SCORES.has(figure)) return number(Math.round(value / 100));
  if (unit === 'minor') return money(value, currency);
  return unit === 'bps' ? percent(value) : number(value);
}
