/** What this sidecar writes into a Shopware shop, by name. The app's cart script and templates read the same names. */
import { createHash } from 'node:crypto';

/** Custom fields of a customer. */
export const customerFields = {
  points: 'loyalty_points',
  pending: 'loyalty_pending',
  debt: 'loyalty_debt',
  tier: 'loyalty_tier',
  nextTier: 'loyalty_next_tier',
  nextTierMissing: 'loyalty_next_tier_missing',
  nextTierConditions: 'loyalty_next_tier_conditions',
  volume: 'loyalty_volume',
  rewards: 'loyalty_rewards',
  cashback: 'loyalty_cashback',
  memberships: 'loyalty_memberships',
  endedMemberships: 'loyalty_ended_memberships',
  /** Written by the app's pages: what the member asks for. */
  wishes: 'loyalty_wishes',
  wishAnswers: 'loyalty_wish_answers',
  expiringPoints: 'loyalty_expiring_points',
  expiringAt: 'loyalty_expiring_at',
  referralCode: 'loyalty_referral_code',
  referrals: 'loyalty_referrals',
  referralFigures: 'loyalty_referral_figures',
  givenGifts: 'loyalty_given_gifts',
  segments: 'loyalty_segments',
  vouchers: 'loyalty_vouchers',
  challenges: 'loyalty_challenges',
  badges: 'loyalty_badges',
  terms: 'loyalty_terms',
  activities: 'loyalty_activities',
  company: 'loyalty_company',
  redeemLimit: 'loyalty_redeem_limit',
  priceRules: 'loyalty_price_rules',
  history: 'loyalty_history',
  held: 'loyalty_held',
  spentIntent: 'loyalty_spent_intent',
  version: 'loyalty_version',
} as const;

/** Identifier of the cart script's line that pays with points. */
export const POINTS_LINE = 'loyalty-points';
/** Key with which lines of gifts begin. */
export const GIFT_LINE = 'loyalty-gift-';
/** Message of the cart script about goods that are not open yet. */
export const EARLY_ACCESS_ERROR = 'loyalty-early-access';

/** Payload of lines the cart script makes. */
export const linePayload = {
  /** On the points line. */
  points: 'loyaltyPoints',
  hold: 'loyaltyHold',
  /** On a free product: the code of the rule that gave it. */
  gift: 'loyaltyGift',
} as const;

/** Key in the app's configuration under which the cart script finds the terms. */
export const TERMS_KEY = 'programme';

/** Kinds of things we create; each has its own range of ids. */
export type OwnKind =
  | 'tag'
  | 'rule'
  | 'condition'
  | 'price'
  | 'friend-promotion'
  | 'voucher-promotion'
  | 'shipping-promotion'
  | 'voucher-code'
  | 'sales-channel'
  | 'discount'
  | 'discount-price';

const PREFIX_LENGTH = 12;

/** First digits of the ids of one kind in one shop: how we know what is ours without a list. */
export function ownPrefix(shopId: string, kind: OwnKind): string {
  return digest(['loyalty', shopId, kind]).slice(0, PREFIX_LENGTH);
}

/** An id in Shopware's form (32 hex digits), the same for the same thing for ever, so that every write can be repeated. */
export function ownId(shopId: string, kind: OwnKind, ...name: readonly (string | number)[]): string {
  return ownPrefix(shopId, kind) + digest([kind, ...name]).slice(PREFIX_LENGTH);
}

function digest(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
