import { addMs } from '../domain/instant';
import type { OrderSnapshot } from '../domain/order-snapshot';
import { withStaffRefund, type StaffRefund } from '../domain/staff-refund';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { erasedAt } from '../stores/erasure-store';
import { markDone } from '../stores/inbox-store';
import { tenureAt, type Tenure } from '../stores/company-store';
import { presentMemberId } from '../stores/identity-store';
import { guestKey } from '../stores/member-store';
import { findPosition, storedStaffRefund, type PositionFence } from '../stores/position-store';
import { applyOrder } from './apply-order';
import type { OperationContext } from './context';
import { ensureMember } from './ensure-member';
import { pinTerms, restoreTerms } from './pinned-terms';
import { projectMember } from './project-member';
import { settleDue } from './settle-due';

export interface ConvergeOrderInput {
  readonly programmeId: string;
  /** Present state of the order, read from the shop after `before` was read here. */
  readonly snapshot: OrderSnapshot;
  /** The order's position before the shop was asked; null when the order was not known. */
  readonly before: PositionFence | null;
  /** What staff enter as refunded now; absent = what they entered before stays. */
  readonly staffRefund?: StaffRefund;
  /** Inbox messages this settles; marked done in the same transaction. */
  readonly messageIds: readonly string[];
}

/**
 * - `stale`: the position moved since the shop was asked; read the shop again
 * - `no_programme`: nothing was published when the order was placed
 * - `anonymous`: neither customer nor e-mail
 */
export type ConvergeOutcome = 'changed' | 'unchanged' | 'stale' | 'no_programme' | 'anonymous';

/**
 * Makes the books equal to the present state of one order, in one transaction.
 * @throws PersonErased when it is of somebody who was erased
 */
export async function convergeOrder(context: OperationContext, input: ConvergeOrderInput): Promise<ConvergeOutcome> {
  return inTransaction(context.db, async (trx) => {
    const outcome = await converge(trx, context, input);
    if (outcome !== 'stale') await markDone(trx, input.messageIds, context.clock.now());
    return outcome;
  });
}

/** Within a transaction of somebody else's, who must end it when the outcome is `stale`. */
export async function converge(trx: Trx, context: OperationContext, input: ConvergeOrderInput): Promise<ConvergeOutcome> {
  const snapshot = await withoutErased(trx, context, input);
  if (input.before && (await presentMemberId(trx, input.before.member_id)) !== input.before.member_id) return 'stale';
  const owner = await lockOwner(trx, context, input);
  if (owner === null) return 'anonymous';
  const { member, tenure } = owner;
  // Read under the lock: what was seen before it may have moved.
  const before = (await findPosition(trx, snapshot.shopId, snapshot.orderId)) ?? null;
  if (before?.version !== input.before?.version || before?.member_id !== input.before?.member_id) return 'stale';
  if (before === null) await settleDue(trx, context, member, snapshot.placedAt);
  const terms = before ? await restoreTerms(trx, context, before) : await pinTerms(trx, context, member, snapshot, tenure);
  if (terms === null) return 'no_programme';
  const asOf = context.clock.now();
  // What happens in the very instant of a release comes before it; the job releases the rest.
  const staffRefund = input.staffRefund ?? (before && storedStaffRefund(before));
  const changed = await applyOrder({
    trx,
    context,
    member,
    tenure,
    terms,
    snapshot: withStaffRefund(snapshot, staffRefund),
    staffRefund,
    before,
    asOf,
    dueUntil: addMs(asOf, -1),
  });
  if (changed) await projectMember(trx, context, member);
  return changed ? 'changed' : 'unchanged';
}

/** What somebody ordered for a company before they were erased goes on without them. */
async function withoutErased(
  trx: Trx,
  context: OperationContext,
  { snapshot, before }: ConvergeOrderInput,
): Promise<OrderSnapshot> {
  const { shopId, customerId } = snapshot;
  if (before === null || customerId === null) return snapshot;
  if ((await erasedAt(trx, shopId, context.hashCustomer(shopId, customerId))) === null) return snapshot;
  return { ...snapshot, customerId: null, emailHash: null, customerGroup: null };
}

interface OrderOwner {
  /** Whose account the order belongs to, locked. */
  readonly member: LockedMember;
  /** Of a buyer who placed it for a company; null also when the order is known. */
  readonly tenure: Tenure | null;
}

/** A known order keeps its account. Another belongs to whom its buyer bought for when it was placed. */
async function lockOwner(trx: Trx, context: OperationContext, input: ConvergeOrderInput): Promise<OrderOwner | null> {
  if (input.before !== null) return { member: await lockMember(trx, input.before.member_id), tenure: null };
  const memberId = await memberOf(trx, context, input);
  if (memberId === null) return null;
  const own = await lockMember(trx, memberId);
  // Read under the lock, which joining and leaving take.
  const tenure = (await tenureAt(trx, memberId, input.snapshot.placedAt)) ?? null;
  const isPooled = tenure?.points_mode === 'pooled';
  return { member: isPooled ? await lockMember(trx, tenure.account_member_id) : own, tenure };
}

async function memberOf(trx: Trx, context: OperationContext, input: ConvergeOrderInput): Promise<string | null> {
  const { snapshot } = input;
  const customerId = snapshot.customerId ?? (snapshot.emailHash === null ? null : guestKey(snapshot.emailHash));
  if (customerId === null) return null;
  const { memberId } = await ensureMember(trx, context, {
    programmeId: input.programmeId,
    shopId: snapshot.shopId,
    customerId,
    emailHash: snapshot.emailHash,
    customerGroup: snapshot.customerGroup,
    claimsGuest: false,
    emailVerified: null,
    at: snapshot.placedAt,
  });
  return memberId;
}
