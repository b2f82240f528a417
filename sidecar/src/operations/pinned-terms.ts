import type { PinnedTerms } from '../domain/entitlement';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { Trx } from '../storage/transaction';
import { tierBefore } from '../stores/member-store';
import type { OrderPosition } from '../stores/position-store';
import { segmentsAt } from '../stores/segment-store';
import type { OperationContext } from './context';

/**
 * Terms for an order seen for the first time: programme version, tier and segments as they were when it was placed, so that a
 * late delivery is judged like a timely one. Null when no programme was published then.
 */
export async function pinTerms(
  trx: Trx,
  context: OperationContext,
  programmeId: string,
  memberId: string,
  snapshot: OrderSnapshot,
): Promise<PinnedTerms | null> {
  const published = await context.programmes.effectiveAt(trx, programmeId, snapshot.placedAt);
  if (!published) return null;
  return {
    programmeVersionId: published.versionId,
    programme: published.programme,
    tier: await tierBefore(trx, memberId, snapshot.placedAt),
    segments: published.programme.segments.length === 0 ? [] : await segmentsAt(trx, memberId, snapshot.placedAt),
  };
}

/** Terms pinned to an order earlier. */
export async function restoreTerms(trx: Trx, context: OperationContext, position: OrderPosition): Promise<PinnedTerms> {
  const published = await context.programmes.byVersion(trx, position.programme_version_id);
  const pinned = JSON.parse(position.pinned) as { tier: string | null; segments: string[] };
  return { programmeVersionId: published.versionId, programme: published.programme, ...pinned };
}
