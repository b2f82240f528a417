import type { Sums, SumWindow } from './figure';
import { windowPeriod, type Period } from './period';

export interface DaySum {
  readonly day: string;
  readonly measure: string;
  readonly value: number;
}

interface Running {
  readonly days: string[];
  /** Up to and including the day at the same place. */
  readonly totals: number[];
}

/** Sums over any period out of the sums of days: what came until its end less what came before it began. */
export function runningSums(daySums: readonly DaySum[]): (period: Period) => Sums {
  const byMeasure = new Map<string, Running>();
  for (const { day, measure, value } of [...daySums].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const running = byMeasure.get(measure) ?? { days: [], totals: [] };
    byMeasure.set(measure, running);
    running.totals.push((running.totals.at(-1) ?? 0) + value);
    running.days.push(day);
  }
  const over = (window: SumWindow, period: Period): ReadonlyMap<string, number> => {
    const { from, to } = windowPeriod(window, period);
    return new Map(
      [...byMeasure].map(([measure, running]) => [
        measure,
        totalWhile(running, (day) => day <= to) - totalWhile(running, (day) => day < from),
      ]),
    );
  };
  return (period) => ({ period: over('period', period), until: over('until', period), year: over('year', period) });
}

/** The total of the last day for which the condition holds; it holds up to some day and for none after. */
function totalWhile({ days, totals }: Running, holds: (day: string) => boolean): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(days[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return totals[low - 1] ?? 0;
}
