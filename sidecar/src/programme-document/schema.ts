/**
 * The programme as merchants write it in YAML or JSON: money in major units by currency, shares in percent, factors as
 * decimals, durations in days. Unknown fields are errors. What one field alone cannot show is in cross-checks.ts.
 */
import { z } from 'zod';
import { decimalsOf } from './decimals';
import { code, text } from './fields';
import { segmentsSchema } from './segments';

const MAX_LEVELS = 50;
const MAX_RULES = 500;
const MAX_LIST = 1000;
const MAX_STEPS = 50;
const MAX_DAYS = 36_500;
const MAX_POINTS = 1_000_000_000;
const MAX_MONEY = 1_000_000_000;

const someNames = z.array(text(191)).min(1).max(MAX_LIST);
const names = z.array(text(191)).max(MAX_LIST);
const days = (minimum: number) => z.int().min(minimum).max(MAX_DAYS);
const factor = (maximum: number) => withDecimals(z.number().gt(0).max(maximum), 4);
const percent = withDecimals(z.number().gt(0).max(100), 2);
const money = z.number().min(0).max(MAX_MONEY);
const moneyByCurrency = z.record(z.string(), money);
const instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'must be a date (2026-03-01, from midnight UTC) or an instant with its zone (2026-03-01T08:00:00Z)',
});

function withDecimals(schema: z.ZodNumber, digits: number): z.ZodNumber {
  return schema.refine((value) => decimalsOf(value) <= digits, `must have at most ${digits} decimals`);
}

const period = { from: instant.optional(), until: instant.optional() };

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

const tiersSchema = z.strictObject({
  metric: z.enum(['turnover', 'orders', 'items', 'points']).default('turnover'),
  windowDays: days(1).default(365),
  graceDays: days(0).default(0),
  levels: z
    .array(z.strictObject({ code, name: text(120), threshold: z.number().min(0).max(MAX_MONEY) }))
    .max(MAX_LEVELS)
    .default([]),
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
  ...period,
  limitPerMember: z.int().min(1).max(MAX_POINTS).nullable().default(null),
  stock: z.int().min(0).max(MAX_POINTS).nullable().default(null),
});

const referralSchema = z.strictObject({
  /** Either `amountOff` (by currency) or `percentOff`. */
  friendDiscount: z.strictObject({ amountOff: moneyByCurrency.optional(), percentOff: percent.optional() }),
  friendMinimum: moneyByCurrency.default({}),
  /** Either `points` or `voucher`. */
  referrerReward: z.strictObject({
    points: z.int().min(1).max(MAX_POINTS).optional(),
    voucher: z.strictObject({ value: moneyByCurrency, validDays: days(1) }).optional(),
  }),
  returnWindowDays: days(0).default(14),
  maxRewardsPerReferrer: z.int().min(1).max(MAX_POINTS).nullable().default(null),
  codePrefix: z
    .string()
    .regex(/^[A-Z0-9]{0,12}$/, 'must be at most 12 upper-case letters and digits')
    .default(''),
});

/** For a new customer, once. */
const welcomeSchema = z.strictObject({ points: z.int().min(1).max(MAX_POINTS) });

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
  currencies: z.record(z.string(), currencySchema),
  accrual: accrualSchema.prefault({}),
  expireAfterDays: days(1).nullable().default(null),
  tiers: tiersSchema.prefault({}),
  tierPrices: z.array(tierPriceSchema).max(MAX_RULES).default([]),
  freeProducts: z.array(freeProductSchema).max(MAX_RULES).default([]),
  referral: referralSchema.nullable().default(null),
  welcome: welcomeSchema.nullable().default(null),
  redemption: redemptionSchema.nullable().default(null),
  segments: segmentsSchema.default([]),
});

/** The document with every default filled in. */
export type ProgrammeDocument = z.output<typeof programmeDocumentSchema>;
