/** What a shop should show of the programme: the content of desired state, the same for every platform. */
import type { NoticeKind, Purpose } from './milestone';
import type { CalendarPeriod } from './calendar';
import type { PayoutState } from './cashback';
import type { CatalogueKind, FulfilmentState, RewardTexts } from './catalogue-reward';
import type { Badge, ChallengeStanding } from './challenge';
import type { CompanyRole } from './company';
import type { TermsStanding } from './participation';
import type { PriceEffect, TierPerks } from './programme';
import type { MetricCode } from './qualifying-metric';
import type { NextTier } from './tier';
import type { TierRequirement } from './tier-requirement';
import type { VolumeIncentive, VolumeProgress } from './volume';
import type { WishAnswer } from './wish';

/** What the shop should show. `resourceId` is unique per type; `null` state = the resource should be gone. */
export type DesiredResource =
  | { readonly type: 'member'; readonly id: string; readonly state: MemberMirror | null }
  | { readonly type: 'tier'; readonly id: string; readonly state: TierMirror | null }
  | { readonly type: 'price-list'; readonly id: string; readonly state: PriceListMirror | null }
  | { readonly type: 'tier-price'; readonly id: string; readonly state: TierPriceMirror | null }
  | { readonly type: 'friend-code'; readonly id: string; readonly state: FriendCodeMirror | null }
  | { readonly type: 'voucher'; readonly id: string; readonly state: VoucherMirror | null }
  | { readonly type: 'terms'; readonly id: string; readonly state: TermsMirror | null }
  | { readonly type: 'notice'; readonly id: string; readonly state: NoticeMirror | null };

export type DesiredResourceType = DesiredResource['type'];

/** id = the customer's id in the shop. */
export interface MemberMirror {
  readonly customerId: string;
  readonly availablePoints: number;
  readonly pendingPoints: number;
  readonly debtPoints: number;
  /** Reserved for orders under way. */
  readonly heldPoints: number;
  /** The last wish to pay with points that an order used up; a cart ignores it from then on. Null = none. */
  readonly spentIntent: string | null;
  readonly tier: string | null;
  readonly nextTier: NextTier | null;
  /** Where the member stands with each incentive for volume. */
  readonly volume: readonly VolumeProgress[];
  readonly nextExpiry: { readonly points: number; readonly at: string } | null;
  readonly referralCode: string | null;
  /** Friends whose first order has earned the member the reward. */
  readonly rewardedReferrals: number;
  /** Friends whose order is waiting, and points that friends have earned; null = neither. */
  readonly referralFigures: { readonly pending: number; readonly points: number } | null;
  /** Units of gifts that orders hold, by rule; only rules with a limit a member. Null = none. */
  readonly givenGifts: Readonly<Record<string, number>> | null;
  /** Codes of the segments the member is in; null = the programme has none. */
  readonly segments: readonly string[] | null;
  /** Vouchers that can be used in this shop, the first to end first; at most 20. */
  readonly vouchers: readonly ShownVoucher[];
  /** Paid memberships that last; absent = none. */
  readonly memberships?: readonly ShownMembership[];
  /** The latest of each plan that is over and was not bought anew; absent = none. */
  readonly endedMemberships?: readonly ShownMembership[];
  /** What became of what the member asked for on pages of the shop, latest first; absent = nothing lately. */
  readonly wishes?: readonly WishAnswer[];
  /** Latest payouts first; absent = there never was one, or the programme pays none. */
  readonly cashback?: readonly ShownPayout[];
  /** Absent = the member never took one. */
  readonly rewards?: MemberRewards;
  /** Challenges open to the member; absent = the programme has none. */
  readonly challenges?: readonly ChallengeStanding[];
  /** Latest first. */
  readonly badges?: readonly (Badge & { readonly at: string })[];
  /** Absent = the programme has no terms of participation. */
  readonly terms?: MemberTerms;
  /** The way to quizzes and surveys; absent = the programme has none. */
  readonly activities?: SignedPage & {
    /** What `?in=` adds for who comes from one of these places; absent = it is the same from all. */
    readonly places?: Readonly<Record<string, string>>;
  };
  /** For whom the member buys; null = for themselves. */
  readonly company: CompanyMirror | null;
  /** Codes of the price lists whose prices the member buys at, the one that counts first; absent = none. */
  readonly priceLists?: readonly string[];
  /** The most points the member may use in one cart now; null = as many as there are. */
  readonly redeemLimit: number | null;
  /** Latest changes, newest first; added when the mirror is brought to the shop, so never part of what is compared. */
  readonly history?: readonly HistoryLine[];
  /** Version of the member's account; a shop must not replace a higher one by a lower. */
  readonly version: number;
}

/** Between `endsAt` and `graceEndsAt` what it brings goes on. */
export interface ShownMembership {
  readonly code: string;
  readonly name: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly graceEndsAt: string;
}

export interface ShownVoucher {
  readonly code: string;
  /** 0 where a share is taken off. */
  readonly valueMinor: number;
  /** Null where an amount is taken off. */
  readonly percentBps: number | null;
  readonly currency: string;
  /** Goods it asks for; 0 = none. */
  readonly minimumMinor: number;
  /** Null = it has no end. */
  readonly expiresAt: string | null;
}

export interface SignedPage {
  /** The sidecar's page, to which `/<language>` is added. */
  readonly page: string;
  /** With `?for=` it lets the page speak for the member. */
  readonly key: string;
}

/** Where a member stands with the terms of participation. */
export interface MemberTerms extends TermsStanding, SignedPage {}

/** Points that were turned into money. */
export interface ShownPayout {
  readonly id: string;
  readonly name: string;
  readonly points: number;
  readonly valueMinor: number;
  readonly currency: string;
  readonly state: PayoutState;
  readonly at: string;
  /** Of the voucher that it paid; null = none, or no longer. */
  readonly voucher: string | null;
}

/** What a member took from the reward catalogue. */
export interface MemberRewards {
  /** Units had of each reward, without those cancelled. */
  readonly taken: Readonly<Record<string, number>>;
  /** Latest first. */
  readonly latest: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly quantity: number;
    readonly points: number;
    readonly state: FulfilmentState;
    readonly at: string;
    /** Codes that it handed over. */
    readonly vouchers: readonly string[];
  }[];
  /** What pages and rules let the member in to, between two instants; null = already, for ever. */
  readonly access: readonly { readonly code: string; readonly from: string | null; readonly until: string | null }[];
}

/** What pages say of a buyer's company. */
export interface CompanyMirror {
  readonly name: string;
  readonly role: CompanyRole;
  /** Whether the points shown are the company's. */
  readonly isPooled: boolean;
  /** The buyer's limits; null = none. */
  readonly pointsPerOrder: number | null;
  readonly pointsPerMonth: number | null;
  readonly approvalAbove: number | null;
  readonly usedThisMonth: number;
  /** The most that an approval allows in one order now. */
  readonly approvedPoints: number;
  /** Requests that wait: the buyer's own, or all that an approver may decide on. */
  readonly openApprovals: number;
  /** Points of their own that wait beside the company's; null when all that is shown is theirs. */
  readonly ownPoints: number | null;
  /** The first of those requests, the oldest first; absent = none. */
  readonly requests?: readonly ShownRequest[];
}

/** A buyer's wish to use more points than they may by themselves. */
export interface ShownRequest {
  readonly id: string;
  /** Who asks, in the shop that shows it; null = they have no account there. */
  readonly customerId: string | null;
  readonly isOwn: boolean;
  readonly points: number;
  readonly at: string;
}

/** One change of a member's points, as its owner understands it. */
export interface HistoryLine {
  readonly at: string;
  /** Kind of ledger entry, e.g. `accrual`. */
  readonly kind: string;
  /** Change of what the member has, pending points included; 0 = points only became available. */
  readonly points: number;
  /** Points that became available with it. */
  readonly releasedPoints: number;
  readonly orderNumber: string | null;
  /** What led to it, in sentences by the two letters of a language; absent = nothing to say. */
  readonly why?: Readonly<Record<string, readonly string[]>>;
}

/** id = tier code. The shop gets what marks a customer of this tier (tag and rule; customer group). */
export interface TierMirror {
  readonly code: string;
  readonly name: string;
  /** 0 = lowest level. */
  readonly rank: number;
  /** Members of the tier pay no shipping. */
  readonly freeShipping: boolean;
}

/** What a page says of a tier. */
export interface TierTerms extends TierMirror {
  /** In the programme's metric: minor units of the base currency, or a count; 0 when the level asks for something else. */
  readonly threshold: number;
  readonly requirement: TierRequirement;
  readonly perks: TierPerks;
}

/** id = code of a price list in force. The shop gets what marks a customer who buys at its prices. */
export interface PriceListMirror {
  readonly code: string;
  readonly name: string;
  /** Of two lists that name a product, the higher one counts. */
  readonly place: number;
}

interface PriceRow {
  readonly quantityFrom: number;
  readonly currency: string;
  readonly grossMinor: number;
  readonly netMinor: number;
}

export interface TierPriceRow extends PriceRow {
  readonly tier: string;
}

/** By contract: counts before the prices of tiers. */
export interface ListPriceRow extends PriceRow {
  /** Code of the price list. */
  readonly list: string;
}

/** Where a price somebody pays comes from. */
export const PRICE_SOURCES = ['price_list', 'tier', 'product'] as const;
export type PriceSource = (typeof PRICE_SOURCES)[number];

/** id = product id in the shop; all rows of the product at once. */
export interface TierPriceMirror {
  readonly productId: string;
  readonly productNumber: string;
  readonly rows: readonly TierPriceRow[];
  /** Absent = no price list in force names the product. */
  readonly lists?: readonly ListPriceRow[];
}

/** id = referral code. */
export interface FriendCodeMirror {
  readonly code: string;
  readonly discount: PriceEffect;
  readonly minimumMinor: Readonly<Record<string, number>>;
  readonly referrerCustomerId: string;
}

/** id = voucher code. */
export interface VoucherMirror {
  readonly code: string;
  /** 0 where a share is taken off. */
  readonly valueMinor: number;
  readonly currency: string;
  /** Absent or null = an amount is taken off. */
  readonly percentBps?: number | null;
  /** Goods it asks for, in `currency`; absent or 0 = none. */
  readonly minimumMinor?: number;
  readonly customerId: string;
  readonly expiresAt: string | null;
}

/** id = unique to the happening and the customer. Told once; nothing of it remains in the shop. */
export interface NoticeMirror {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly customerId: string;
  readonly occurredAt: string;
  /** Plain values a mail can show, e.g. `{ tier: 'Gold' }`. */
  readonly figures: Readonly<Record<string, string | number>>;
  readonly purpose: Purpose;
  /** Whether the books know of the member's consent to the purpose; shops that keep consent of their own go by theirs. */
  readonly consent: boolean;
  /** The member's, e.g. `de`. */
  readonly language: string;
}

/** id = `programme`. Everything a cart needs without asking the sidecar; plain JSON. */
export interface TermsMirror {
  readonly programmeVersionId: string;
  /** Currency that turnover towards a tier is counted in. */
  readonly baseCurrency: string;
  readonly tierMetric: MetricCode;
  readonly redemption: Readonly<Record<string, unknown>> | null;
  readonly accrual: Readonly<Record<string, unknown>>;
  /** How many minor units make one unit, by currency of the programme, e.g. `{ EUR: 100, JPY: 1 }`. */
  readonly minorUnits: Readonly<Record<string, number>>;
  /** Sales channels or store views that take no part; absent = none. */
  readonly excludedChannels?: readonly string[];
  /** Rules with `places` hold in these alone. */
  readonly freeProducts: readonly Readonly<Record<string, unknown>>[];
  /** Those that are not over; with `places` as free products. */
  readonly campaigns: readonly Readonly<Record<string, unknown>>[];
  readonly tiers: readonly TierTerms[];
  readonly volume: readonly VolumeIncentive[];
  /** Goods that some tiers may buy before everybody else; absent = none. */
  readonly earlyAccess?: readonly EarlyAccessTerms[];
  /** Absent = the programme has none. */
  readonly cashback?: readonly CashbackTerms[];
  /** Absent = the programme has none. */
  readonly rewards?: readonly RewardTerms[];
  /** Absent = the programme has none. */
  readonly memberships?: readonly MembershipTerms[];
  /** The form for people without an account; absent = none. */
  readonly leads?: {
    /** The sidecar's page, to which `/<language>` is added; the form is sent there too. */
    readonly page: string;
    /** Of the text that is agreed to. */
    readonly version: string;
    readonly texts: Readonly<Record<string, string>>;
  };
  /** Where QR codes of referral links are drawn: `<this>/<code>.svg?link=<link>`; absent = nobody recommends. */
  readonly referralQr?: string;
}

/** Null = any; one of products and categories is a list. */
export interface EarlyAccessTerms {
  readonly code: string;
  readonly products: readonly string[] | null;
  readonly categories: readonly string[] | null;
  readonly tiers: readonly string[];
  readonly from: string | null;
  readonly until: string;
  /** The same by the programme's clock, like `2026-03-01T00:00`, for people. */
  readonly localFrom: string | null;
  readonly localUntil: string;
}

/** A membership that can be bought, with what it brings. */
export interface MembershipTerms {
  readonly code: string;
  readonly name: string;
  /** Product numbers, each of which buys it. */
  readonly products: readonly string[];
  /** Of one unit; one of both is 0. */
  readonly months: number;
  readonly days: number;
  readonly tier: string | null;
  readonly multiplierBps: number | null;
  readonly welcomePoints: number;
}

/** How points become money: multiples of `unitPoints` from `minimumPoints` on, in the base currency. */
export interface CashbackTerms {
  readonly code: string;
  readonly name: string;
  readonly minimumPoints: number;
  readonly unitPoints: number;
  readonly unitMinor: number;
  readonly payout: 'voucher' | 'credit';
  /** Paid without being asked for, too; null = only on request. */
  readonly every: CalendarPeriod | null;
}

/** A reward of the catalogue as pages show it; null = any. */
export interface RewardTerms {
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: CatalogueKind;
  readonly pointsPrice: number;
  readonly perMember: number | null;
  readonly tiers: readonly string[] | null;
  readonly segments: readonly string[] | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly image: string | null;
  readonly isSoldOut: boolean;
  /** Told of the last few only; null = more, or without limit. */
  readonly left: number | null;
  /** Name and description in other languages, by their two letters; absent = one language. */
  readonly texts?: RewardTexts;
}
