/** Builders for domain tests: a plain programme and order, each changed where a test needs it. */
import type { PinnedTerms } from '../../../sidecar/src/domain/entitlement';
import type { Campaign } from '../../../sidecar/src/domain/campaign';
import type { OrderLine, OrderSnapshot } from '../../../sidecar/src/domain/order-snapshot';
import type { AccrualTerms, Programme, TierLevel, TierPerks } from '../../../sidecar/src/domain/programme';
import { NO_TOTALS, windowKey, type MemberFacts, type QualifyingWindow } from '../../../sidecar/src/domain/qualifying';
import { messageTerms } from '../../../sidecar/src/programme-document/messages';
import type { TierRequirement } from '../../../sidecar/src/domain/tier-requirement';

export const YEAR: QualifyingWindow = { days: 365 };
export const PLACED_AT = '2026-03-10T10:00:00.000Z';

const accrual: AccrualTerms = {
  basis: 'gross',
  pointsPaymentReducesBasis: true,
  minimumMinor: {},
  rounding: 'down',
  lockDays: 14,
  multipliers: [],
  stacking: 'multiply',
  excludedGroups: [],
  excludedProducts: [],
  excludedCategories: [],
  excludedSegments: [],
};

export const NO_PERKS: TierPerks = {
  freeShipping: false,
  fasterShipping: false,
  earlyAccess: false,
  accountContact: null,
  texts: [],
};

/** A level for turnover within a year, in minor units, or for what the requirement says. */
export function levelWith(code: string, asked: number | TierRequirement): TierLevel {
  const requirement: TierRequirement =
    typeof asked === 'number' ? { combine: 'all', conditions: [{ metric: 'turnover', atLeast: asked, window: YEAR }] } : asked;
  return { code, name: `${code.charAt(0).toUpperCase()}${code.slice(1)}`, requirement, perks: NO_PERKS };
}

/** A member who joined long ago, with what they bought within the last 365 days. */
export function factsWith(turnoverMinor: number, change: Partial<MemberFacts> = {}): MemberFacts {
  return {
    asOf: PLACED_AT,
    timeZone: 'UTC',
    joinedAt: '2020-01-01T00:00:00.000Z',
    totals: new Map([[windowKey(YEAR), { ...NO_TOTALS, turnoverMinor }]]),
    ...change,
  };
}

/** One point for 1.00 EUR, 100 points worth 1.00 EUR, tiers silver from 500.00 EUR and gold from 1500.00 EUR. */
export function programmeWith(change: Partial<Programme> = {}, accrualChange: Partial<AccrualTerms> = {}): Programme {
  return {
    name: 'Example',
    baseCurrency: 'EUR',
    timeZone: 'UTC',
    currencies: {
      EUR: { earnPoints: 1, earnPerMinor: 100, pointValue: { valuePoints: 100, valueMinor: 100 }, turnoverFactorBps: 10_000 },
      USD: { earnPoints: 1, earnPerMinor: 110, pointValue: null, turnoverFactorBps: 9_000 },
      JPY: { earnPoints: 1, earnPerMinor: 160, pointValue: null, turnoverFactorBps: 61 },
    },
    accrual: { ...accrual, ...accrualChange },
    campaigns: [],
    expireAfterDays: 365,
    tiers: {
      metric: 'turnover',
      downgrade: { graceDays: 30, keep: null, maximumLevels: null },
      levels: [levelWith('silver', 50_000), levelWith('gold', 150_000)],
    },
    tierPrices: [],
    volume: [],
    freeProducts: [],
    referral: null,
    welcomePoints: 0,
    welcomeVoucher: null,
    nextPurchase: [],
    occasions: [],
    redemption: { minimumPoints: 100, stepPoints: 50, maximumShareBps: 5_000, holdMinutes: 60, refundsPoints: true },
    activities: [],
    approvals: { adjustmentsAbove: null, days: 7 },
    identity: { linkByVerifiedEmail: false },
    rewards: [],
    cashback: [],
    memberships: [],
    challenges: [],
    participation: null,
    leads: null,
    privacy: {
      eraseOnCustomerDeletion: false,
      retention: { leadsDays: 30, webhooksDays: null, noticesDays: 400, inactiveMembersMonths: null },
    },
    segments: [],
    messages: messageTerms(null),
    ...change,
  };
}

export function termsWith(accrualChange: Partial<AccrualTerms> = {}, change: Partial<PinnedTerms> = {}): PinnedTerms {
  return {
    programmeVersionId: 'v1',
    programme: programmeWith({}, accrualChange),
    tier: null,
    segments: [],
    grants: [],
    ...change,
  };
}

/** Double points on everything, for everybody, without a budget. */
export function campaignWith(change: Partial<Campaign> = {}): Campaign {
  return {
    code: 'double',
    name: 'Double points',
    scope: {},
    groups: null,
    minimumMinor: {},
    effect: { kind: 'multiplier', multiplierBps: 20_000 },
    stacking: 'best',
    priority: 0,
    budget: { points: null, orders: null, perMember: null },
    ...change,
  };
}

export function lineWith(change: Partial<OrderLine> = {}): OrderLine {
  return {
    lineId: 'line-1',
    kind: 'product',
    productNumber: 'HAT-1',
    categoryIds: ['hats'],
    quantityMilli: 1000,
    refundedMilli: 0,
    grossMinor: 10_000,
    netMinor: 8_403,
    pointsDiscountGrossMinor: 0,
    pointsDiscountNetMinor: 0,
    ...change,
  };
}

export function orderWith(change: Partial<OrderSnapshot> = {}): OrderSnapshot {
  return {
    shopId: 'shop',
    orderId: 'order-1',
    orderNumber: '10001',
    customerId: 'customer-1',
    emailHash: null,
    isGuest: false,
    customerGroup: null,
    currency: 'EUR',
    placedAt: PLACED_AT,
    paidAt: '2026-03-10T12:00:00.000Z',
    completedAt: null,
    paymentState: 'paid',
    orderState: 'open',
    lines: [lineWith()],
    redemption: null,
    gifts: [],
    referralCode: null,
    refundNeedsReview: false,
    ...change,
  };
}
