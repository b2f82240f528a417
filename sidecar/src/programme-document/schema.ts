/**
 * The programme as merchants write it in YAML or JSON: money in major units by currency, shares in percent, factors as
 * decimals, durations in days. Unknown fields are errors. What one field alone cannot show is in cross-checks.ts.
 */
import { z } from 'zod';
import { CALENDAR_PERIODS, isTimeZone } from '../domain/calendar';
import { METRIC_CODES } from '../domain/qualifying-metric';
import { activitiesSchema } from './activities';
import { approvalsSchema } from './approvals';
import { campaignsSchema } from './campaigns';
import { cashbackSchema } from './cashback';
import { channelsSchema } from './channels';
import { challengesSchema } from './challenges';
import { earlyAccessSchema } from './early-access';
import { leadsSchema } from './leads';
import { messagesSchema } from './messages';
import { channelCondition, code, factor, MAX_MONEY, moneyByCurrency, percent, period, someNames, text } from './fields';
import { identitySchema } from './identity';
import { participationSchema } from './participation';
import { privacySchema } from './privacy';
import { nextPurchaseSchema } from './next-purchase';
import { occasionsSchema } from './occasions';
import { referralSchema } from './referral';
import { membershipsSchema } from './memberships';
import { rewardsSchema } from './rewards';
import { segmentsSchema } from './segments';
import { voucherSchema } from './vouchers';

const MAX_LEVELS = 50;
const MAX_RULES = 500;
const MAX_LIST = 1000;
const MAX_STEPS = 50;
const MAX_DAYS = 36_500;
const MAX_POINTS = 1_000_000_000;
const MAX_CONDITIONS = 10;
const MAX_FOLLOWING = 24;
const MAX_TEXTS = 20;
const MAX_INCENTIVES = 20;

const names = z.array(text(191)).max(MAX_LIST);
const days = (minimum: number) => z.int().min(minimum).max(MAX_DAYS);

const currencySchema = z.strictObject({
  earn: z.strictObject({ points: z.int().min(0).max(1_000_000), per: z.number().gt(0).max(MAX_MONEY) }),
  pointValue: z
    .strictObject({ points: z.int().min(1).max(MAX_POINTS), value: z.number().gt(0).max(MAX_MONEY) })
    .nullable()
    .default(null),
  /** Base-currency units one unit of this currency is worth; 1 for the base currency. */
  turnoverFactor: factor(1_000_000).optional(),
});

const scopeSchema = z.strictObject({
  tiers: someNames.optional(),
  products: someNames.optional(),
  categories: someNames.optional(),
  segments: someNames.optional(),
  ...channelCondition,
  ...period,
});

const accrualSchema = z.strictObject({
  basis: z.enum(['net', 'gross']).default('gross'),
  pointsPaymentReducesBasis: z.boolean().default(true),
  minimum: moneyByCurrency.default({}),
  rounding: z.enum(['down', 'nearest']).default('down'),
  lockDays: days(0).default(14),
  multipliers: z
    .array(z.strictObject({ code, multiplier: factor(100), scope: scopeSchema.prefault({}) }))
    .max(MAX_RULES)
    .default([]),
  stacking: z.enum(['multiply', 'best']).default('best'),
  excludedGroups: names.default([]),
  excludedProducts: names.default([]),
  excludedCategories: names.default([]),
  excludedSegments: names.default([]),
});

const metric = z.enum(METRIC_CODES);
/** At most one of both; the last so many days, or the calendar period an instant falls in. */
const window = { windowDays: days(1).optional(), period: z.enum(CALENDAR_PERIODS).optional() };

const conditions = z
  .array(z.strictObject({ metric, atLeast: z.number().min(0).max(MAX_MONEY), ...window }))
  .min(1)
  .max(MAX_CONDITIONS);

const perksSchema = z.strictObject({
  /** Joins the multipliers of accrual. */
  multiplier: factor(100).optional(),
  /** Joins the tier prices, for all goods that no rule of the tier names. */
  discountPercent: percent.optional(),
  freeShipping: z.boolean().default(false),
  fasterShipping: z.boolean().default(false),
  earlyAccess: z.boolean().default(false),
  accountContact: text(191).nullable().default(null),
  texts: z.array(text(191)).max(MAX_TEXTS).default([]),
});

/** Either `threshold` of the programme's metric, or conditions of which `all` or `any` must be met. */
const levelSchema = z.strictObject({
  code,
  name: text(120),
  threshold: z.number().min(0).max(MAX_MONEY).optional(),
  all: conditions.optional(),
  any: conditions.optional(),
  perks: perksSchema.prefault({}),
});

const tiersSchema = z.strictObject({
  metric: metric.default('turnover'),
  ...window,
  graceDays: days(0).default(0),
  downgrade: z
    .strictObject({
      maximumLevels: z.int().min(1).max(MAX_LEVELS).nullable().default(null),
      /** At most one of both. */
      keepDays: days(1).optional(),
      keepUntilEndOf: z.enum(CALENDAR_PERIODS).optional(),
      /** Periods after the one in which the tier was reached or last met. */
      followingPeriods: z.int().min(1).max(MAX_FOLLOWING).optional(),
    })
    .prefault({}),
  levels: z.array(levelSchema).max(MAX_LEVELS).default([]),
});

const volumeSchema = z.strictObject({
  code,
  name: text(120),
  metric: metric.default('turnover'),
  /** Exactly one of both. */
  ...window,
  bands: z
    .array(z.strictObject({ from: z.number().gt(0).max(MAX_MONEY), points: z.int().min(1).max(MAX_POINTS) }))
    .min(1)
    .max(MAX_LEVELS),
});

const tierPriceSchema = z.strictObject({
  code,
  tier: code,
  products: someNames.optional(),
  categories: someNames.optional(),
  /** Each step has either `price` (gross, by currency) or `percentOff`. */
  steps: z
    .array(
      z.strictObject({
        quantityFrom: z.int().min(1).max(1_000_000),
        price: moneyByCurrency.optional(),
        percentOff: percent.optional(),
      }),
    )
    .min(1)
    .max(MAX_STEPS),
});

const freeProductSchema = z.strictObject({
  code,
  products: someNames,
  quantity: z.int().min(1).max(1000).default(1),
  minimumGoods: moneyByCurrency,
  tiers: someNames.optional(),
  segments: someNames.optional(),
  ...channelCondition,
  ...period,
  limitPerMember: z.int().min(1).max(MAX_POINTS).nullable().default(null),
  stock: z.int().min(0).max(MAX_POINTS).nullable().default(null),
});

/** For a new customer, once: points, a voucher or both. */
const welcomeSchema = z.strictObject({ points: z.int().min(1).max(MAX_POINTS).optional(), voucher: voucherSchema.optional() });

const redemptionSchema = z.strictObject({
  minimumPoints: z.int().min(1).max(MAX_POINTS).default(1),
  stepPoints: z.int().min(1).max(MAX_POINTS).default(1),
  maximumSharePercent: percent.default(100),
  holdMinutes: z.int().min(1).max(43_200).default(60),
  refundsPoints: z.boolean().default(true),
});

export const programmeDocumentSchema = z.strictObject({
  name: text(120),
  baseCurrency: z.string(),
  /** Where calendar periods begin. */
  timeZone: z.string().refine(isTimeZone, 'must be a time zone like Europe/Berlin, or UTC').default('UTC'),
  currencies: z.record(z.string(), currencySchema),
  accrual: accrualSchema.prefault({}),
  channels: channelsSchema.default([]),
  campaigns: campaignsSchema.default([]),
  expireAfterDays: days(1).nullable().default(null),
  tiers: tiersSchema.prefault({}),
  tierPrices: z.array(tierPriceSchema).max(MAX_RULES).default([]),
  earlyAccess: earlyAccessSchema.default([]),
  volume: z.array(volumeSchema).max(MAX_INCENTIVES).default([]),
  freeProducts: z.array(freeProductSchema).max(MAX_RULES).default([]),
  referral: referralSchema.nullable().default(null),
  welcome: welcomeSchema.nullable().default(null),
  redemption: redemptionSchema.nullable().default(null),
  segments: segmentsSchema.default([]),
  activities: activitiesSchema.default([]),
  messages: messagesSchema.nullable().default(null),
  approvals: approvalsSchema.prefault({}),
  identity: identitySchema.prefault({}),
  privacy: privacySchema.prefault({}),
  leads: leadsSchema.nullable().default(null),
  terms: participationSchema.nullable().default(null),
  nextPurchase: nextPurchaseSchema.default([]),
  occasions: occasionsSchema.default([]),
  rewards: rewardsSchema.default([]),
  cashback: cashbackSchema.default([]),
  memberships: membershipsSchema.default([]),
  challenges: challengesSchema.default([]),
});

/** The document with every default filled in. */
export type ProgrammeDocument = z.output<typeof programmeDocumentSchema>;
