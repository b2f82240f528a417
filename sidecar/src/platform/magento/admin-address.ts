/** How our module opens the admin pages in Magento's administration: a signed address in an iframe. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../errors';
import { equalSecrets } from '../../security/constant-time';
import { webhookKey } from '../../security/standard-webhook';
import { TOLERANCE_MS } from './signature';

export interface AdminAddress {
  readonly externalShopId: string;
  /** Where the administration runs; only it may show the page. */
  readonly adminOrigin: string;
  /** Who is logged in there. */
  readonly user: string;
  /** As the module wrote it. */
  readonly role: string;
  /** E.g. `de-DE`; empty = not said. */
  readonly locale: string;
  /** Another one each time: an address opens the pages once. */
  readonly nonce: string;
  /** Part of the address the signature is over. */
  readonly signed: string;
  readonly signature: string;
  readonly sentAtMs: number;
}

const SIGNATURE = '&signature=';
/** The secret of webhooks signs no addresses itself: a signature of the one is never good for the other. */
const PURPOSE = 'loyalty admin page';
const LONGEST_QUERY = 4096;

const parametersSchema = z.object({
  shop: z.string().min(1).max(64),
  admin: z
    .string()
    .max(255)
    .refine((url) => /^https?:/.test(url) && URL.canParse(url), 'is not an address'),
  user: z
    .string()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}*$/u, 'has control characters'),
  role: z.string().max(20),
  locale: z.string().max(20).default(''),
  nonce: z.string().regex(/^[\w-]{16,64}$/),
  timestamp: z.string().regex(/^\d{1,12}$/),
});

/**
 * Reads the query exactly as sent, without `?`: everything before the signature is signed.
 * @throws AppError MISSING_SIGNATURE, INVALID_INPUT
 */
export function readAdminAddress(rawQuery: string): AdminAddress {
  const at = rawQuery.lastIndexOf(SIGNATURE);
  if (at < 0) throw new AppError('MISSING_SIGNATURE');
  if (rawQuery.length > LONGEST_QUERY) throw new AppError('INVALID_INPUT', { field: 'query' });
  const signed = rawQuery.slice(0, at);
  const { data, error } = parametersSchema.safeParse(Object.fromEntries(new URLSearchParams(signed)));
  if (!data) throw new AppError('INVALID_INPUT', { field: error.issues[0]?.path.join('.') ?? '' });
  return {
    externalShopId: data.shop,
    adminOrigin: new URL(data.admin).origin,
    user: data.user,
    role: data.role,
    locale: data.locale,
    nonce: data.nonce,
    signed,
    signature: rawQuery.slice(at + SIGNATURE.length),
    sentAtMs: Number(data.timestamp) * 1000,
  };
}

/** @throws AppError BAD_SIGNATURE, TIMESTAMP_OUT_OF_TOLERANCE */
export function verifyAdminAddress(address: AdminAddress, secrets: readonly string[], nowMs: number): void {
  const isSigned = secrets.some((secret) => equalSecrets(address.signature, signAdminAddress(secret, address.signed)));
  // Signature before age: a stranger does not learn how far our clock is off.
  if (!isSigned) throw new AppError('BAD_SIGNATURE');
  if (!(Math.abs(nowMs - address.sentAtMs) <= TOLERANCE_MS)) throw new AppError('TIMESTAMP_OUT_OF_TOLERANCE');
}

/** 64 lower-case hex digits. */
function signAdminAddress(secret: string, signed: string): string {
  const key = createHmac('sha256', webhookKey(secret)).update(PURPOSE).digest();
  return createHmac('sha256', key).update(signed).digest('hex');
}
