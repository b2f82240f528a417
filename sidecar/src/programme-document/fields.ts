/** Fields that many parts of the programme have. */
import { z } from 'zod';
import { decimalsOf } from './decimals';

const MAX_LIST = 1000;
export const MAX_MONEY = 1_000_000_000;

export const text = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .regex(/^\S(.*\S)?$/s, 'must not be empty or begin or end with a space');

export const code = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,31}$/,
    'must be 1 to 32 lower-case letters, digits, "-" or "_", beginning with a letter or digit',
  );

export const someNames = z.array(text(191)).min(1).max(MAX_LIST);

export const instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'must be a date (2026-03-01, from midnight UTC) or an instant with its zone (2026-03-01T08:00:00Z)',
});

/** From inclusive, until exclusive. */
export const period = { from: instant.optional(), until: instant.optional() };

/** Major units by currency. */
export const moneyByCurrency = z.record(z.string(), z.number().min(0).max(MAX_MONEY));

export const percent = withDecimals(z.number().gt(0).max(100), 2);

export function withDecimals(schema: z.ZodNumber, digits: number): z.ZodNumber {
  return schema.refine((value) => decimalsOf(value) <= digits, `must have at most ${digits} decimals`);
}

export const factor = (maximum: number) => withDecimals(z.number().gt(0).max(maximum), 4);

/** Where: codes of channels. Whatever happens in a channel can name some; checkChannels looks through all of them. */
export const channelCondition = { channels: someNames.optional() };

const memberConditions = { tiers: someNames.optional(), segments: someNames.optional(), ...period };

/** Who and when; for rules that are about members alone. */
export const subjectScope = z.strictObject(memberConditions).prefault({});

/** Who, when and where; for rules that are not about goods. */
export const placedScope = z.strictObject({ ...memberConditions, ...channelCondition }).prefault({});
