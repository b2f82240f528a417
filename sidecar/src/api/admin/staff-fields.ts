/** What staff say with everything they change by hand. */
import { z } from 'zod';

export const reasonGiven = {
  reason: z.string().min(3).max(500),
  actor: z.string().min(1).max(100),
};

export const idempotencyKey = z.string().regex(/^[\w.:-]{8,100}$/, 'must be 8 to 100 letters, digits, ".", ":", "-" or "_"');
