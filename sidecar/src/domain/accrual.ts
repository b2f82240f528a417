/** Accrual arithmetic: what each line of an order is worth, and the whole points the order earned as it was placed. */
import { divide, roundToTotal, toSafe } from './money';
import { factorBps, lineFactor, type Factor } from './multiplier';
import type { OrderLine } from './order-snapshot';
import type { AccrualTerms, CurrencyTerms, MultiplierRule } from './programme';
import { reason, type Reason } from './reason';
import { namedCategory, namesProduct } from './scope';

/** A line before points: its basis and the exact factor on it. */
export interface AccruingLine {
  readonly line: OrderLine;
  /** Value for all ordered units, minor units; 0 for everything that is not goods. Counts for turnover even when excluded. */
  readonly basisMinor: number;
  /** Null = the line earns nothing. */
  readonly factor: Factor | null;
  readonly multiplierBps: number;
  readonly reasons: readonly Reason[];
}

export function accruingLine(accrual: AccrualTerms, rules: readonly MultiplierRule[], line: OrderLine): AccruingLine {
  if (line.kind !== 'product') return idle(line, 0, [reason('line_not_goods', false, { kind: line.kind })]);
  const { basisMinor, reasons } = lineBasis(accrual, line);
  const exclusion = goodsExclusion(accrual, line);
  if (exclusion) return idle(line, basisMinor, [...reasons, exclusion]);
  const { factor, reasons: multiplierReasons } = lineFactor(accrual.stacking, rules, line);
  return { line, basisMinor, factor, multiplierBps: factorBps(factor), reasons: [...reasons, ...multiplierReasons] };
}

function idle(line: OrderLine, basisMinor: number, reasons: readonly Reason[]): AccruingLine {
  return { line, basisMinor, factor: null, multiplierBps: 0, reasons };
}

function lineBasis(accrual: AccrualTerms, line: OrderLine): { basisMinor: number; reasons: readonly Reason[] } {
  const net = accrual.basis === 'net';
  const valueMinor = net ? line.netMinor : line.grossMinor;
  const paidByPointsMinor = net ? line.pointsDiscountNetMinor : line.pointsDiscountGrossMinor;
  const reducedByMinor = accrual.pointsPaymentReducesBasis ? paidByPointsMinor : 0;
  // A line of negative value must not make its refund earn points.
  const basisMinor = line.quantityMilli > 0 ? Math.max(0, valueMinor - reducedByMinor) : 0;
  const reasons: Reason[] = [];
  if (paidByPointsMinor !== 0) {
    reasons.push(reason('points_payment_reduces_basis', accrual.pointsPaymentReducesBasis, { paidByPointsMinor }));
  }
  if (basisMinor === 0) reasons.push(reason('no_basis', true, { valueMinor, reducedByMinor, quantityMilli: line.quantityMilli }));
  return { basisMinor, reasons };
}

function goodsExclusion(accrual: AccrualTerms, line: OrderLine): Reason | null {
  if (namesProduct(accrual.excludedProducts, line)) {
    return reason('product_excluded', true, { productNumber: line.productNumber });
  }
  const category = namedCategory(accrual.excludedCategories, line);
  return category === null ? null : reason('category_excluded', true, { category });
}

export interface OriginalPoints {
  readonly total: number;
  /** In the order of the lines given. */
  readonly perLine: readonly number[];
  readonly reason: Reason;
}

/**
 * Whole points of the order as placed: the exact sum over all lines is rounded once, then allocated to the lines by
 * largest remainder on their exact points.
 */
export function originalPoints(accrual: AccrualTerms, currency: CurrencyTerms, lines: readonly AccruingLine[]): OriginalPoints {
  const power = lines.reduce((highest, { factor }) => Math.max(highest, factor?.power ?? 0), 0);
  const denominator = BigInt(currency.earnPerMinor) * 10_000n ** BigInt(power);
  const numerators = lines.map(({ basisMinor, factor }) =>
    factor === null
      ? 0n
      : BigInt(basisMinor) * BigInt(currency.earnPoints) * factor.numerator * 10_000n ** BigInt(power - factor.power),
  );
  const sum = numerators.reduce((left, right) => left + right, 0n);
  const total = divide(sum, denominator, accrual.rounding);
  return {
    total: toSafe(total),
    perLine: roundToTotal(total, numerators, denominator).map(toSafe),
    reason: reason('points_rounded', true, {
      exactPoints: decimalText(divide(sum * 10_000n, denominator, 'down')),
      points: toSafe(total),
      rounding: accrual.rounding,
      earnPoints: currency.earnPoints,
      earnPerMinor: currency.earnPerMinor,
    }),
  };
}

function decimalText(tenThousandths: bigint): string {
  return `${tenThousandths / 10_000n}.${String(tenThousandths % 10_000n).padStart(4, '0')}`;
}
