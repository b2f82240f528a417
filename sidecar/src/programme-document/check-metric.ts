import { metricOf, type MetricCode } from '../domain/qualifying-metric';
import type { FieldError } from './field-error';
import { amount, fault } from './field-checks';

/** Whether a number is one of the metric's unit. */
export function amountInUnit(field: string, value: number, metric: MetricCode, baseCurrency: string): FieldError[] {
  const { unit } = metricOf(metric);
  if (unit === 'money') return amount(field, value, baseCurrency);
  return Number.isInteger(value) ? [] : [fault(field, `must be a whole number of ${unit}`)];
}
