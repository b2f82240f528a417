import { mulDiv } from './money';

const UNIT_MILLI = 1000;

/**
 * What a line keeps of an integer total (points or minor units) when some of its quantity went back.
 *
 * Of n whole units each holds `total div n`, the first `total mod n` one more; refunds take the last units. A broken
 * unit, and a quantity that is not whole, keep their share rounded down. The result depends only on how much went back
 * in the end, never on the steps; nothing back keeps all, all back keeps nothing. Quantities in thousandths.
 */
export function keptOfUnits(total: number, quantityMilli: number, refundedMilli: number): number {
  const keptMilli = remainingMilli(quantityMilli, refundedMilli);
  if (keptMilli === 0) return 0;
  if (quantityMilli % UNIT_MILLI !== 0) return mulDiv(total, keptMilli, quantityMilli, 'down');
  const units = quantityMilli / UNIT_MILLI;
  const perUnit = Math.floor(total / units);
  const withOneMore = total % units;
  const wholeKept = Math.floor(keptMilli / UNIT_MILLI);
  const nextUnit = perUnit + (wholeKept < withOneMore ? 1 : 0);
  return wholeKept * perUnit + Math.min(wholeKept, withOneMore) + mulDiv(nextUnit, keptMilli % UNIT_MILLI, UNIT_MILLI, 'down');
}

/** Quantity still with the buyer; never negative, whatever the shop reports. */
export function remainingMilli(quantityMilli: number, refundedMilli: number): number {
  return Math.max(0, quantityMilli - Math.max(0, refundedMilli));
}
