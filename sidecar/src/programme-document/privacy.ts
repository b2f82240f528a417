import { z } from 'zod';

/** What is forgotten by itself. */
export const privacySchema = z.strictObject({
  /** Who deletes their last shop account is erased, points and all. */
  eraseOnCustomerDeletion: z.boolean().default(false),
});
