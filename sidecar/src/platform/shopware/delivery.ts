/** Whether a webhook is genuine, and what intake stores of it. */
import { AppError } from '../../errors';
import type { AcceptedSecrets, RawDelivery, VerifiedDelivery } from '../platform';
import { readEnvelope, type Envelope } from './envelope';
import { resourceKeyOf } from './normalise';
import { matchesHmac } from './signature';

const SIGNATURE = 'shopware-shop-signature';

/** Intake asks who sent a body before it verifies it; the second reading of the same bytes is spared. */
const lastRead = new WeakMap<Buffer, Envelope>();

function envelopeOf(delivery: RawDelivery): Envelope {
  const known = lastRead.get(delivery.body);
  if (known) return known;
  const envelope = readEnvelope(delivery.body.toString('utf8'));
  lastRead.set(delivery.body, envelope);
  return envelope;
}

/** The shop a body names, not yet to be trusted. @throws AppError MALFORMED_JSON */
export function claimedShopOf(delivery: RawDelivery): string | null {
  return envelopeOf(delivery).shopId;
}

/**
 * No limit on age: Shopware's queue may send hours later, a second delivery of an event is recognised by its id, and a body
 * is only a hint that makes us read the shop.
 * @throws AppError MISSING_SIGNATURE, BAD_SIGNATURE, MALFORMED_JSON, MISSING_EVENT_ID, INVALID_INPUT
 */
export function verifyDelivery(delivery: RawDelivery, secrets: AcceptedSecrets): VerifiedDelivery {
  const signature = delivery.headers[SIGNATURE];
  if (signature === undefined || signature === '') throw new AppError('MISSING_SIGNATURE', { header: SIGNATURE });
  if (!secrets.some((secret) => matchesHmac(secret, delivery.body, signature))) throw new AppError('BAD_SIGNATURE');
  const { event, eventId, payload } = envelopeOf(delivery);
  if (eventId === null) throw new AppError('MISSING_EVENT_ID', { field: 'source.eventId' });
  if (event === null) throw new AppError('INVALID_INPUT', { field: 'data.event' });
  return { eventId, topic: event, resourceKey: resourceKeyOf(event, payload) };
}
