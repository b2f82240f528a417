import { createHmac } from 'node:crypto';
import { equalSecrets } from '../../security/constant-time';

/** HMAC-SHA256 as Shopware writes it: 64 lower-case hex digits. */
export function hmacHex(secret: string, data: Buffer | string): string {
  return createHmac('sha256', secret).update(data).digest('hex');
}

/** Whether a signature belongs to exactly these bytes, in constant time. An empty secret signs nothing. */
export function matchesHmac(secret: string, data: Buffer | string, givenHex: string): boolean {
  return secret !== '' && equalSecrets(givenHex, hmacHex(secret, data));
}
