import { rewardObstacles, type CatalogueReward, type FulfilmentState, type RewardStanding } from '../domain/catalogue-reward';
import { reason, type Reason } from '../domain/reason';
import { refuse, success, type Refusal, type Result } from '../domain/result';
import type { LockedMember } from '../ledger/locked-member';
import { spendableLots, type LotTake } from '../ledger/lot';
import { spendPoints } from '../ledger/spend';
import { canonicalJson, sha256Hex } from '../storage/canonical-json';
import { inTransaction, type Db, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import type { PublishedProgramme } from '../stores/programme-store';
import * as rewards from '../stores/reward-store';
import { announce } from './announce';
import { findMember } from '../stores/member-store';
import type { OperationContext } from './context';
import type { MemberRef } from './find-member';
import { hasAcceptedTerms } from './has-accepted-terms';
import { lockNamedMember } from './lock-named-member';
import { memberStanding } from './member-standing';
import { projectMember } from './project-member';
import { projectSoldOut } from './project-sold-out';
import { handOver, spentKey, voucherCodes } from './reward-grants';

export interface RewardRequest {
  readonly programmeId: string;
  readonly rewardCode: string;
  readonly member: MemberRef;
  readonly quantity: number;
  readonly shopId: string | null;
  /** What the member wishes besides: a size, the name of a guest. */
  readonly note: string | null;
  /** Who asks, for the trail. */
  readonly actor: string;
  /** Chosen by the sender; the same key redeems once. */
  readonly idempotencyKey: string;
}

export interface RedeemedReward {
  readonly redemption: rewards.RewardRedemption;
  /** It was known already, and nothing was done again. */
  readonly repeated: boolean;
}

export type RewardRefusal =
  | 'unknown_member'
  | 'no_programme'
  | 'unknown_reward'
  | 'idempotency_mismatch'
  | 'no_account'
  | 'refused'
  | 'insufficient_points';

/** Buys a reward with points: price, stock, decision, and what is handed over by itself, or nothing at all. */
export async function redeemReward(
  context: OperationContext,
  request: RewardRequest,
): Promise<Result<RedeemedReward, RewardRefusal>> {
  const { db, clock, programmes } = context;
  const { programmeId, rewardCode } = request;
  const now = clock.now();
  const published = await programmes.effectiveAt(db, programmeId, now);
  const reward = published?.programme.rewards.find(({ code }) => code === rewardCode);
  if (reward && reward.stock !== null) await rewards.openStock(db, programmeId, rewardCode);
  try {
    return await inTransaction(db, async (trx) => {
      const named = await lockNamedMember(trx, programmeId, request.member);
      if (!named.ok) return named;
      const member = named.value;
      const known = await rewards.redemptionByKey(trx, programmeId, request.idempotencyKey);
      if (known) {
        const isSame = known.member_id === member.memberId && known.content_hash === contentHash(request);
        return isSame ? success({ redemption: known, repeated: true }) : refuse('idempotency_mismatch');
      }
      if (!published) return refuse('no_programme');
      if (!reward) return refuse('unknown_reward', { reward: rewardCode });
      return redeem(trx, context, member, { request, published, reward, now });
    });
  } catch (error) {
    if (error instanceof Withdrawn) return refuse(error.code);
    throw error;
  }
}

/** Ends the transaction without a trace. */
class Withdrawn extends Error {
  constructor(readonly code: 'idempotency_mismatch' | 'no_account') {
    super(code);
  }
}

interface Redeeming {
  readonly request: RewardRequest;
  readonly published: PublishedProgramme;
  readonly reward: CatalogueReward;
  readonly now: string;
}

async function redeem(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  redeeming: Redeeming,
): Promise<Result<RedeemedReward, RewardRefusal>> {
  const { request, reward, now } = redeeming;
  const { quantity } = request;
  const { programmeId } = member;
  const lots = await spendableLots(trx, member, now);
  const standing = await rewardStanding(trx, member, redeeming, lots);
  const mayRedeem = await hasAcceptedTerms(trx, redeeming.published.programme, member.memberId, now);
  const obstacles = mayRedeem ? rewardObstacles(reward, quantity, standing) : [reason('terms_not_accepted', false)];
  if (obstacles.length > 0) return refuseFor(trx, context, member, redeeming, obstacles);
  const { code: rewardCode, stock } = reward;
  if (stock !== null && !(await rewards.takeStock(trx, { programmeId, rewardCode, quantity, stock }))) {
    const soldOut = reason('reward_sold_out', false, { reward: rewardCode, left: 0 });
    return refuseFor(trx, context, member, redeeming, [soldOut]);
  }
  const state = reward.fulfilment === 'automatic' ? 'fulfilled' : 'requested';
  const points = reward.pointsPrice * quantity;
  const reasons = [reason('reward_redeemed', true, { reward: rewardCode, quantity, price: reward.pointsPrice })];
  const decisionId = await decide(trx, context, member, redeeming, { outcome: { points: -points, state }, reasons });
  const redemption = redemptionRow(context, member, redeeming, { state, points, decisionId });
  // The member is locked, so only a request of another member can have been first.
  if (!(await rewards.insertRedemption(trx, redemption))) throw new Withdrawn('idempotency_mismatch');
  const spending = { kind: 'reward_redeemed' as const, sourceKey: spentKey(redemption), points, occurredAt: now, decisionId };
  await spendPoints(trx, context, member, { ...spending, shopId: request.shopId }, lots);
  await rewards.addStep(trx, redemption, { state, actor: request.actor, note: request.note, decisionId, at: now });
  if (state === 'fulfilled' && !(await handOver(trx, context, redemption))) throw new Withdrawn('no_account');
  await projectSoldOut(trx, redeeming.published, {
    rewardCode,
    movedBy: stock === null ? 0 : quantity,
    now,
    links: context.links,
  });
  await tell(trx, context, redemption);
  await projectMember(trx, context, member);
  return success({ redemption, repeated: false });
}

async function tell(trx: Trx, context: OperationContext, redemption: rewards.RewardRedemption): Promise<void> {
  const { redemption_id: key, member_id: memberId, reward_name: reward, points, requested_at: occurredAt } = redemption;
  const [code] = await voucherCodes(trx, redemption);
  const figures = { reward, points, ...(code !== undefined && { code }) };
  await announce(trx, context, { memberId, kind: 'reward_redeemed', key, occurredAt, figures });
}

/** What decides about a reward for a member, as of now. */
async function rewardStanding(
  db: Db,
  { memberId, programmeId }: Pick<LockedMember, 'memberId' | 'programmeId'>,
  { published, reward, now }: Redeeming,
  lots: readonly LotTake[],
): Promise<RewardStanding> {
  const taken = (await rewards.takenByMember(db, memberId)).get(reward.code) ?? 0;
  const gone = reward.stock === null ? 0 : ((await rewards.takenOfStock(db, programmeId)).get(reward.code) ?? 0);
  return {
    ...(await memberStanding(db, published.programme, await findMember(db, memberId), now)),
    at: now,
    points: lots.reduce((sum, lot) => sum + lot.points, 0),
    taken,
    left: reward.stock === null ? null : Math.max(0, reward.stock - gone),
  };
}

async function refuseFor(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  redeeming: Redeeming,
  reasons: readonly Reason[],
): Promise<Refusal<RewardRefusal>> {
  const decisionId = await decide(trx, context, member, redeeming, { outcome: { points: 0, state: 'refused' }, reasons });
  const why = reasons[0];
  const isPoints = why?.code === 'reward_points_missing';
  return refuse(isPoints ? 'insufficient_points' : 'refused', { reason: why?.code ?? '', ...why?.figures, decisionId });
}

async function decide(
  trx: Trx,
  context: OperationContext,
  { programmeId, memberId }: LockedMember,
  { request, published, now }: Redeeming,
  decided: { readonly outcome: object; readonly reasons: readonly Reason[] },
): Promise<string> {
  const { rewardCode, quantity, shopId, note, actor } = request;
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'reward_redemption',
    subject: `reward:${rewardCode}`,
    programmeVersionId: published.versionId,
    decidedAt: now,
    inputs: { quantity, shopId, note, actor },
    ...decided,
  });
  return decisionId;
}

function redemptionRow(
  context: OperationContext,
  { programmeId, memberId }: LockedMember,
  { request, reward, now }: Redeeming,
  more: { readonly state: FulfilmentState; readonly points: number; readonly decisionId: string },
): rewards.RewardRedemption {
  return {
    redemption_id: context.ids.next(),
    programme_id: programmeId,
    member_id: memberId,
    reward_code: reward.code,
    reward_name: reward.name,
    quantity: request.quantity,
    points: more.points,
    from_stock: reward.stock === null ? 0 : 1,
    state: more.state,
    shop_id: request.shopId,
    note: request.note,
    idempotency_key: request.idempotencyKey,
    content_hash: contentHash(request),
    reward_grant: reward.grant && JSON.stringify(reward.grant),
    decision_id: more.decisionId,
    requested_at: now,
    updated_at: now,
  };
}

function contentHash({ rewardCode, quantity, shopId, note }: RewardRequest): string {
  return sha256Hex(canonicalJson({ rewardCode, quantity, shopId, note }));
}
