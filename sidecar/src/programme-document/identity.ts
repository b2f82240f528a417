import { z } from 'zod';

/** Whether accounts of one person become one member by themselves. */
export const identitySchema = z.strictObject({
  /** Shops of the programme that both have proof of the same address. */
  linkByVerifiedEmail: z.boolean().default(false),
});
