/** Standard Webhooks (standardwebhooks.com): id, timestamp and body are signed together, so nothing can be replayed later. */
import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock';
import { AppError } from '../../errors';
import { signStandardWebhook } from '../../security/standard-webhook';
import type { AcceptedSecrets, RawDelivery } from '../platform';

export const TOLERANCE_MS = 5 * 60_000;
const MAX_SIGNATURES = 10;

/** @throws AppError MISSING_EVENT_ID, MISSING_SIGNATURE, TIMESTAMP_OUT_OF_TOLERANCE, BAD_SIGNATURE */
export function verifyStandardWebhook(
  delivery: RawDelivery,
  secrets: AcceptedSecrets,
  clock: Clock,
): { id: string; secret: string } {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = delivery.headers;
  if (!signatures) throw new AppError('MISSING_SIGNATURE');
  if (!id) throw new AppError('MISSING_EVENT_ID');
  const seconds = /^\d{1,12}$/.test(timestamp ?? '') ? Number(timestamp) : Number.NaN;
  const given = signatures.split(' ').slice(0, MAX_SIGNATURES);
  const secret = secrets.find((candidate) => {
    const expected = signStandardWebhook(candidate, id, seconds, delivery.body);
    return given.some((one) => sameText(one, expected));
  });
  // Signature before age: a stranger does not learn how far our clock is off.
  if (secret === undefined) throw new AppError('BAD_SIGNATURE');
  if (!(Math.abs(clock.nowMs() - seconds * 1000) <= TOLERANCE_MS)) throw new AppError('TIMESTAMP_OUT_OF_TOLERANCE');
  return { id, secret };
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
