/** What a buyer of a company may pay with points. Pure. */
import { refuse, success, type Result } from './result';

/** Null = no limit. */
export interface BuyerLimits {
  readonly pointsPerOrder: number | null;
  /** In a calendar month of the programme's time zone. */
  readonly pointsPerMonth: number | null;
  /** More than this in one order wants an approval. */
  readonly approvalAbove: number | null;
}

export type LimitRefusal = 'above_order_limit' | 'above_month_limit' | 'approval_needed';

/** What a buyer has used of the limits. */
export interface BuyerUse {
  /** Reserved or spent in the present month. */
  readonly usedThisMonth: number;
  /** The most that an approval allows in one order now; 0 = there is none. */
  readonly approvedPoints: number;
}

/** Whether a redemption is within the limits, and whether it uses an approval up. Approvals raise no limit. */
export function checkBuyerLimits(
  limits: BuyerLimits,
  use: BuyerUse,
  points: number,
): Result<{ readonly usesApproval: boolean }, LimitRefusal> {
  const { pointsPerOrder, pointsPerMonth, approvalAbove } = limits;
  if (pointsPerOrder !== null && points > pointsPerOrder) return refuse('above_order_limit', { points, pointsPerOrder });
  const left = monthLeft(limits, use);
  if (left !== null && points > left) return refuse('above_month_limit', { points, pointsPerMonth, left });
  const usesApproval = approvalAbove !== null && points > approvalAbove;
  if (usesApproval && points > use.approvedPoints) {
    return refuse('approval_needed', { points, approvalAbove, approvedPoints: use.approvedPoints });
  }
  return success({ usesApproval });
}

/** The most points one order may be paid with now, so that carts need not ask; null = as many as there are. */
export function redeemLimit(limits: BuyerLimits, use: BuyerUse): number | null {
  const approved = limits.approvalAbove === null ? null : Math.max(limits.approvalAbove, use.approvedPoints);
  const bounds = [limits.pointsPerOrder, monthLeft(limits, use), approved].filter((bound) => bound !== null);
  return bounds.length === 0 ? null : Math.min(...bounds);
}

/** What the month still allows; what was returned is free again. */
function monthLeft({ pointsPerMonth }: BuyerLimits, { usedThisMonth }: BuyerUse): number | null {
  return pointsPerMonth === null ? null : Math.max(0, pointsPerMonth - usedThisMonth);
}
