/** How much one person may adjust by hand; more wants a second one. */

export interface ApprovalTerms {
  /** Whole points; null = nobody needs a second person. */
  readonly adjustmentsAbove: number | null;
  /** Days for which a request waits. */
  readonly days: number;
}

/** So that many small corrections are no way around the limit. */
export const COUNTED_HOURS = 24;

/**
 * Whether points by hand want a second person. What the same person gave the member in the last hours counts along, net of what
 * they took back.
 */
export function wantsApproval({ adjustmentsAbove }: ApprovalTerms, points: number, givenBefore: number): boolean {
  if (adjustmentsAbove === null) return false;
  return Math.abs(points) > adjustmentsAbove || Math.abs(points + givenBefore) > adjustmentsAbove;
}
