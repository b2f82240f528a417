import { ofCurrency } from './currency';
import type { ReferralTerms } from './programme';
import { refuse, success, type Result } from './result';

export type ReferralRefusal =
  | 'no_referral_terms'
  | 'unknown_code'
  | 'self_referral'
  | 'not_first_order'
  | 'already_referred'
  | 'referrer_limit_reached'
  | 'order_not_completed'
  | 'order_cancelled'
  | 'below_minimum';

export interface ReferralCase {
  readonly terms: ReferralTerms | null;
  /** Owner of the code; null when nobody has it. */
  readonly referrer: {
    readonly memberId: string;
    readonly emailHashes: readonly string[];
    readonly rewardsGiven: number;
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
}

/**
 * Whether a friend's order earns the referrer the reward. What can never change is asked first, then the order's state,
 * last the referrer's limit, so that a refusal names the most lasting cause.
 */
export function judgeReferral(input: ReferralCase): Result<{ reward: ReferralTerms['referrerReward'] }, ReferralRefusal> {
  const { terms, referrer, friend, order } = input;
  if (terms === null) return refuse('no_referral_terms');
  if (referrer === null) return refuse('unknown_code');
  const sharesEmail = friend.emailHashes.some((hash) => referrer.emailHashes.includes(hash));
  if (friend.memberId === referrer.memberId || sharesEmail) return refuse('self_referral', { sharesEmail });
  if (friend.earlierOrders > 0) return refuse('not_first_order', { earlierOrders: friend.earlierOrders });
  if (friend.alreadyReferred) return refuse('already_referred');
  if (order.cancelled) return refuse('order_cancelled');
  if (!order.completed) return refuse('order_not_completed');
  const minimumMinor = ofCurrency(terms.friendMinimumMinor, order.currency) ?? 0;
  if (order.goodsMinor < minimumMinor) return refuse('below_minimum', { goodsMinor: order.goodsMinor, minimumMinor });
  const { maxRewardsPerReferrer } = terms;
  if (maxRewardsPerReferrer !== null && referrer.rewardsGiven >= maxRewardsPerReferrer) {
    return refuse('referrer_limit_reached', { rewardsGiven: referrer.rewardsGiven, maxRewardsPerReferrer });
  }
  return success({ reward: terms.referrerReward });
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
