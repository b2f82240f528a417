/** Vouchers: what a programme promises, and what one of them says. */
import { ofCurrency } from './currency';
import { addDays, addMs, startOfDay, wholeDaysBetween } from './instant';
import { formatMinor } from './money';
import type { MinorByCurrency, PriceEffect } from './programme';

export interface VoucherTerms {
  /** An amount off by currency, or a share. */
  readonly discount: PriceEffect;
  /** Goods that an order paid with it must have; a missing currency = none. */
  readonly minimumMinor: MinorByCurrency;
  readonly validDays: number;
}

/** A voucher is in one currency: that of its amount and of its minimum. */
export interface VoucherOffer {
  /** 0 where a share is taken off. */
  readonly valueMinor: number;
  /** Null where an amount is taken off. */
  readonly percentBps: number | null;
  readonly currency: string;
  readonly minimumMinor: number;
}

const DAY_MS = 86_400_000;
/** How codes begin: shops have promotions of their own as well. */
export const VOUCHER_PREFIX = 'LOY-';
/** More codes than an order has. */
const MAX_CODES = 20;

/** Those of the codes of an order that can be ours, as we wrote them; shops take them in any case. */
export function voucherCodesAmong(codes: readonly string[]): string[] {
  const own = codes.map((code) => code.trim().toUpperCase()).filter((code) => code.startsWith(VOUCHER_PREFIX));
  return [...new Set(own)].sort().slice(0, MAX_CODES);
}

/** In the wished currency where the terms have an amount or minimum in it, else in the base currency; null when in neither. */
export function voucherOffer(terms: VoucherTerms, wished: string, baseCurrency: string): VoucherOffer | null {
  const { discount, minimumMinor } = terms;
  const candidates = [wished, baseCurrency];
  if (discount.kind === 'percent') {
    const needsNone = Object.keys(minimumMinor).length === 0;
    const currency = candidates.find((one) => needsNone || ofCurrency(minimumMinor, one) !== null) ?? baseCurrency;
    return { valueMinor: 0, percentBps: discount.percentBps, currency, minimumMinor: ofCurrency(minimumMinor, currency) ?? 0 };
  }
  const currency = candidates.find((one) => (ofCurrency(discount.priceMinor, one) ?? 0) > 0);
  if (currency === undefined) return null;
  const valueMinor = ofCurrency(discount.priceMinor, currency) ?? 0;
  return { valueMinor, percentBps: null, currency, minimumMinor: ofCurrency(minimumMinor, currency) ?? 0 };
}

/** The last moment of a voucher: shops know only days, and take it to the end of its last one. */
export function voucherEnd(from: string, validDays: number): string {
  return addMs(addDays(startOfDay(addDays(from, validDays)), 1), -1);
}

/** When its owner is reminded next, so many days before the end; null when no such moment is ahead. */
export function reminderOf(expiresAt: string, steps: readonly number[], now: string): string | null {
  const ahead = steps.map((days) => addDays(expiresAt, -days)).filter((at) => at > now);
  return ahead.sort()[0] ?? null;
}

/** Days that are left, the one that has begun counted. */
export function daysLeft(expiresAt: string, now: string): number {
  return wholeDaysBetween(now, addMs(expiresAt, DAY_MS - 1));
}

/** As a reason says it: `5.00 EUR` or `12.5 %`. */
export function voucherValue({ valueMinor, percentBps, currency }: Omit<VoucherOffer, 'minimumMinor'>): string {
  return percentBps === null ? formatMinor(valueMinor, currency) : `${percentBps / 100} %`;
}
