/** Recommendations as merchants write them, what is wrong with them, and what the domain computes with. */
import { z } from 'zod';
import { CALENDAR_PERIODS } from '../domain/calendar';
import { ofCurrency } from '../domain/currency';
import { MAX_SCORE, type FraudTerms } from '../domain/fraud-score';
import type { ReferralReward, ReferralTerms } from '../domain/programme';
import { referralSignals } from '../domain/referral-signals/registry';
import { decimalsOf } from './decimals';
import { exactlyOne, fault, notEmpty } from './field-checks';
import type { FieldError } from './field-error';
import { effect, minorByCurrency } from './effect';
import type { ProgrammeDocument } from './schema';

const MAX_DAYS = 36_500;
const MAX_POINTS = 1_000_000_000;
const MAX_MONEY = 1_000_000_000;
const MAX_STEPS = 20;
const MAX_PERIOD_DAYS = 3_650;

const money = z.record(z.string(), z.number().min(0).max(MAX_MONEY));
const percent = z
  .number()
  .gt(0)
  .max(100)
  .refine((value) => decimalsOf(value) <= 2, 'must have at most 2 decimals');
const count = z.int().min(1).max(MAX_POINTS);
const score = z.int().min(1).max(MAX_SCORE);

/** Either `points` or `voucher`. */
const reward = {
  points: z.int().min(1).max(MAX_POINTS).optional(),
  voucher: z.strictObject({ value: money, validDays: z.int().min(1).max(MAX_DAYS) }).optional(),
};

const weightsSchema = z.strictObject(
  Object.fromEntries(referralSignals.map(({ code }) => [code, z.int().min(0).max(MAX_SCORE).optional()])),
);

export const referralSchema = z.strictObject({
  /** Either `amountOff` (by currency) or `percentOff`. */
  friendDiscount: z.strictObject({ amountOff: money.optional(), percentOff: percent.optional() }),
  friendMinimum: money.default({}),
  referrerReward: z.strictObject(reward),
  /** Instead of `referrerReward`, from the so-many-th rewarded friend on. */
  rewardSteps: z
    .array(z.strictObject({ from: z.int().min(2).max(MAX_POINTS), ...reward }))
    .max(MAX_STEPS)
    .default([]),
  friendReward: z.strictObject(reward).nullable().default(null),
  returnWindowDays: z.int().min(0).max(MAX_DAYS).default(14),
  maxRewardsPerReferrer: count.nullable().default(null),
  /** Exactly one of `windowDays` and `period`. */
  rewardsPerPeriod: z
    .strictObject({
      rewards: count,
      windowDays: z.int().min(1).max(MAX_PERIOD_DAYS).optional(),
      period: z.enum(CALENDAR_PERIODS).optional(),
    })
    .nullable()
    .default(null),
  maxNewPerDay: count.nullable().default(null),
  fraud: z
    .strictObject({ review: score.default(50), refuse: score.default(90), weights: weightsSchema.prefault({}) })
    .nullable()
    .default(null),
  codePrefix: z
    .string()
    .regex(/^[A-Z0-9]{0,12}$/, 'must be at most 12 upper-case letters and digits')
    .default(''),
});

type WrittenReferral = z.output<typeof referralSchema>;
type WrittenReward = WrittenReferral['referrerReward'];

/** Every reward, by its field. */
function rewardsOf(terms: WrittenReferral): [field: string, reward: WrittenReward][] {
  return [
    ['referral.referrerReward', terms.referrerReward],
    ...terms.rewardSteps.map((step, i): [string, WrittenReward] => [`referral.rewardSteps[${i}]`, step]),
    ...(terms.friendReward ? [['referral.friendReward', terms.friendReward] satisfies [string, WrittenReward]] : []),
  ];
}

/** Maps by currency, by their fields. */
export function referralMoney(terms: WrittenReferral | null): [string, Readonly<Record<string, number>> | undefined][] {
  if (terms === null) return [];
  return [
    ['referral.friendDiscount.amountOff', terms.friendDiscount.amountOff],
    ['referral.friendMinimum', terms.friendMinimum],
    ...rewardsOf(terms).map(([field, { voucher }]): [string, typeof terms.friendMinimum | undefined] => [
      `${field}.voucher.value`,
      voucher?.value,
    ]),
  ];
}

export function checkReferral({ referral: terms, baseCurrency }: ProgrammeDocument): FieldError[] {
  if (terms === null) return [];
  const { friendDiscount, rewardSteps, rewardsPerPeriod, fraud } = terms;
  const errors = exactlyOne('referral.friendDiscount', friendDiscount, ['amountOff', 'percentOff']);
  if (friendDiscount.amountOff) errors.push(...notEmpty('referral.friendDiscount.amountOff', friendDiscount.amountOff));
  for (const [field, one] of rewardsOf(terms)) {
    errors.push(...exactlyOne(field, one, ['points', 'voucher']));
    // Vouchers are granted in the base currency.
    if (one.voucher && !((ofCurrency(one.voucher.value, baseCurrency) ?? 0) > 0)) {
      errors.push(fault(`${field}.voucher.value`, `must state a value greater than 0 in ${baseCurrency}`));
    }
  }
  for (const [i, { from }] of rewardSteps.entries()) {
    const before = rewardSteps[i - 1]?.from;
    if (before !== undefined && from <= before) {
      errors.push(fault(`referral.rewardSteps[${i}].from`, `must be greater than ${before}, that of the step before`));
    }
  }
  if (rewardsPerPeriod) errors.push(...exactlyOne('referral.rewardsPerPeriod', rewardsPerPeriod, ['windowDays', 'period']));
  if (fraud && fraud.refuse < fraud.review) {
    errors.push(fault('referral.fraud.refuse', `must not be less than review, ${fraud.review}`));
  }
  return errors;
}

export function referralTerms(terms: WrittenReferral): ReferralTerms {
  const { friendDiscount, rewardsPerPeriod, fraud } = terms;
  return {
    friendDiscount: effect(friendDiscount.amountOff, friendDiscount.percentOff),
    friendMinimumMinor: minorByCurrency(terms.friendMinimum),
    referrerReward: rewardTerms(terms.referrerReward),
    rewardSteps: terms.rewardSteps.map((step) => ({ from: step.from, reward: rewardTerms(step) })),
    friendReward: terms.friendReward && rewardTerms(terms.friendReward),
    returnWindowDays: terms.returnWindowDays,
    maxRewardsPerReferrer: terms.maxRewardsPerReferrer,
    rewardsPerPeriod: rewardsPerPeriod && { rewards: rewardsPerPeriod.rewards, window: windowOf(rewardsPerPeriod) },
    maxNewPerDay: terms.maxNewPerDay,
    fraud: fraud && { reviewFrom: fraud.review, refuseFrom: fraud.refuse, weights: weightsOf(fraud.weights) },
    codePrefix: terms.codePrefix,
  };
}

function rewardTerms({ points, voucher }: WrittenReward): ReferralReward {
  return voucher
    ? { kind: 'voucher', valueMinor: minorByCurrency(voucher.value), validDays: voucher.validDays }
    : { kind: 'points', points: points ?? 0 };
}

function windowOf({ windowDays, period }: NonNullable<WrittenReferral['rewardsPerPeriod']>) {
  return period === undefined ? { days: windowDays ?? 0 } : { period };
}

function weightsOf(written: Readonly<Record<string, number | undefined>>): FraudTerms['weights'] {
  return Object.fromEntries(Object.entries(written).flatMap(([code, weight]) => (weight === undefined ? [] : [[code, weight]])));
}
