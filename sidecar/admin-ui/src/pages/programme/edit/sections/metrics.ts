import { METRIC_CODES, metricOf, type MetricCode } from '../../../../../../src/domain/qualifying-metric';

export const metrics: readonly MetricCode[] = METRIC_CODES;

export function isMetric(code: unknown): code is MetricCode {
  return metrics.some((metric) => metric === code);
}

export function isMoney(code: unknown): boolean {
  return isMetric(code) && metricOf(code).unit === 'money';
}

/** Whether it is counted within a window of time. */
export function hasWindow(code: unknown): boolean {
  return isMetric(code) && metricOf(code).counts === 'orders';
}
