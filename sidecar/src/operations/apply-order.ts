import { entitlement, type Entitlement, type PinnedTerms } from '../domain/entitlement';
import { addDays } from '../domain/instant';
import { isNews } from '../domain/milestone';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { StaffRefund } from '../domain/staff-refund';
import { positionTarget } from '../domain/position';
import type { LockedMember } from '../ledger/locked-member';
import { canonicalJson } from '../storage/canonical-json';
import type { Trx } from '../storage/transaction';
import type { Tenure } from '../stores/company-store';
import { insertCompanyOrder } from '../stores/company-use-store';
import { recordDecision } from '../stores/decision-store';
import { savePosition, type OrderPosition } from '../stores/position-store';
import { announce } from './announce';
import { campaignsOfOrder, settleCampaigns, withinBudgets } from './campaign-budgets';
import type { OperationContext } from './context';
import { convergeMembership } from './converge-membership';
import { convergeChallenges } from './converge-challenges';
import { convergeVolume } from './converge-volume';
import { convergeVouchers } from './converge-vouchers';
import { postEarned } from './post-earned';
import { postRedeemed } from './post-redeemed';
import { raiseTier } from './raise-tier';
import { recordGifts } from './record-gifts';
import { recordNextPurchase } from './record-next-purchase';
import { recordReferral } from './record-referral';

export interface OrderInHand {
  readonly trx: Trx;
  readonly context: OperationContext;
  readonly member: LockedMember;
  /** Of a buyer who placed a new order for a company; null = for themselves, or the order is known. */
  readonly tenure: Tenure | null;
  readonly terms: PinnedTerms;
  /** With the refund that staff entered. */
  readonly snapshot: OrderSnapshot;
  readonly staffRefund: StaffRefund | null;
  /** Null when the order is seen for the first time. */
  readonly before: OrderPosition | null;
  /** Instant the order is judged at. */
  readonly asOf: string;
  /** What is due by this instant is released. */
  readonly dueUntil: string;
}

/** What the ledger must come to hold for the order, with everything the postings need to name it. */
export interface OrderTarget {
  /** Those of the order, within what budgets of campaigns have left. */
  readonly terms: PinnedTerms;
  readonly entitlement: Entitlement;
  readonly pendingPoints: number;
  readonly availablePoints: number;
  readonly redeemedPoints: number;
  readonly released: boolean;
  readonly lotId: string;
  readonly lotExpiresAt: string | null;
  readonly decisionId: string;
  /** Prefix of the entries' idempotency keys: one per order and version. */
  readonly sourceKey: string;
  /** Canonical JSON of the order. */
  readonly snapshot: string;
}

/**
 * Makes the books equal to what the order is entitled to, by posting the difference. A state that was already applied
 * changes nothing. The member is locked and the version fence was checked by the caller.
 * Returns whether anything changed.
 */
export async function applyOrder(order: OrderInHand): Promise<boolean> {
  const { trx, context, member, snapshot, before, asOf } = order;
  const target = orderTarget(order, await withinBudgets(order));
  if (before && isUnchanged(before, target)) return false;
  await recordDecision(trx, {
    decisionId: target.decisionId,
    programmeId: member.programmeId,
    memberId: member.memberId,
    kind: 'order_entitlement',
    subject: `order:${snapshot.shopId}:${snapshot.orderId}`,
    programmeVersionId: order.terms.programmeVersionId,
    decidedAt: context.clock.now(),
    inputs: { tier: order.terms.tier, segments: order.terms.segments, grants: target.terms.grants, snapshot, asOf },
    outcome: {
      pendingPoints: target.pendingPoints,
      availablePoints: target.availablePoints,
      redeemedPoints: target.redeemedPoints,
      releaseAt: target.entitlement.releaseAt,
      campaigns: target.entitlement.campaigns,
      lines: target.entitlement.lines,
    },
    reasons: target.entitlement.reasons,
  });
  if (order.tenure) await noteCompanyOrder(order, order.tenure);
  await settleCampaigns(order, target);
  await postEarned(order, target);
  await postRedeemed(order, target);
  await savePosition(trx, positionRow(order, target));
  await recordGifts(order);
  await recordReferral(order, target);
  await convergeVouchers(order);
  await recordNextPurchase(order, target);
  const releasedAt = target.released ? target.entitlement.releaseAt : null;
  await convergeMembership(order);
  await convergeVolume(order, releasedAt);
  if (releasedAt !== null) await raiseTier(trx, context, member, releasedAt);
  if (releasedAt !== null && before?.released !== 1) await announceReleased(order, target, releasedAt);
  if (releasedAt !== null || before?.released === 1) {
    const { shopId, orderId, placedAt } = snapshot;
    await convergeChallenges(trx, context, member, { at: placedAt, shopId, orderId });
  }
  return true;
}

async function announceReleased(order: OrderInHand, target: OrderTarget, releasedAt: string): Promise<void> {
  const { trx, context, member, snapshot } = order;
  const { availablePoints: points } = target;
  if (points === 0 || !isNews(releasedAt, context.clock.now())) return;
  await announce(trx, context, {
    memberId: member.memberId,
    kind: 'points_available',
    key: target.lotId,
    occurredAt: releasedAt,
    figures: { points, balance: member.available, orderNumber: snapshot.orderNumber },
  });
}

/** Before its redemption, which looks for the buyer. */
async function noteCompanyOrder({ trx, snapshot }: OrderInHand, tenure: Tenure): Promise<void> {
  const { company_id, programme_id, member_id } = tenure;
  const { shopId: shop_id, orderId: order_id, placedAt: placed_at } = snapshot;
  await insertCompanyOrder(trx, { shop_id, order_id, company_id, programme_id, member_id, placed_at });
}

function orderTarget(order: OrderInHand, terms: PinnedTerms): OrderTarget {
  const { snapshot, before, context, dueUntil } = order;
  const result = entitlement(terms, snapshot);
  const target = positionTarget(result, dueUntil);
  const lotId = `order:${snapshot.shopId}:${snapshot.orderId}`;
  const days = terms.programme.expireAfterDays;
  return {
    terms,
    entitlement: result,
    ...target,
    lotId,
    lotExpiresAt: days === null || result.releaseAt === null ? null : addDays(result.releaseAt, days),
    decisionId: context.ids.next(),
    sourceKey: `${lotId}:${(before?.version ?? 0) + 1}`,
    snapshot: canonicalJson(snapshot),
  };
}

function isUnchanged(before: OrderPosition, target: OrderTarget): boolean {
  return (
    before.pending_points === target.pendingPoints &&
    before.available_points === target.availablePoints &&
    before.redeemed_points === target.redeemedPoints &&
    before.released === (target.released ? 1 : 0) &&
    before.snapshot === target.snapshot
  );
}

function positionRow(order: OrderInHand, target: OrderTarget): OrderPosition {
  const { snapshot, terms, member, before, context } = order;
  const { qualifying } = target.entitlement;
  const campaigns = campaignsOfOrder(target);
  return {
    shop_id: snapshot.shopId,
    order_id: snapshot.orderId,
    programme_id: member.programmeId,
    member_id: member.memberId,
    order_number: snapshot.orderNumber,
    programme_version_id: terms.programmeVersionId,
    pinned: JSON.stringify({
      tier: terms.tier,
      segments: terms.segments,
      ...(terms.isUnaccepted && { isUnaccepted: true }),
      ...(campaigns.length > 0 && { campaigns }),
    }),
    version: (before?.version ?? 0) + 1,
    placed_at: snapshot.placedAt,
    paid_at: snapshot.paidAt,
    completed_at: snapshot.completedAt,
    order_state: snapshot.orderState,
    payment_state: snapshot.paymentState,
    release_at: target.entitlement.releaseAt,
    released: target.released ? 1 : 0,
    pending_points: target.pendingPoints,
    available_points: target.availablePoints,
    redeemed_points: target.redeemedPoints,
    hold_id: snapshot.redemption?.holdId ?? null,
    currency: snapshot.currency,
    turnover_minor: qualifying.turnoverMinor,
    qualifying_orders: qualifying.orders,
    qualifying_items: qualifying.items,
    qualifying_points: qualifying.points,
    referral_code: snapshot.referralCode,
    needs_review: snapshot.refundNeedsReview ? 1 : 0,
    staff_refunds: order.staffRefund && JSON.stringify(order.staffRefund),
    snapshot: target.snapshot,
    decision_id: target.decisionId,
    updated_at: context.clock.now(),
  };
}
