import { createHmac } from 'node:crypto';
import type { Ids } from '../ids';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** `whsec_` and 32 bytes in base64, as in Standard Webhooks. */
export function newWebhookSecret(ids: Ids): string {
  return `${SECRET_PREFIX}${Buffer.from(ids.secret(SECRET_BYTES), 'hex').toString('base64')}`;
}

/** `v1,<base64>` over `<id>.<timestamp>.<body>`; the secret is base64 after `whsec_`. */
export function signStandardWebhook(secret: string, id: string, timestampSeconds: number, body: Buffer | string): string {
  const mac = createHmac('sha256', webhookKey(secret)).update(`${id}.${timestampSeconds}.`).update(body).digest('base64');
  return `v1,${mac}`;
}

/** The bytes that a secret stands for. */
export function webhookKey(secret: string): Buffer {
  return Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64');
}
