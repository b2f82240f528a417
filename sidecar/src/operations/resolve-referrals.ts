import { reason } from '../domain/reason';
import { judgeReferral } from '../domain/referral';
import { voucherEnd } from '../domain/voucher';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import type { Row } from '../storage/tables';
import { inTransaction, StateMoved, toInteger, type Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { presentMemberId } from '../stores/identity-store';
import { emailHashesOf } from '../stores/member-store';
import { findPosition, storedSnapshot } from '../stores/position-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { grantVoucher, revokeVoucher } from './grant-voucher';
import { ordersOfPerson } from './orders-of-person';
import { postReward } from './post-reward';
import { projectMember } from './project-member';

const REFERRALS_PER_PAGE = 200;
type Referral = Row<'referral'>;

/** Judges every referral that is due, oldest first: rewards, refuses with a reason, or takes a reward back. */
export async function resolveReferrals(context: OperationContext, now: string): Promise<{ rewarded: number; refused: number }> {
  const counts = { rewarded: 0, refused: 0 };
  for (;;) {
    const due = await context.db
      .selectFrom('referral')
      .selectAll()
      .where('status', '=', 'open')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .orderBy('friend_member_id')
      .limit(REFERRALS_PER_PAGE)
      .execute();
    for (const referral of due) {
      const status = await inTransaction(context.db, (trx) => resolveOne(trx, context, referral, now));
      if (status === 'rewarded') counts.rewarded += 1;
      if (status === 'refused' || status === 'reversed') counts.refused += 1;
    }
    if (due.length < REFERRALS_PER_PAGE) return counts;
  }
}

async function resolveOne(trx: Trx, context: OperationContext, seen: Referral, now: string): Promise<Referral['status']> {
  const referrer = await lockMember(trx, (await present(trx, seen)).referrer_member_id);
  const referral = await present(trx, seen);
  if (referral.referrer_member_id !== referrer.memberId) throw new StateMoved('the referrer is another member now');
  if (referral.status !== 'open' || referral.due_at === null || referral.due_at > now) return referral.status;
  const position = await findPosition(trx, referral.shop_id, referral.order_id);
  if (!position) throw new Error(`referral of ${referral.friend_member_id} names an unknown order`);
  const published = await context.programmes.byVersion(trx, position.programme_version_id);
  const verdict = await judge(trx, referral, published);
  const posted = referral.rewarded_points > 0 || referral.voucher_id !== null;
  const status = verdict.ok ? 'rewarded' : posted ? 'reversed' : 'refused';
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId: referral.programme_id,
    memberId: referral.referrer_member_id,
    kind: 'referral',
    subject: `order:${referral.shop_id}:${referral.order_id}`,
    programmeVersionId: published.versionId,
    decidedAt: context.clock.now(),
    inputs: { friendMemberId: referral.friend_member_id, code: referral.code, currency: position.currency },
    outcome: { status },
    reasons: [verdict.ok ? reason('referral_rewarded', true) : reason(`referral_${verdict.code}`, false, verdict.details)],
  });
  const reward = await settleReward(trx, context, { referrer, referral, published, due: verdict.ok, decisionId, now });
  await trx
    .updateTable('referral')
    .set({ status, reason: verdict.ok ? null : verdict.code, resolved_at: now, ...reward })
    .where('programme_id', '=', referral.programme_id)
    .where('friend_member_id', '=', referral.friend_member_id)
    .execute();
  await countRewards(trx, referral, status);
  if (status === 'rewarded') {
    await announce(trx, context, {
      memberId: referral.referrer_member_id,
      kind: 'referral_rewarded',
      key: referral.friend_member_id,
      occurredAt: now,
      figures: { points: 'rewarded_points' in reward ? (reward.rewarded_points ?? 0) : 0 },
    });
  }
  await projectMember(trx, context, referrer);
  return status;
}

function present(trx: Trx, seen: Referral): Promise<Referral> {
  return trx
    .selectFrom('referral')
    .selectAll()
    .where('programme_id', '=', seen.programme_id)
    .where('friend_member_id', '=', seen.friend_member_id)
    .executeTakeFirstOrThrow();
}

async function judge(trx: Trx, referral: Referral, published: PublishedProgramme) {
  const position = await findPosition(trx, referral.shop_id, referral.order_id);
  if (!position) throw new Error(`referral of ${referral.friend_member_id} lost its order`);
  const snapshot = storedSnapshot(position);
  // The referral keeps the name under which the friend came.
  const friendId = await presentMemberId(trx, referral.friend_member_id);
  const friendHashes = await emailHashesOf(trx, friendId);
  const goodsMinor = snapshot.lines.filter((line) => line.kind === 'product').reduce((sum, line) => sum + line.grossMinor, 0);
  return judgeReferral({
    terms: published.programme.referral,
    referrer: {
      memberId: referral.referrer_member_id,
      emailHashes: await emailHashesOf(trx, referral.referrer_member_id),
      rewardsGiven: await rewardsGiven(trx, referral),
    },
    friend: {
      memberId: friendId,
      emailHashes: friendHashes,
      earlierOrders: await ordersOfPerson(trx, {
        programmeId: referral.programme_id,
        memberId: friendId,
        emailHashes: friendHashes,
        placedBefore: position.placed_at,
      }),
      alreadyReferred: false,
    },
    order: {
      completed: position.completed_at !== null,
      cancelled: position.qualifying_orders === 0,
      goodsMinor,
      currency: position.currency,
    },
  });
}

async function rewardsGiven(trx: Trx, referral: Referral): Promise<number> {
  const row = await trx
    .selectFrom('referral')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('referrer_member_id', '=', referral.referrer_member_id)
    .where('status', '=', 'rewarded')
    .where('friend_member_id', '!=', referral.friend_member_id)
    .executeTakeFirst();
  return toInteger(row?.count);
}

async function countRewards(trx: Trx, referral: Referral, status: Referral['status']): Promise<void> {
  const rewards = (await rewardsGiven(trx, referral)) + (status === 'rewarded' ? 1 : 0);
  await trx
    .updateTable('member')
    .set({ rewarded_referrals: rewards })
    .where('member_id', '=', referral.referrer_member_id)
    .execute();
}

interface Reward {
  readonly referrer: LockedMember;
  readonly referral: Referral;
  readonly published: PublishedProgramme;
  readonly due: boolean;
  readonly decisionId: string;
  readonly now: string;
}

/** Posts the difference between the reward given so far and the one that is due. */
async function settleReward(trx: Trx, context: OperationContext, reward: Reward) {
  const terms = reward.published.programme.referral?.referrerReward;
  if (terms?.kind === 'voucher') return settleVoucher(trx, context, reward, terms);
  const target = reward.due && terms ? terms.points : 0;
  const delta = target - reward.referral.rewarded_points;
  if (delta !== 0) await payReferral(trx, context, reward, delta);
  return { rewarded_points: target };
}

async function payReferral(trx: Trx, context: OperationContext, reward: Reward, points: number): Promise<void> {
  const { referral, published, decisionId } = reward;
  const lotId = `referral:${referral.programme_id}:${referral.friend_member_id}`;
  await postReward(trx, context, reward.referrer, {
    kind: 'referral_reward',
    sourceKey: `${lotId}:${decisionId}`,
    lotId,
    points,
    occurredAt: referral.due_at ?? reward.now,
    expireAfterDays: published.programme.expireAfterDays,
    shopId: referral.shop_id,
    orderId: referral.order_id,
    decisionId,
  });
}

async function settleVoucher(
  trx: Trx,
  context: OperationContext,
  reward: Reward,
  terms: { readonly valueMinor: Readonly<Record<string, number>>; readonly validDays: number },
) {
  const { referral, published, now } = reward;
  if (!reward.due) {
    if (referral.voucher_id !== null) await revokeVoucher(trx, referral.voucher_id, now);
    return { voucher_id: null };
  }
  if (referral.voucher_id !== null) return {};
  const currency = published.programme.baseCurrency;
  const voucherId = await grantVoucher(trx, context, {
    programmeId: referral.programme_id,
    memberId: referral.referrer_member_id,
    valueMinor: terms.valueMinor[currency] ?? 0,
    currency,
    origin: 'referral',
    sourceKey: `referral:${referral.friend_member_id}:${reward.decisionId}`,
    expiresAt: voucherEnd(now, terms.validDays),
  });
  return { voucher_id: voucherId };
}
