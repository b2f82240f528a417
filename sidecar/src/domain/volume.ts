/** Incentives for turnover and quantity: points for what a member buys within a window, by bands. */
import { calendarSpan } from './calendar';
import { addDays, isBefore } from './instant';
import { NO_TOTALS, sumTotals, type QualifyingTotals, type QualifyingWindow } from './qualifying';
import { metricOf, type MetricCode } from './qualifying-metric';
import { reason, type Reason } from './reason';

export interface VolumeBand {
  /** In the metric's unit; money in minor units of the base currency. */
  readonly from: number;
  /** What the window is worth at this band in all, not on top of the band below. */
  readonly points: number;
}

export interface VolumeIncentive {
  readonly code: string;
  readonly name: string;
  /** One that counts orders. */
  readonly metric: MetricCode;
  /** `days`: a window opens with the first order after the one before has closed. */
  readonly window: QualifyingWindow;
  /** Strictly ascending in both. */
  readonly bands: readonly VolumeBand[];
}

/** An order that became final, as it counts now. */
export interface CountedOrder {
  readonly releaseAt: string;
  readonly totals: QualifyingTotals;
}

export interface VolumeWindow {
  /** Inclusive. */
  readonly start: string;
  /** Exclusive. */
  readonly end: string;
  readonly value: number;
  /** The value after each order. */
  readonly steps: readonly { readonly releaseAt: string; readonly value: number }[];
}

/**
 * The windows that a member's orders fall into, oldest first. Depends on the orders alone, so it does not matter when and in
 * which order they were heard of.
 * @param orders by release, oldest first; those that count for nothing open no window
 */
export function volumeWindows(incentive: VolumeIncentive, orders: readonly CountedOrder[], timeZone: string): VolumeWindow[] {
  const windows: { start: string; end: string; totals: QualifyingTotals; steps: VolumeWindow['steps'][number][] }[] = [];
  for (const { releaseAt, totals } of orders) {
    if (valueOf(incentive.metric, totals) === 0) continue;
    let open = windows.at(-1);
    if (!open || !isBefore(releaseAt, open.end)) {
      open = { ...windowFrom(incentive.window, releaseAt, timeZone), totals: NO_TOTALS, steps: [] };
      windows.push(open);
    }
    open.totals = sumTotals(open.totals, totals);
    open.steps.push({ releaseAt, value: valueOf(incentive.metric, open.totals) });
  }
  return windows.map(({ start, end, steps }) => ({ start, end, steps, value: steps.at(-1)?.value ?? 0 }));
}

function windowFrom(window: QualifyingWindow, at: string, timeZone: string): { start: string; end: string } {
  return 'days' in window ? { start: at, end: addDays(at, window.days) } : calendarSpan(window.period, at, timeZone);
}

function valueOf(metric: MetricCode, totals: QualifyingTotals): number {
  return metricOf(metric).value({ totals, joinedAt: '', asOf: '' });
}

export interface ReachedBand extends VolumeBand {
  /** Release of the order that reached it. */
  readonly reachedAt: string;
}

/** The highest band that a window has reached; null below the first. */
export function reachedBand({ bands }: VolumeIncentive, { value, steps }: VolumeWindow): ReachedBand | null {
  const band = bands.findLast(({ from }) => value >= from);
  const step = band && steps.find((one) => one.value >= band.from);
  return step ? { ...band, reachedAt: step.releaseAt } : null;
}

/** A reason for every band: reached or not, and how much is missing. */
export function explainBands(incentive: VolumeIncentive, value: number): Reason[] {
  const { code, metric, bands } = incentive;
  return bands.map(({ from, points }) => {
    const figures = { incentive: code, metric, value, from, points };
    return value >= from
      ? reason('volume_band_reached', true, figures)
      : reason('volume_band_missed', false, { ...figures, missing: from - value });
  });
}

/** What a member sees of an incentive. */
export interface VolumeProgress {
  readonly code: string;
  readonly name: string;
  readonly metric: MetricCode;
  readonly value: number;
  /** Earned in this window so far. */
  readonly points: number;
  readonly nextBand: { readonly from: number; readonly points: number; readonly missing: number } | null;
  /** When the window closes; null while none is open. */
  readonly endsAt: string | null;
}

/** Where a member stands at an instant. */
export function volumeProgress(
  incentive: VolumeIncentive,
  orders: readonly CountedOrder[],
  asOf: string,
  timeZone: string,
): VolumeProgress {
  const { code, name, metric, window, bands } = incentive;
  const last = volumeWindows(incentive, orders, timeZone).at(-1);
  const open = last && isBefore(asOf, last.end) ? last : null;
  const value = open?.value ?? 0;
  const next = bands.find(({ from }) => value < from);
  return {
    code,
    name,
    metric,
    value,
    points: (open && reachedBand(incentive, open)?.points) ?? 0,
    nextBand: next ? { ...next, missing: next.from - value } : null,
    endsAt: open?.end ?? ('period' in window ? calendarSpan(window.period, asOf, timeZone).end : null),
  };
}
