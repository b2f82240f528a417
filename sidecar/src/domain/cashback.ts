/** Cashback: points turned into money at their value, in whole minor units and to the point. */
import type { CalendarPeriod } from './calendar';
import { ofCurrency } from './currency';
import { mulDiv } from './money';
import type { Programme } from './programme';
import { reason, type Reason } from './reason';

export interface CashbackRule {
  readonly code: string;
  readonly name: string;
  readonly minimumPoints: number;
  /** Only multiples of it are paid out. */
  readonly stepPoints: number;
  /** `credit`: the merchant's accounting pays it. */
  readonly payout: 'voucher' | 'credit';
  /** Of the voucher. */
  readonly validDays: number | null;
  /** Paid without being asked for, when a calendar period has ended; null = only on request. */
  readonly every: CalendarPeriod | null;
}

interface Worth {
  readonly points: number;
  readonly valueMinor: number;
}

export interface CashbackQuote extends Worth {
  readonly currency: string;
}

export type CashbackVerdict =
  | { readonly isPaid: true; readonly quote: CashbackQuote; readonly reasons: readonly Reason[] }
  | { readonly isPaid: false; readonly reasons: readonly Reason[] };

/** The fewest points of which every multiple is both a multiple of the step and worth whole minor units; null = points have no value. */
export function cashbackUnit({ currencies, baseCurrency }: Programme, { stepPoints }: CashbackRule): Worth | null {
  const value = ofCurrency(currencies, baseCurrency)?.pointValue ?? null;
  if (value === null) return null;
  const { valuePoints, valueMinor } = value;
  const whole = valuePoints / greatestDivisor(valuePoints, valueMinor);
  const points = mulDiv(stepPoints, whole, greatestDivisor(stepPoints, whole), 'down');
  return { points, valueMinor: mulDiv(points, valueMinor, valuePoints, 'down') };
}

/**
 * What a member is paid.
 * @param wanted null = as much as there is; the rest stays
 */
export function judgeCashback(
  programme: Programme,
  rule: CashbackRule,
  available: number,
  wanted: number | null,
): CashbackVerdict {
  const { code: cashback, minimumPoints } = rule;
  const unit = cashbackUnit(programme, rule);
  const refused = (why: Reason): CashbackVerdict => ({ isPaid: false, reasons: [why] });
  if (unit === null) return refused(reason('cashback_no_value', false, { cashback }));
  const points = wanted ?? available - (available % unit.points);
  if (points < minimumPoints || points === 0) {
    return refused(reason('cashback_below_minimum', false, { cashback, points, minimumPoints }));
  }
  if (points % unit.points !== 0) return refused(reason('cashback_not_a_step', false, { cashback, points, unit: unit.points }));
  if (points > available) return refused(reason('cashback_points_missing', false, { cashback, points, available }));
  const { baseCurrency: currency } = programme;
  const valueMinor = mulDiv(points, unit.valueMinor, unit.points, 'down');
  return {
    isPaid: true,
    quote: { points, valueMinor, currency },
    reasons: [reason('cashback_paid', true, { cashback, points, valueMinor, currency, kept: available - points })],
  };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

export const PAYOUT_STATES = ['requested', 'paid', 'failed'] as const;

export type PayoutState = (typeof PAYOUT_STATES)[number];

/** A transfer may come back after it was sent. */
const NEXT_STATES: Readonly<Record<PayoutState, readonly PayoutState[]>> = {
  requested: ['paid', 'failed'],
  paid: ['failed'],
  failed: [],
};

export function payoutMayBecome(state: PayoutState, next: PayoutState): boolean {
  return NEXT_STATES[state].includes(next);
}
