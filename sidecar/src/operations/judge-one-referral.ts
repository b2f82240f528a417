import { fraudScore, type FraudScore } from '../domain/fraud-score';
import type { Programme } from '../domain/programme';
import { windowOpensAfter } from '../domain/qualifying';
import { judgeReferral, referredGoodsMinor, type ReferralRefusal, type ReferralRewards } from '../domain/referral';
import { referralSignals } from '../domain/referral-signals/registry';
import type { Result } from '../domain/result';
import type { Trx } from '../storage/transaction';
import { emailHashesOf } from '../stores/member-store';
import { findPosition, storedSnapshot } from '../stores/position-store';
import { newEarlierThatDay, rewardsGiven, type Referral } from '../stores/referral-store';
import { ordersOfPerson } from './orders-of-person';
import { referralFacts, type FriendsOrder } from './referral-facts';

export interface Judged {
  readonly verdict: Result<ReferralRewards, ReferralRefusal>;
  /** Null when nobody looked. */
  readonly fraud: FraudScore | null;
  /** Of the friend's order. */
  readonly currency: string;
}

export interface Judging {
  readonly referral: Referral;
  /** Who the friend is now. */
  readonly friendId: string;
  readonly programme: Programme;
  readonly now: string;
}

/** What a referral is worth as things stand, both members locked. */
export async function judgeOneReferral(trx: Trx, { referral, friendId, programme, now }: Judging): Promise<Judged> {
  const position = await findPosition(trx, referral.shop_id, referral.order_id);
  if (!position) throw new Error(`referral of ${referral.friend_member_id} names an unknown order`);
  const snapshot = storedSnapshot(position);
  const fraud = await suspicionOf(trx, referral, programme, { position, snapshot, friendId });
  const friendHashes = await emailHashesOf(trx, friendId);
  const verdict = judgeReferral({
    terms: programme.referral,
    referrer: await referrerOf(trx, referral, programme, now),
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
      goodsMinor: referredGoodsMinor(snapshot),
      currency: position.currency,
    },
    score: fraud?.score ?? null,
    verdict: referral.verdict,
    rewardNumber: referral.reward_number,
  });
  return { verdict, fraud, currency: position.currency };
}

/** A reward that was given stands, however its surroundings look later; its order is judged all the same. */
async function suspicionOf(
  trx: Trx,
  referral: Referral,
  { referral: terms }: Programme,
  order: FriendsOrder,
): Promise<FraudScore | null> {
  const fraud = terms?.fraud ?? null;
  if (fraud === null || referral.rewarded_at !== null) return null;
  return fraudScore(referralSignals, await referralFacts(trx, referral, order), fraud.weights);
}

async function referrerOf(trx: Trx, referral: Referral, { referral: terms, timeZone }: Programme, now: string) {
  const perPeriod = terms?.rewardsPerPeriod ?? null;
  const perDay = terms?.maxNewPerDay ?? null;
  const until = referral.rewarded_at ?? now;
  return {
    memberId: referral.referrer_member_id,
    emailHashes: await emailHashesOf(trx, referral.referrer_member_id),
    rewardsGiven: await rewardsGiven(trx, referral),
    rewardsInPeriod:
      perPeriod === null
        ? 0
        : await rewardsGiven(trx, referral, { after: windowOpensAfter(perPeriod.window, until, timeZone), until }),
    newEarlierThatDay: perDay === null ? 0 : await newEarlierThatDay(trx, referral, timeZone),
  };
}
