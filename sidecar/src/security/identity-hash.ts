import { createHmac } from 'node:crypto';

/**
 * Turns e-mail addresses into keyed hashes (64 hex digits): the same person is recognised across shops although the
 * address itself is never stored, and without the key nobody can try addresses out.
 */
export function createEmailHasher(key: Buffer): (email: string) => string {
  return (email) => createHmac('sha256', key).update(email.normalize('NFC').trim().toLowerCase()).digest('hex');
}

/** The same for a customer of a shop; no address gives the same hash, since none has a line break. */
export function createCustomerHasher(key: Buffer): (shopId: string, customerId: string) => string {
  return (shopId, customerId) => createHmac('sha256', key).update(`customer\n${shopId}\n${customerId}`).digest('hex');
}
