/** The outer shape of a Shopware webhook: `{ data: { payload, event }, source: { url, eventId, shopId, appVersion }, timestamp }`. */
import { AppError } from '../../errors';
import { mapOf, numberOf, textOf } from './fields';

export interface Envelope {
  readonly event: string | null;
  readonly payload: unknown;
  readonly eventId: string | null;
  readonly shopId: string | null;
  readonly appVersion: string | null;
  /** When it was sent, ISO-8601; every try of the same event has its own. */
  readonly sentAt: string;
}

const EPOCH = '1970-01-01T00:00:00.000Z';
/** Beyond this a number is no time that JavaScript can show. */
const MAX_SECONDS = 8.64e12;

/** @throws AppError MALFORMED_JSON */
export function readEnvelope(body: string): Envelope {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    throw new AppError('MALFORMED_JSON');
  }
  const { data, source, timestamp } = mapOf(content);
  const seconds = numberOf(timestamp);
  return {
    event: textOf(mapOf(data)['event']),
    payload: mapOf(data)['payload'],
    eventId: textOf(mapOf(source)['eventId']),
    shopId: textOf(mapOf(source)['shopId']),
    appVersion: textOf(mapOf(source)['appVersion']),
    sentAt: seconds === null || Math.abs(seconds) > MAX_SECONDS ? EPOCH : new Date(seconds * 1000).toISOString(),
  };
}
