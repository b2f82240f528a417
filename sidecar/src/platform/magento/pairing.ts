import { z } from 'zod';
import { AppError } from '../../errors';

const key = z.string().min(1).max(255);

const pairingSchema = z.strictObject({
  code: z.string().regex(/^[0-9a-f]{16,64}$/i, 'is not a pairing code'),
  shopUrl: z.string().min(1).max(255),
  /** Code of a website that is paired by itself; null = the whole installation. */
  website: z.string().min(1).max(64).nullable(),
  websiteIds: z.array(z.int().min(0)).min(1).max(200),
  baseCurrency: z.string().regex(/^[A-Z]{3}$/, 'is not a currency'),
  moduleVersion: z.string().min(1).max(50),
  oauth: z.strictObject({ consumerKey: key, consumerSecret: key, accessToken: key, accessTokenSecret: key }),
});

export type PairingRequest = z.infer<typeof pairingSchema>;

/** What the module sends to be paired. @throws AppError INVALID_INPUT naming the fields */
export function parsePairingRequest(body: unknown): PairingRequest {
  const parsed = pairingSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), problem: issue.message }));
  throw new AppError('INVALID_INPUT', { fields });
}
