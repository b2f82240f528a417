import { ofCurrency } from './currency';
import type { OrderSnapshot } from './order-snapshot';
import type { ReferralReward, ReferralTerms } from './programme';
import { windowKey } from './qualifying';
import { refuse, success, type Refusal, type Result } from './result';

export type ReferralRefusal =
  | 'no_referral_terms'
  | 'unknown_code'
  | 'self_referral'
  | 'not_first_order'
  | 'already_referred'
  | 'order_not_completed'
  | 'order_cancelled'
  | 'below_minimum'
  | 'refused_by_staff'
  | 'fraud_score'
  | 'needs_review'
  | ReferrerLimit;

/** What the referrer has had enough of; the friend did nothing wrong. */
export type ReferrerLimit = 'referrer_limit_reached' | 'referrer_period_limit' | 'referrer_day_limit';

/** What staff say of a referral. */
export type ReferralVerdict = 'approve' | 'refuse';

export interface ReferralCase {
  readonly terms: ReferralTerms | null;
  /** Owner of the code; null when nobody has it. */
  readonly referrer: {
    readonly memberId: string;
    readonly emailHashes: readonly string[];
    /** For other friends. */
    readonly rewardsGiven: number;
    readonly rewardsInPeriod: number;
    /** Referrals of the same day before this one. */
    readonly newEarlierThatDay: number;
  } | null;
  readonly friend: {
    readonly memberId: string;
    readonly emailHashes: readonly string[];
    /** Orders of the friend before this one. */
    readonly earlierOrders: number;
    /** By an order other than this one. */
    readonly alreadyReferred: boolean;
  };
  readonly order: {
    readonly completed: boolean;
    readonly cancelled: boolean;
    readonly goodsMinor: number;
    readonly currency: string;
  };
  /** Null = nobody looked. */
  readonly score: number | null;
  /** Null = staff have said nothing. */
  readonly verdict: ReferralVerdict | null;
  /** Which of the referrer's rewards this one is; null = the next. */
  readonly rewardNumber: number | null;
}

export interface ReferralRewards {
  readonly rewardNumber: number;
  readonly referrer: ReferralReward;
  readonly friend: ReferralReward | null;
}

/**
 * Whether a friend's order earns rewards. What can never change is asked first, then the order's state, then suspicion, last
 * the referrer's limits, so that a refusal names the most lasting cause. `needs_review` waits for staff.
 */
export function judgeReferral(input: ReferralCase): Result<ReferralRewards, ReferralRefusal> {
  const { terms, referrer, friend } = input;
  if (terms === null) return refuse('no_referral_terms');
  if (referrer === null) return refuse('unknown_code');
  const sharesEmail = friend.emailHashes.some((hash) => referrer.emailHashes.includes(hash));
  if (friend.memberId === referrer.memberId || sharesEmail) return refuse('self_referral', { sharesEmail });
  if (friend.earlierOrders > 0) return refuse('not_first_order', { earlierOrders: friend.earlierOrders });
  if (friend.alreadyReferred) return refuse('already_referred');
  const refused = refusedOrder(terms, input.order) ?? suspicion(terms, input) ?? reachedLimit(terms, referrer);
  if (refused) return refused;
  const rewardNumber = input.rewardNumber ?? referrer.rewardsGiven + 1;
  return success({ rewardNumber, referrer: rewardOf(terms, rewardNumber), friend: terms.friendReward });
}

/** The friend's reward where the referrer gets none: only for what is the referrer's alone. */
export function friendRewardDespite(terms: ReferralTerms | null, refusal: ReferralRefusal): ReferralReward | null {
  const limits: readonly ReferralRefusal[] = ['referrer_limit_reached', 'referrer_period_limit', 'referrer_day_limit'];
  return limits.includes(refusal) ? (terms?.friendReward ?? null) : null;
}

/** What a friend's order is held against the minimum with: goods as they were bought. */
export function referredGoodsMinor({ lines }: Pick<OrderSnapshot, 'lines'>): number {
  return lines.filter(({ kind }) => kind === 'product').reduce((sum, { grossMinor }) => sum + grossMinor, 0);
}

function refusedOrder(terms: ReferralTerms, order: ReferralCase['order']): Refusal<ReferralRefusal> | null {
  if (order.cancelled) return refuse('order_cancelled');
  if (!order.completed) return refuse('order_not_completed');
  const minimumMinor = ofCurrency(terms.friendMinimumMinor, order.currency) ?? 0;
  if (order.goodsMinor < minimumMinor) return refuse('below_minimum', { goodsMinor: order.goodsMinor, minimumMinor });
  return null;
}

/** Staff have the last word. */
function suspicion({ fraud }: ReferralTerms, { score, verdict }: ReferralCase): Refusal<ReferralRefusal> | null {
  if (verdict === 'refuse') return refuse('refused_by_staff');
  if (verdict === 'approve' || fraud === null || score === null) return null;
  const { reviewFrom, refuseFrom } = fraud;
  if (score >= refuseFrom) return refuse('fraud_score', { score, refuseFrom });
  return score >= reviewFrom ? refuse('needs_review', { score, reviewFrom }) : null;
}

function reachedLimit(terms: ReferralTerms, referrer: NonNullable<ReferralCase['referrer']>): Refusal<ReferralRefusal> | null {
  const { rewardsGiven, rewardsInPeriod, newEarlierThatDay } = referrer;
  const { maxRewardsPerReferrer, rewardsPerPeriod, maxNewPerDay } = terms;
  if (maxRewardsPerReferrer !== null && rewardsGiven >= maxRewardsPerReferrer) {
    return refuse('referrer_limit_reached', { rewardsGiven, maxRewardsPerReferrer });
  }
  if (rewardsPerPeriod !== null && rewardsInPeriod >= rewardsPerPeriod.rewards) {
    const window = windowKey(rewardsPerPeriod.window);
    return refuse('referrer_period_limit', { rewardsInPeriod, rewards: rewardsPerPeriod.rewards, window });
  }
  if (maxNewPerDay !== null && newEarlierThatDay >= maxNewPerDay) {
    return refuse('referrer_day_limit', { newEarlierThatDay, maxNewPerDay });
  }
  return null;
}

function rewardOf({ referrerReward, rewardSteps }: ReferralTerms, rewardNumber: number): ReferralReward {
  return rewardSteps.findLast(({ from }) => from <= rewardNumber)?.reward ?? referrerReward;
}

/** Without 0, O, 1, I and L, which people confuse when they type a code. */
const CODE_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 8;
/** 31^8 codes need 40 bits; 24 more keep the modulo's bias below notice. */
const SECRET_HEX_DIGITS = 16;

/**
 * `PREFIX-7KQ2MXPA`, or the eight characters alone without a prefix. The same secret gives the same code.
 * @throws RangeError for a secret of fewer than 16 hex digits
 */
export function generateReferralCode(prefix: string, secretHex: string): string {
  if (!/^[0-9a-f]+$/i.test(secretHex) || secretHex.length < SECRET_HEX_DIGITS) {
    throw new RangeError(`a referral code needs at least ${SECRET_HEX_DIGITS} hex digits of secret`);
  }
  const base = BigInt(CODE_ALPHABET.length);
  let rest = BigInt(`0x${secretHex}`);
  let code = '';
  while (code.length < CODE_LENGTH) {
    code += CODE_ALPHABET.charAt(Number(rest % base));
    rest /= base;
  }
  return (prefix === '' ? code : `${prefix}-${code}`).toUpperCase();
}
