import { z } from 'zod';

/** Why a rule applied or did not, with the figures it looked at. */
export const reasonSchema = z.strictObject({
  code: z.string(),
  applied: z.boolean(),
  figures: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
