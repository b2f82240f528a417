import { z } from 'zod';

const MAX_POINTS = 1_000_000_000;
const MAX_DAYS = 90;

/** What one person of the staff does not do alone. */
export const approvalsSchema = z.strictObject({
  /** Points by hand, given or taken, above which a second person has to confirm; null = never. */
  adjustmentsAbove: z.int().min(0).max(MAX_POINTS).nullable().default(null),
  /** Days for which a request waits. */
  days: z.int().min(1).max(MAX_DAYS).default(7),
});
