import { localDate } from '../domain/calendar';
import { addDays } from '../domain/instant';
import type { Programme, ReferralReward } from '../domain/programme';
import { windowOpensAfter } from '../domain/qualifying';
import { friendRewardDespite, judgeReferral, referredGoodsMinor } from '../domain/referral';
import { NOTHING, type Gift, type Moment } from './moments';
import type { PastMember, PastPeriod, PastReferral } from './past-member';

/**
 * Friends' first orders under the terms of the draft, when their return window is over. That it was a first order, and not the
 * referrer's own, was decided when it came.
 */
export function pastReferrals(programme: Programme, { facts }: PastMember, { until }: PastPeriod): Moment[] {
  const terms = programme.referral;
  if (terms === null) return [];
  const given: string[] = [];
  return facts.referrals.flatMap((referral): Moment[] => {
    const { completedAt } = referral.snapshot;
    if (completedAt === null) return [];
    const at = addDays(completedAt, terms.returnWindowDays);
    return at > until ? [] : [{ at, judge: () => referralGift(programme, facts.referrals, { referral, at, given }) }];
  });
}

function referralGift(
  programme: Programme,
  all: readonly PastReferral[],
  { referral, at, given }: { readonly referral: PastReferral; readonly at: string; readonly given: string[] },
): Gift {
  const { timeZone, referral: terms } = programme;
  const { side, friendId, snapshot, score, verdict } = referral;
  const opensAfter = terms?.rewardsPerPeriod ? windowOpensAfter(terms.rewardsPerPeriod.window, at, timeZone) : '';
  const isReferrer = side === 'referrer';
  const judged = judgeReferral({
    terms,
    // What the friend gets does not hang on the limits of the referrer.
    referrer: {
      memberId: `referrer of ${friendId}`,
      emailHashes: [],
      rewardsGiven: isReferrer ? given.length : 0,
      rewardsInPeriod: isReferrer ? given.filter((one) => one > opensAfter).length : 0,
      newEarlierThatDay: isReferrer ? earlierThatDay(all, referral, timeZone) : 0,
    },
    friend: { memberId: friendId, emailHashes: [], earlierOrders: 0, alreadyReferred: false },
    order: {
      completed: true,
      cancelled: referral.isGone,
      goodsMinor: referredGoodsMinor(snapshot),
      currency: snapshot.currency,
    },
    score: terms?.fraud ? score : null,
    verdict,
    rewardNumber: null,
  });
  if (!isReferrer) return giftOf(programme, judged.ok ? judged.value.friend : friendRewardDespite(terms, judged.code));
  if (!judged.ok) return NOTHING;
  given.push(at);
  return giftOf(programme, judged.value.referrer);
}

function earlierThatDay(all: readonly PastReferral[], { createdAt, friendId }: PastReferral, timeZone: string): number {
  const day = localDate(createdAt, timeZone);
  return all.filter(
    (one) =>
      one.side === 'referrer' &&
      localDate(one.createdAt, timeZone) === day &&
      (one.createdAt < createdAt || (one.createdAt === createdAt && one.friendId < friendId)),
  ).length;
}

function giftOf({ baseCurrency: currency }: Programme, reward: ReferralReward | null): Gift {
  if (reward === null) return NOTHING;
  if (reward.kind === 'points') return { points: reward.points, voucher: null };
  return { points: 0, voucher: { valueMinor: reward.valueMinor[currency] ?? 0, percentBps: null, currency, minimumMinor: 0 } };
}
