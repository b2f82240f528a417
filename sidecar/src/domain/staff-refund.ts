import type { OrderLine, OrderSnapshot } from './order-snapshot';
import { refuse, success, type Result } from './result';

/** What staff say came back of an order in all, since the shop does not: a level, so entering it again changes nothing. */
export interface StaffRefund {
  /** Units in thousandths by line id; a line that is absent came back not at all. */
  readonly refundedMilli: Readonly<Record<string, number>>;
  readonly actor: string;
  readonly enteredAt: string;
}

/** The order with the larger of what the shop and what staff say, a line each. Nothing is left to review then. */
export function withStaffRefund(snapshot: OrderSnapshot, refund: StaffRefund | null): OrderSnapshot {
  if (refund === null) return snapshot;
  const lines = snapshot.lines.map((line): OrderLine => {
    const entered = Math.min(line.quantityMilli, refund.refundedMilli[line.lineId] ?? 0);
    return { ...line, refundedMilli: Math.max(line.refundedMilli, entered) };
  });
  return { ...snapshot, lines, refundNeedsReview: false };
}

/** Lines that can come back: gifts as well, since their stock does. */
export function refundableLines(snapshot: OrderSnapshot): OrderLine[] {
  return snapshot.lines.filter(({ kind }) => kind === 'product' || kind === 'gift');
}

/** Refuses units of lines the order has not, and more units than it has. */
export function checkStaffRefund(
  snapshot: OrderSnapshot,
  refundedMilli: Readonly<Record<string, number>>,
): Result<null, 'unknown_line' | 'too_many_units'> {
  const lines = new Map(refundableLines(snapshot).map((line) => [line.lineId, line]));
  for (const [lineId, milli] of Object.entries(refundedMilli)) {
    const line = lines.get(lineId);
    if (!line) return refuse('unknown_line', { lineId });
    if (milli < 0 || milli > line.quantityMilli) return refuse('too_many_units', { lineId, quantityMilli: line.quantityMilli });
  }
  return success(null);
}
