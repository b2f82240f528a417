import type { PinnedTerms } from '../domain/entitlement';
import { hasSegments, tierWithMemberships } from '../domain/membership';
import type { OrderSnapshot } from '../domain/order-snapshot';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { grantsOf } from '../stores/campaign-store';
import type { Tenure } from '../stores/company-store';
import type { OrderPosition } from '../stores/position-store';
import { segmentsAt } from '../stores/segment-store';
import { tierBefore, tierStanding } from '../stores/tier-store';
import { grantCampaigns } from './campaign-budgets';
import type { OperationContext } from './context';
import { endManualTier } from './end-manual-tier';
import { hasAcceptedTerms } from './has-accepted-terms';

/**
 * Terms for an order seen for the first time: programme version, tier and segments as they were when it was placed, so that a
 * late delivery is judged like a timely one, and what budgets of campaigns have for it now. Null when no programme was published
 * then.
 */
export async function pinTerms(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  snapshot: OrderSnapshot,
  tenure: Tenure | null,
): Promise<PinnedTerms | null> {
  const published = await context.programmes.effectiveAt(trx, member.programmeId, snapshot.placedAt);
  if (!published) return null;
  const { tiers, memberships } = published.programme;
  const own = await tierAtPlacement(trx, context, await lockRanked(trx, member, tenure), snapshot.placedAt);
  const segments = hasSegments(published.programme) ? await segmentsAt(trx, member.memberId, snapshot.placedAt) : [];
  const buyerId = tenure?.member_id ?? member.memberId;
  const isUnaccepted = !(await hasAcceptedTerms(trx, published.programme, buyerId, snapshot.placedAt, snapshot.shopId));
  const terms: PinnedTerms = {
    programmeVersionId: published.versionId,
    programme: published.programme,
    tier: tierWithMemberships(tiers, memberships, own, segments),
    segments,
    ...(isUnaccepted && { isUnaccepted }),
    grants: [],
  };
  return { ...terms, grants: await grantCampaigns(trx, member, terms, snapshot) };
}

/** Whose tier the order is placed under: the buyer's own, or that of the company they bought for then. */
async function lockRanked(trx: Trx, member: LockedMember, tenure: Tenure | null): Promise<LockedMember> {
  const accountId = tenure?.tier_mode === 'account' ? tenure.account_member_id : member.memberId;
  return accountId === member.memberId ? member : lockMember(trx, accountId);
}

/** A tier that staff gave ends at its time also where the job has yet to come to it. */
async function tierAtPlacement(trx: Trx, context: OperationContext, member: LockedMember, at: string): Promise<string | null> {
  const { tier, isOver } = await tierBefore(trx, member.memberId, at);
  if (!isOver) return tier;
  const row = await tierStanding(trx, member.memberId);
  await endManualTier(trx, context, member, row, { at: row.manual_ends_at ?? at, reasons: [] });
  return (await tierBefore(trx, member.memberId, at)).tier;
}

/** Terms pinned to an order earlier. */
export async function restoreTerms(trx: Trx, context: OperationContext, position: OrderPosition): Promise<PinnedTerms> {
  const published = await context.programmes.byVersion(trx, position.programme_version_id);
  const { tier, segments, isUnaccepted, campaigns = [] } = JSON.parse(position.pinned) as Pinned;
  const grants = campaigns.length === 0 ? [] : await grantsOf(trx, position.shop_id, position.order_id);
  const pinned = { tier, segments, ...(isUnaccepted && { isUnaccepted }), grants };
  return { programmeVersionId: published.versionId, programme: published.programme, ...pinned };
}

interface Pinned {
  readonly tier: string | null;
  readonly segments: readonly string[];
  readonly isUnaccepted?: true;
  /** Those the order had something of; absent = none. */
  readonly campaigns?: readonly string[];
}
