import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember, raiseVersion, type LockedMember } from '../ledger/locked-member';
import { availableLots, takeFromLots } from '../ledger/lot';
import { movedLots } from '../ledger/present-lot';
import { openShares, openToMoved, transferLots, type LotShare } from '../ledger/transfer';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import type { Row } from '../storage/tables';
import { inTransaction, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { findSplitByKey, presentMemberId } from '../stores/identity-store';
import { findIdentity, findMemberRow, identitiesOf } from '../stores/member-store';
import { orderIdsOfCustomer } from '../stores/position-store';
import type { OperationContext } from './context';
import { companyMember } from './merge-members';
import { openMember } from './ensure-member';
import { projectMember } from './project-member';
import { raiseTier } from './raise-tier';
import { rebuildMemberships } from './rebuild-memberships';
import { showCodes } from './show-codes';

export interface SplitAccountInput {
  readonly memberId: string;
  readonly shopId: string;
  readonly customerId: string;
  /** Available points that go along, besides what is left of the account's own orders. */
  readonly points: number;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string;
}

export type SplitRefusal =
  | 'unknown_member'
  | 'unknown_account'
  | 'only_account'
  | 'points_held'
  | 'in_company'
  | 'insufficient_points'
  | 'idempotency_mismatch';

/**
 * Staff part a shop account from its member: it becomes a member of its own. The account's orders go with it, and what is left of
 * their points in the lots they earned; everything else stays, but for the points that staff give along. The same key parts once.
 */
export async function splitAccount(
  context: OperationContext,
  asked: SplitAccountInput,
): Promise<Result<{ memberId: string; split: boolean }, SplitRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const known = await findMemberRow(trx, asked.memberId);
    if (!known) return refuse('unknown_member');
    const sourceKey = `staff:${asked.idempotencyKey}`;
    const contentHash = sha256Hex(canonicalJson(asked));
    const earlier = await findSplitByKey(trx, known.programme_id, sourceKey);
    if (earlier) {
      return earlier.content_hash === contentHash
        ? success({ memberId: earlier.member_id, split: false })
        : refuse('idempotency_mismatch');
    }
    const from = await lockMember(trx, await presentMemberId(trx, asked.memberId));
    const identity = await findIdentity(trx, asked.shopId, asked.customerId);
    if (identity?.member_id !== from.memberId) return refuse('unknown_account');
    if ((await identitiesOf(trx, from.memberId)).length === 1) return refuse('only_account');
    if ((await companyMember(trx, [from.memberId])) !== null) return refuse('in_company');
    if (from.held > 0) return refuse('points_held', { heldPoints: from.held });
    const orderIds = await orderIdsOfCustomer(trx, from.memberId, asked.shopId, asked.customerId);
    const ofOrders = await sharesOfOrders(trx, from, asked.shopId, orderIds);
    const along = await sharesAlong(trx, from, ofOrders, asked.points);
    if (along === null) return refuse('insufficient_points', { availablePoints: from.available });
    const memberId = await part(trx, context, { asked, from, identity, orderIds, ofOrders, along, sourceKey, contentHash });
    return success({ memberId, split: true });
  });
}

interface Parting {
  readonly asked: SplitAccountInput;
  readonly from: LockedMember;
  readonly identity: Row<'member_identity'>;
  readonly orderIds: readonly string[];
  readonly ofOrders: readonly LotShare[];
  readonly along: readonly LotShare[];
  readonly sourceKey: string;
  readonly contentHash: string;
}

async function part(trx: Trx, context: OperationContext, parting: Parting): Promise<string> {
  const { asked, from, identity, orderIds, ofOrders, along, sourceKey, contentHash } = parting;
  const { shopId, customerId } = asked;
  const { programmeId } = from;
  const now = context.clock.now();
  const memberId = context.ids.next();
  const decisionId = context.ids.next();
  await openMember(trx, { memberId, programmeId, at: identity.linked_at });
  const to = await lockMember(trx, memberId);
  await raiseVersion(trx, to, from.version);
  const figures = { orders: orderIds.length, orderPoints: sum(ofOrders), points: sum(along) };
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'split',
    subject: `member:${from.memberId}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { shopId, customerId, points: asked.points, reason: asked.reason, actor: asked.actor },
    outcome: { memberId, ...figures },
    reasons: [reason('account_parted', true, figures)],
  });
  const transfer = { out: 'split_out' as const, in: 'split_in' as const, occurredAt: now, decisionId };
  // What the account's orders spent may come back here, to lots that stayed where they were.
  await openToMoved(trx, to);
  await transferLots(trx, context, { from, to }, ofOrders, { ...transfer, sourceKey: `split:${memberId}:orders` });
  await transferLots(trx, context, { from, to }, along, { ...transfer, sourceKey: `split:${memberId}:along` });
  await moveAccount(trx, identity, memberId, orderIds);
  await trx
    .insertInto('member_split')
    .values({
      member_id: memberId,
      from_member_id: from.memberId,
      programme_id: programmeId,
      shop_id: shopId,
      customer_id: customerId,
      source_key: sourceKey,
      content_hash: contentHash,
      decision_id: decisionId,
      split_at: now,
    })
    .execute();
  await raiseTier(trx, context, to, now);
  const published = await context.programmes.effectiveAt(trx, programmeId, now);
  await showCodes(trx, context, to, published?.programme.referral ?? null);
  await rebuildMemberships(trx, [from.memberId, to.memberId], context.clock.now());
  await projectMember(trx, context, from);
  await projectMember(trx, context, to);
  return memberId;
}

function sum(shares: readonly LotShare[]): number {
  return shares.reduce((total, share) => total + share.pending + share.available, 0);
}

/** What is left in the lots of orders, wherever they came from. */
async function sharesOfOrders(trx: Trx, from: LockedMember, shopId: string, orderIds: readonly string[]): Promise<LotShare[]> {
  const lotIds = orderIds.flatMap((orderId) => [`order:${shopId}:${orderId}`, `order:${shopId}:${orderId}:return`]);
  const moved = await movedLots(trx, from, lotIds);
  const present = new Set(lotIds.map((lotId) => moved.get(lotId)?.lotId ?? lotId));
  return (await openShares(trx, from)).filter((share) => present.has(share.lotId));
}

/** Points that go along come out of the other lots, soonest expiry first; null when there are not as many. */
async function sharesAlong(
  trx: Trx,
  from: LockedMember,
  ofOrders: readonly LotShare[],
  points: number,
): Promise<LotShare[] | null> {
  const going = new Set(ofOrders.map((share) => share.lotId));
  const lots = (await availableLots(trx, from)).filter((lot) => !going.has(lot.lotId));
  const { takes, missing } = takeFromLots(lots, points);
  if (missing > 0) return null;
  const taken = new Map(takes.map((take) => [take.lotId, take.points]));
  return (await openShares(trx, from)).flatMap((share) => {
    const available = taken.get(share.lotId);
    return available === undefined ? [] : [{ ...share, pending: 0, held: 0, available }];
  });
}

const ORDERS_A_STATEMENT = 500;

/** The account, its orders and the gifts in them. */
async function moveAccount(
  trx: Trx,
  { shop_id: shopId, customer_id: customerId }: Row<'member_identity'>,
  memberId: string,
  orderIds: readonly string[],
): Promise<void> {
  await trx
    .updateTable('member_identity')
    .set({ member_id: memberId })
    .where('shop_id', '=', shopId)
    .where('customer_id', '=', customerId)
    .execute();
  for (let start = 0; start < orderIds.length; start += ORDERS_A_STATEMENT) {
    const page = orderIds.slice(start, start + ORDERS_A_STATEMENT);
    for (const table of ['order_position', 'gift_grant', 'campaign_grant', 'membership_purchase'] as const) {
      await trx
        .updateTable(table)
        .set({ member_id: memberId })
        .where('shop_id', '=', shopId)
        .where('order_id', 'in', page)
        .execute();
    }
  }
}
