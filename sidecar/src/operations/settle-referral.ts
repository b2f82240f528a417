import type { ReferralReward } from '../domain/programme';
import { reason, type Reason } from '../domain/reason';
import { friendRewardDespite } from '../domain/referral';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { StateMoved, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { changeReferral, findReferral, type Referral } from '../stores/referral-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { convergeChallenges } from './converge-challenges';
import { countReferrals } from './count-referrals';
import { giveReferralReward } from './give-referral-reward';
import { judgeOneReferral, type Judged } from './judge-one-referral';
import { projectMember } from './project-member';

/** Both sides, locked: orders are applied under the friend's lock, limits hold under the referrer's. */
export interface Sides {
  readonly referrer: LockedMember;
  /** The same object where somebody has referred themselves. */
  readonly friend: LockedMember;
}

/**
 * The referral of a friend, read under the locks of both sides; the friend's name is the one under which they came.
 * @throws StateMoved when the referrer became another member meanwhile
 */
export async function lockSides(trx: Trx, friendMemberId: string): Promise<{ referral: Referral; sides: Sides }> {
  const { referrer_member_id: referrerId } = await referralOf(trx, friendMemberId);
  const friendId = await presentMemberId(trx, friendMemberId);
  const locked = new Map<string, LockedMember>();
  // In one order everywhere, so that no two transactions wait for each other in a circle.
  for (const memberId of new Set([referrerId, friendId].sort())) locked.set(memberId, await lockMember(trx, memberId));
  const [referrer, friend] = [locked.get(referrerId), locked.get(friendId)];
  const referral = await referralOf(trx, friendMemberId);
  if (!referrer || !friend || referral.referrer_member_id !== referrerId)
    throw new StateMoved('the referrer is another member now');
  return { referral, sides: { referrer, friend } };
}

async function referralOf(trx: Trx, friendMemberId: string): Promise<Referral> {
  const referral = await findReferral(trx, friendMemberId);
  if (!referral) throw new Error(`the referral of ${friendMemberId} vanished`);
  return referral;
}

export interface Settling {
  /** Read under the locks. */
  readonly referral: Referral;
  readonly sides: Sides;
  /** Under which the friend's order was placed. */
  readonly published: PublishedProgramme;
  readonly now: string;
  /** What staff said just now. */
  readonly said: readonly Reason[];
}

/** Judges a referral and makes both sides' rewards equal to the judgement. */
export async function settleReferral(trx: Trx, context: OperationContext, settling: Settling): Promise<Referral['status']> {
  const { referral, sides, published, now } = settling;
  const judged = await judgeOneReferral(trx, { referral, friendId: sides.friend.memberId, programme: published.programme, now });
  const status = statusOf(referral, judged);
  const decisionId = await explain(trx, context, settling, judged, status);
  const rewards = rewardsDue(published, judged);
  const giving = { referral, published, decisionId, now };
  const ofReferrer = await giveReferralReward(trx, context, {
    ...giving,
    side: 'referrer',
    member: sides.referrer,
    reward: rewards.referrer,
  });
  const ofFriend = await giveReferralReward(trx, context, {
    ...giving,
    side: 'friend',
    member: sides.friend,
    reward: rewards.friend,
  });
  const isRewarded = status === 'rewarded';
  await changeReferral(trx, referral, {
    status,
    reason: judged.verdict.ok ? null : judged.verdict.code,
    resolved_at: now,
    rewarded_points: ofReferrer.points,
    voucher_id: ofReferrer.voucherId,
    friend_points: ofFriend.points,
    friend_voucher_id: ofFriend.voucherId,
    reward_number: judged.verdict.ok ? judged.verdict.value.rewardNumber : null,
    rewarded_at: isRewarded ? (referral.rewarded_at ?? now) : null,
    fraud_score: judged.fraud?.score ?? referral.fraud_score,
    decision_id: decisionId,
  });
  await countReferrals(trx, referral.referrer_member_id);
  const trigger = { at: now, shopId: referral.shop_id, orderId: referral.order_id };
  await convergeChallenges(trx, context, sides.referrer, trigger);
  if (isRewarded) await announceReward(trx, context, referral, ofReferrer.points, now);
  await projectMember(trx, context, sides.referrer);
  if (ofFriend.points !== (referral.friend_points ?? 0)) await projectMember(trx, context, sides.friend);
  return status;
}

function statusOf(referral: Referral, { verdict }: Judged): Referral['status'] {
  if (verdict.ok) return 'rewarded';
  if (verdict.code === 'needs_review') return 'review';
  return referral.rewarded_points > 0 || referral.voucher_id !== null ? 'reversed' : 'refused';
}

function rewardsDue(
  { programme }: PublishedProgramme,
  { verdict }: Judged,
): Record<'referrer' | 'friend', ReferralReward | null> {
  if (verdict.ok) return verdict.value;
  return { referrer: null, friend: friendRewardDespite(programme.referral, verdict.code) };
}

async function explain(
  trx: Trx,
  context: OperationContext,
  { referral, published, said }: Settling,
  { verdict, fraud, currency }: Judged,
  status: Referral['status'],
): Promise<string> {
  const terms = published.programme.referral?.fraud;
  const thresholds = { reviewFrom: terms?.reviewFrom ?? null, refuseFrom: terms?.refuseFrom ?? null };
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId: referral.programme_id,
    memberId: referral.referrer_member_id,
    kind: 'referral',
    subject: `order:${referral.shop_id}:${referral.order_id}`,
    programmeVersionId: published.versionId,
    decidedAt: context.clock.now(),
    inputs: { friendMemberId: referral.friend_member_id, code: referral.code, currency },
    outcome: { status, score: fraud?.score ?? null },
    reasons: [
      verdict.ok ? reason('referral_rewarded', true) : reason(`referral_${verdict.code}`, false, verdict.details),
      ...said,
      ...(fraud ? [reason('fraud_score', fraud.score > 0, { score: fraud.score, ...thresholds }), ...fraud.reasons] : []),
    ],
  });
  return decisionId;
}

async function announceReward(
  trx: Trx,
  context: OperationContext,
  referral: Referral,
  points: number,
  now: string,
): Promise<void> {
  await announce(trx, context, {
    memberId: referral.referrer_member_id,
    kind: 'referral_rewarded',
    key: referral.friend_member_id,
    occurredAt: now,
    figures: { points },
  });
}
