/** The metrics a merchant can ask for. A new one is an entry here; schema, checks and reviews follow. */
import { wholeDaysBetween } from './instant';
import type { QualifyingTotals } from './qualifying';

export interface QualifyingMetric {
  /** `money`: minor units of the base currency; else a whole number of these. */
  readonly unit: 'money' | 'orders' | 'items' | 'points' | 'days';
  /** `orders`: counted within a window; `membership`: since the member joined. */
  readonly counts: 'orders' | 'membership';
  value(of: { readonly totals: QualifyingTotals; readonly joinedAt: string; readonly asOf: string }): number;
}

export const qualifyingMetrics = {
  turnover: { unit: 'money', counts: 'orders', value: ({ totals }) => totals.turnoverMinor },
  orders: { unit: 'orders', counts: 'orders', value: ({ totals }) => totals.orders },
  items: { unit: 'items', counts: 'orders', value: ({ totals }) => totals.items },
  points: { unit: 'points', counts: 'orders', value: ({ totals }) => totals.points },
  membership: { unit: 'days', counts: 'membership', value: ({ joinedAt, asOf }) => wholeDaysBetween(joinedAt, asOf) },
} as const satisfies Record<string, QualifyingMetric>;

export type MetricCode = keyof typeof qualifyingMetrics;

export const METRIC_CODES = Object.keys(qualifyingMetrics) as MetricCode[];

export function isMetricCode(code: string): code is MetricCode {
  return Object.hasOwn(qualifyingMetrics, code);
}

export function metricOf(code: MetricCode): QualifyingMetric {
  return qualifyingMetrics[code];
}
