import type { Entitlement } from './entitlement';
import { isBefore } from './instant';

/** What must be posted to bring an order's position in the books to its target. */
export type PositionDelta = {
  readonly pendingDelta: number;
  readonly availableDelta: number;
  readonly redeemedDelta: number;
};

export interface PositionTarget {
  readonly pendingPoints: number;
  readonly availablePoints: number;
  readonly redeemedPoints: number;
  readonly released: boolean;
}

/** Where the points of an order stand at an instant: pending until their release, available from then on. */
export function positionTarget(entitlement: Entitlement, asOf: string): PositionTarget {
  const released = entitlement.releaseAt !== null && !isBefore(asOf, entitlement.releaseAt);
  return {
    pendingPoints: released ? 0 : entitlement.earnedPoints,
    availablePoints: released ? entitlement.earnedPoints : 0,
    redeemedPoints: entitlement.redeemedPoints,
    released,
  };
}
