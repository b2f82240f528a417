import type { ReferralReward } from '../domain/programme';
import { voucherEnd } from '../domain/voucher';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import type { PublishedProgramme } from '../stores/programme-store';
import type { Referral } from '../stores/referral-store';
import type { OperationContext } from './context';
import { grantVoucher, revokeVoucher } from './grant-voucher';
import { postReward } from './post-reward';

export interface Giving {
  readonly side: 'referrer' | 'friend';
  readonly member: LockedMember;
  readonly referral: Referral;
  readonly published: PublishedProgramme;
  /** Null = nothing is due, and what was given is taken back. */
  readonly reward: ReferralReward | null;
  readonly decisionId: string;
  readonly now: string;
}

/** What a side has afterwards. */
export interface Given {
  readonly points: number;
  readonly voucherId: string | null;
}

const PREFIX = { referrer: 'referral', friend: 'friend' } as const;

/** Posts the difference between what a side was given so far and what is due. */
export async function giveReferralReward(trx: Trx, context: OperationContext, giving: Giving): Promise<Given> {
  const { side, referral, reward } = giving;
  const given: Given =
    side === 'referrer'
      ? { points: referral.rewarded_points, voucherId: referral.voucher_id }
      : { points: referral.friend_points ?? 0, voucherId: referral.friend_voucher_id };
  const points = reward?.kind === 'points' ? reward.points : 0;
  if (points !== given.points) await pay(trx, context, giving, points - given.points);
  return { points, voucherId: await settleVoucher(trx, context, giving, given.voucherId) };
}

async function pay(trx: Trx, context: OperationContext, giving: Giving, points: number): Promise<void> {
  const { side, member, referral, published, decisionId, now } = giving;
  const lotId = `${PREFIX[side]}:${referral.programme_id}:${referral.friend_member_id}`;
  await postReward(trx, context, member, {
    kind: `${PREFIX[side]}_reward`,
    sourceKey: `${lotId}:${decisionId}`,
    lotId,
    points,
    // A review may take long; the points live from the day they are given.
    occurredAt: referral.verdict === null ? (referral.due_at ?? now) : now,
    expireAfterDays: published.programme.expireAfterDays,
    shopId: referral.shop_id,
    orderId: referral.order_id,
    decisionId,
  });
}

async function settleVoucher(trx: Trx, context: OperationContext, giving: Giving, known: string | null): Promise<string | null> {
  const { side, member, referral, published, reward, decisionId, now } = giving;
  if (reward?.kind !== 'voucher') {
    if (known !== null) await revokeVoucher(trx, known, now);
    return null;
  }
  if (known !== null) return known;
  const currency = published.programme.baseCurrency;
  return grantVoucher(trx, context, {
    programmeId: referral.programme_id,
    memberId: member.memberId,
    valueMinor: reward.valueMinor[currency] ?? 0,
    currency,
    origin: 'referral',
    sourceKey: `${PREFIX[side]}:${referral.friend_member_id}:${decisionId}`,
    expiresAt: voucherEnd(now, reward.validDays),
  });
}
