/** The reward catalogue as merchants write it: what all kinds share, and what vouchers and presale access have besides. */
import { z } from 'zod';
import type { CatalogueReward, RewardGrant, RewardTexts } from '../domain/catalogue-reward';
import type { Scope } from '../domain/programme';
import { isBefore } from '../domain/instant';
import { toMinor } from '../domain/money';
import { amount, fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, period, someNames, text } from './fields';
import type { ProgrammeDocument } from './schema';

const MAX_REWARDS = 100;
/** Those in which shops show their pages. */
const LANGUAGES = ['en', 'de', 'es', 'pt', 'ru'] as const;
const MAX_POINTS = 1_000_000_000;
const MAX_MONEY = 1_000_000;
const MAX_DAYS = 36_500;

const count = (minimum: number) => z.int().min(minimum).max(MAX_POINTS).nullable().default(null);
const fulfilment = z.enum(['manual', 'automatic']);

const shared = {
  code,
  name: text(120),
  description: text(1000).nullable().default(null),
  pointsPrice: z.int().min(1).max(MAX_POINTS),
  stock: count(0),
  perMember: count(1),
  scope: z.strictObject({ tiers: someNames.optional(), segments: someNames.optional(), ...period }).prefault({}),
  image: z
    .string()
    .regex(/^https:\/\/[^\s"'<>\\]{1,490}$/, 'must be the https address of a picture, at most 500 characters')
    .nullable()
    .default(null),
  /** Name and description in other languages. */
  translations: z
    .partialRecord(
      z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(', ')}` }),
      z.strictObject({ name: text(120), description: text(1000).nullable().default(null) }),
    )
    .default({}),
};

const byHand = <const Kind extends CatalogueReward['kind']>(kind: Kind) =>
  z.strictObject({ ...shared, kind: z.literal(kind), fulfilment: fulfilment.default('manual') });
const byItself = { ...shared, fulfilment: fulfilment.default('automatic') };

export const rewardsSchema = z
  .array(
    z.discriminatedUnion('kind', [
      byHand('experience'),
      byHand('product'),
      byHand('custom'),
      z.strictObject({
        ...byItself,
        kind: z.literal('voucher'),
        /** In the base currency. */
        voucher: z.strictObject({ value: z.number().gt(0).max(MAX_MONEY), validDays: z.int().min(1).max(MAX_DAYS) }),
      }),
      z.strictObject({ ...byItself, kind: z.literal('presale'), access: z.strictObject({ code, ...period }) }),
    ]),
  )
  .max(MAX_REWARDS);

type WrittenReward = z.output<typeof rewardsSchema>[number];

export function checkRewards({ rewards, baseCurrency }: ProgrammeDocument): FieldError[] {
  return [
    ...uniqueCodes('rewards', rewards),
    ...rewards.flatMap((reward, i) => {
      if (reward.kind === 'voucher') return amount(`rewards[${i}].voucher.value`, reward.voucher.value, baseCurrency);
      if (reward.kind !== 'presale') return [];
      const { from, until } = reward.access;
      if (from === undefined || until === undefined || isBefore(from, until)) return [];
      return [fault(`rewards[${i}].access.until`, `must be later than from, ${from}`)];
    }),
  ];
}

type ToScope = (written: WrittenReward['scope']) => Scope;

export function catalogueReward(written: WrittenReward, toScope: ToScope, baseCurrency: string): CatalogueReward {
  const { code: own, name, description, kind, pointsPrice, stock, perMember, image } = written;
  return {
    code: own,
    name,
    description,
    kind,
    pointsPrice,
    stock,
    perMember,
    scope: toScope(written.scope),
    fulfilment: written.fulfilment,
    image,
    ...(Object.keys(written.translations).length > 0 && { texts: textsOf(written.translations) }),
    grant: rewardGrant(written, toScope, baseCurrency),
  };
}

function textsOf(translations: WrittenReward['translations']): RewardTexts {
  return Object.fromEntries(Object.entries(translations).flatMap(([language, said]) => (said ? [[language, said]] : [])));
}

function rewardGrant(written: WrittenReward, toScope: ToScope, baseCurrency: string): RewardGrant | null {
  if (written.kind === 'voucher') {
    const { value, validDays } = written.voucher;
    return { kind: 'voucher', valueMinor: toMinor(value, baseCurrency), currency: baseCurrency, validDays };
  }
  if (written.kind !== 'presale') return null;
  const { code: access, ...times } = written.access;
  const { from = null, until = null } = toScope(times);
  return { kind: 'access', code: access, from, until };
}
