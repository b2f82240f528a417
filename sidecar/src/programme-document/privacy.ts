import { z } from 'zod';

const DAYS_OF_TEN_YEARS = 3653;
const MONTHS_OF_TEN_YEARS = 120;
/** Longer than any reminder repeats itself. */
const NOTICE_DAYS = 400;
/** Points of a year may still come back with a return. */
const LEAST_MONTHS = 12;

/** How long what no book needs is kept. Entries, orders and what was decided on them are never deleted. */
const retentionSchema = z.strictObject({
  /** Addresses left in a form that nobody confirmed, or that were taken back. */
  leadsDays: z.int().min(1).max(DAYS_OF_TEN_YEARS).default(30),
  /** What was sent to webhooks; null = as long as deliveries of shops (INBOX_RETENTION_DAYS). */
  webhooksDays: z.int().min(1).max(DAYS_OF_TEN_YEARS).nullable().default(null),
  /** What members were told. */
  noticesDays: z.int().min(NOTICE_DAYS).max(DAYS_OF_TEN_YEARS).default(NOTICE_DAYS),
  /** Who did nothing for so long, and has nothing left, is erased; null = nobody. */
  inactiveMembersMonths: z.int().min(LEAST_MONTHS).max(MONTHS_OF_TEN_YEARS).nullable().default(null),
});

/** What is forgotten by itself. */
export const privacySchema = z.strictObject({
  /** Who deletes their last shop account is erased, points and all. */
  eraseOnCustomerDeletion: z.boolean().default(false),
  retention: retentionSchema.prefault({}),
});
