/**
 * The programme: everything a merchant decides, as data. This is the parsed form the domain computes with;
 * the human form (decimals, major units) and its validation live in `programme-document/`.
 * All points and money are integers: points in whole points, money in minor units of the named currency,
 * shares and factors in basis points (10_000 = 1.0 = 100 %).
 */

import type { ApprovalTerms } from './adjustment-limit';
import type { Channel } from './channel';
import type { ActivityRule } from './activity';
import type { Campaign } from './campaign';
import type { EarlyAccessRule } from './early-access';
import type { FraudTerms } from './fraud-score';
import type { QualifyingWindow } from './qualifying';
import type { CashbackRule } from './cashback';
import type { CatalogueReward } from './catalogue-reward';
import type { MembershipPlan } from './membership';
import type { ChallengeRule } from './challenge';
import type { SegmentRule } from './segment';
import type { MessageTerms } from './milestone';
import type { NextPurchaseRule } from './next-purchase';
import type { OccasionRule } from './occasion';
import type { LeadTerms } from './lead';
import type { ParticipationTerms } from './participation';
import type { MetricCode } from './qualifying-metric';
import type { DowngradeTerms } from './tier-protection';
import type { TierRequirement } from './tier-requirement';
import type { VolumeIncentive } from './volume';
import type { VoucherTerms } from './voucher';

/** Money by ISO 4217 code, in minor units: `{ EUR: 5000 }` is 50.00 EUR. */
export type MinorByCurrency = Readonly<Record<string, number>>;

export interface CurrencyTerms {
  /** `earnPoints` points for every `earnPerMinor` minor units of the accrual basis. */
  readonly earnPoints: number;
  readonly earnPerMinor: number;
  /** `valueMinor` minor units for every `valuePoints` points redeemed; null = no redemption in this currency. */
  readonly pointValue: { readonly valuePoints: number; readonly valueMinor: number } | null;
  /** Factor from this currency into the programme's base currency, for turnover. */
  readonly turnoverFactorBps: number;
}

/** Where a rule applies. An absent list means "any"; an empty list never occurs (the schema refuses it). */
export interface Scope {
  readonly tiers?: readonly string[];
  /** Product numbers (Shopware productNumber, Magento SKU). */
  readonly products?: readonly string[];
  /** Category ids as the shop names them. */
  readonly categories?: readonly string[];
  readonly segments?: readonly string[];
  /** Codes of channels; only of rules about what happens in one. */
  readonly channels?: readonly string[];
  /** ISO-8601 UTC instants; `from` inclusive, `until` exclusive. */
  readonly from?: string;
  readonly until?: string;
}

export interface MultiplierRule {
  readonly code: string;
  readonly multiplierBps: number;
  readonly scope: Scope;
}

export interface AccrualTerms {
  readonly basis: 'net' | 'gross';
  /** True: what was paid with points earns nothing. False: points payment does not reduce the basis. */
  readonly pointsPaymentReducesBasis: boolean;
  /** Orders whose whole basis is below this earn nothing; a missing currency means no minimum. */
  readonly minimumMinor: MinorByCurrency;
  /** How the order's exact points become whole points. */
  readonly rounding: 'down' | 'nearest';
  /** Days between payment and availability. */
  readonly lockDays: number;
  readonly multipliers: readonly MultiplierRule[];
  /** `multiply`: all that match; `best`: only the highest. */
  readonly stacking: 'multiply' | 'best';
  readonly excludedGroups: readonly string[];
  readonly excludedProducts: readonly string[];
  readonly excludedCategories: readonly string[];
  readonly excludedSegments: readonly string[];
}

/** Plain words and flags that shops' carts and pages show; what a level earns and pays is in multipliers and tier prices. */
export interface TierPerks {
  readonly freeShipping: boolean;
  readonly fasterShipping: boolean;
  readonly earlyAccess: boolean;
  /** Whom the member may turn to. */
  readonly accountContact: string | null;
  readonly texts: readonly string[];
}

export interface TierLevel {
  readonly code: string;
  readonly name: string;
  readonly requirement: TierRequirement;
  readonly perks: TierPerks;
}

export interface TierTerms {
  /** What pages show as progress; what plain thresholds count. */
  readonly metric: MetricCode;
  readonly downgrade: DowngradeTerms;
  /** Lowest first. A member who meets none has no tier (null). */
  readonly levels: readonly TierLevel[];
}

export type PriceEffect =
  { readonly kind: 'fixed'; readonly priceMinor: MinorByCurrency } | { readonly kind: 'percent'; readonly percentBps: number };

export interface TierPriceStep {
  /** From this quantity on, until the next step. The first step starts at 1. */
  readonly quantityFrom: number;
  readonly effect: PriceEffect;
}

/** A rule that names neither products nor categories is for all goods that no other rule of its tier names. */
export interface TierPriceRule {
  readonly code: string;
  readonly tier: string;
  readonly products?: readonly string[];
  readonly categories?: readonly string[];
  readonly steps: readonly TierPriceStep[];
}

export interface FreeProductRule {
  readonly code: string;
  /** Product numbers to choose from; the first is the default. */
  readonly products: readonly string[];
  readonly quantity: number;
  /** Goods value (gross, without gifts, shipping, points) at which the gift is due. */
  readonly minimumGoodsMinor: MinorByCurrency;
  readonly tiers?: readonly string[];
  readonly segments?: readonly string[];
  readonly channels?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  /** Gifts of this rule per member, ever; null = no limit. */
  readonly limitPerMember: number | null;
  /** Gifts of this rule altogether; null = no limit. */
  readonly stock: number | null;
}

export type ReferralReward =
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'voucher'; readonly valueMinor: MinorByCurrency; readonly validDays: number };

export interface ReferralTerms {
  readonly friendDiscount: PriceEffect;
  readonly friendMinimumMinor: MinorByCurrency;
  readonly referrerReward: ReferralReward;
  /** What the referrer gets from the so-many-th friend on instead; ascending. */
  readonly rewardSteps: readonly { readonly from: number; readonly reward: ReferralReward }[];
  /** For the friend, when the referrer's is due; null = the discount alone. */
  readonly friendReward: ReferralReward | null;
  /** Days after completion of the friend's order before the reward is due. */
  readonly returnWindowDays: number;
  readonly maxRewardsPerReferrer: number | null;
  readonly rewardsPerPeriod: { readonly rewards: number; readonly window: QualifyingWindow } | null;
  /** Referrals of one day, in the programme's time zone, that can earn a referrer anything. */
  readonly maxNewPerDay: number | null;
  /** Null = nobody looks. */
  readonly fraud: FraudTerms | null;
  /** Prefix of generated codes, upper-case letters and digits. */
  readonly codePrefix: string;
}

export interface RedemptionTerms {
  readonly minimumPoints: number;
  readonly stepPoints: number;
  /** Largest share of the cart's goods value that points may pay. */
  readonly maximumShareBps: number;
  /** How long a hold stands before it lapses. */
  readonly holdMinutes: number;
  /**
   * Whether points that paid for goods come back with the goods. False: the merchant gives back money where he gives anything
   * back for them, bounded by what was paid in money; an order that never came about returns points all the same.
   */
  readonly refundsPoints: boolean;
}

/** What is forgotten by itself. */
export interface PrivacyTerms {
  readonly eraseOnCustomerDeletion: boolean;
  readonly retention: RetentionTerms;
}

/** How long what no book needs is kept. */
export interface RetentionTerms {
  readonly leadsDays: number;
  /** Null = as long as deliveries of shops. */
  readonly webhooksDays: number | null;
  readonly noticesDays: number;
  /** Null = nobody is erased for doing nothing. */
  readonly inactiveMembersMonths: number | null;
}

export interface IdentityTerms {
  /** Whether accounts become one member when their shops have proof of the same address. */
  readonly linkByVerifiedEmail: boolean;
}

export interface Programme {
  readonly name: string;
  readonly baseCurrency: string;
  /** Where calendar periods begin, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  readonly currencies: Readonly<Record<string, CurrencyTerms>>;
  readonly accrual: AccrualTerms;
  /** Absent = none has a name. */
  readonly channels?: readonly Channel[];
  readonly campaigns: readonly Campaign[];
  /** Days from availability to expiry of a lot; null = never. */
  readonly expireAfterDays: number | null;
  readonly tiers: TierTerms;
  readonly tierPrices: readonly TierPriceRule[];
  /** Absent = everybody may buy everything. */
  readonly earlyAccess?: readonly EarlyAccessRule[];
  readonly volume: readonly VolumeIncentive[];
  readonly freeProducts: readonly FreeProductRule[];
  readonly referral: ReferralTerms | null;
  /** For whoever registers while the programme is in effect; 0 = none. */
  readonly welcomePoints: number;
  readonly welcomeVoucher: VoucherTerms | null;
  readonly nextPurchase: readonly NextPurchaseRule[];
  readonly occasions: readonly OccasionRule[];
  readonly redemption: RedemptionTerms | null;
  readonly segments: readonly SegmentRule[];
  readonly activities: readonly ActivityRule[];
  readonly messages: MessageTerms;
  readonly approvals: ApprovalTerms;
  readonly identity: IdentityTerms;
  readonly rewards: readonly CatalogueReward[];
  readonly cashback: readonly CashbackRule[];
  readonly memberships: readonly MembershipPlan[];
  readonly challenges: readonly ChallengeRule[];
  readonly privacy: PrivacyTerms;
  /** Null = nobody is asked to accept anything. */
  readonly participation: ParticipationTerms | null;
  /** Null = there is no form for people without an account. */
  readonly leads: LeadTerms | null;
}
