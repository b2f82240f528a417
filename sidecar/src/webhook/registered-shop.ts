import { AppError } from '../errors';
import type { InboxLog } from '../inbox/worker';
import { assertPublicUrl } from '../security/outgoing-url';

const MAX_URL_LENGTH = 255;

/**
 * Checks what a shop says it is before it is stored or called.
 * @throws AppError INVALID_INPUT, OUTGOING_URL_REFUSED
 */
export function assertShopUrl(url: string, allowPrivate: boolean): void {
  if (url.length > MAX_URL_LENGTH) throw new AppError('INVALID_INPUT', { field: 'shopUrl', maximumLength: MAX_URL_LENGTH });
  assertPublicUrl(url, allowPrivate);
}

/** @throws AppError INVALID_INPUT when an id could not be a key in the database */
export function assertShopId(shopId: string): void {
  if (!/^[\x21-\x7e]{1,64}$/.test(shopId)) throw new AppError('INVALID_INPUT', { field: 'shopId' });
}

export interface ConnectionListener {
  readonly log: InboxLog;
  /** Called after a shop's keys are stored: caches let go, the shop gets its terms. */
  readonly onConnected: (shopId: string) => Promise<void>;
}

/** A fault there must not fail the answer: the keys are in force, and the shop would never learn them. */
export async function reportConnected(listener: ConnectionListener, shopId: string): Promise<void> {
  try {
    await listener.onConnected(shopId);
  } catch (error) {
    listener.log.error({ error, shopId }, 'a shop was connected, but what follows from it was not done');
  }
}
