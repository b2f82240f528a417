/**
 * Shopware's registration handshake, as pure functions: the shop asks (signed with the app's secret), we prove that we know
 * that secret and offer a new one, the shop confirms (signed with the new one) and brings its API keys.
 */
import { AppError } from '../../errors';
import type { RawDelivery } from '../platform';
import { mapOf, textOf } from './fields';
import { hmacHex, matchesHmac } from './signature';

type Headers = RawDelivery['headers'];

const APP_SIGNATURE = 'shopware-app-signature';
const SHOP_SIGNATURE = 'shopware-shop-signature';
const PREVIOUS_SIGNATURE = 'shopware-shop-signature-previous';

/**
 * Checks a registration and reads it.
 * @param rawQuery exactly as sent, without `?`: Shopware does not percent-encode `shop-url`
 * @returns `timestamp` in seconds since the epoch
 * @throws AppError MISSING_SIGNATURE, BAD_SIGNATURE, INVALID_INPUT
 */
export function verifyRegistrationQuery(
  rawQuery: string,
  headers: Headers,
  appSecret: string,
): { shopId: string; shopUrl: string; timestamp: string } {
  requireSignature(headers, APP_SIGNATURE, appSecret, rawQuery);
  return {
    shopId: queryValue(rawQuery, 'shop-id'),
    shopUrl: queryValue(rawQuery, 'shop-url'),
    timestamp: queryValue(rawQuery, 'timestamp'),
  };
}

/** What proves to the shop that we hold the app's secret. `shopUrl` as the shop wrote it, a slash at its end included. */
export function registrationProof(shopId: string, shopUrl: string, appName: string, appSecret: string): string {
  return hmacHex(appSecret, shopId + shopUrl + appName);
}

/**
 * A shop that is already connected (Shopware 6.7 on) also signs with its own secret.
 * @throws AppError MISSING_SIGNATURE, BAD_SIGNATURE
 */
export function verifyReRegistration(rawQuery: string, headers: Headers, currentSecret: string): void {
  requireSignature(headers, SHOP_SIGNATURE, currentSecret, rawQuery);
}

/** Reads a confirmation that nobody has verified yet. @throws AppError MALFORMED_JSON, INVALID_INPUT */
export function parseConfirmation(body: Buffer): {
  shopId: string;
  shopUrl: string;
  apiKey: string;
  secretKey: string;
  timestamp: string;
} {
  const fields = mapOf(parsedJson(body));
  const text = (field: string): string => {
    const value = textOf(fields[field]);
    if (value === null) throw new AppError('INVALID_INPUT', { field });
    return value;
  };
  const { timestamp } = fields;
  return {
    shopId: text('shopId'),
    shopUrl: text('shopUrl'),
    apiKey: text('apiKey'),
    secretKey: text('secretKey'),
    timestamp: typeof timestamp === 'number' ? String(timestamp) : text('timestamp'),
  };
}

/**
 * @param pendingSecret the one offered at registration
 * @param previousSecret the one in force so far, which must have signed as well; null = not asked for
 * @throws AppError MISSING_SIGNATURE, BAD_SIGNATURE
 */
export function verifyConfirmation(body: Buffer, headers: Headers, pendingSecret: string, previousSecret: string | null): void {
  requireSignature(headers, SHOP_SIGNATURE, pendingSecret, body);
  if (previousSecret !== null) requireSignature(headers, PREVIOUS_SIGNATURE, previousSecret, body);
}

function requireSignature(headers: Headers, name: string, secret: string, data: Buffer | string): void {
  const signature = headers[name];
  if (signature === undefined || signature === '') throw new AppError('MISSING_SIGNATURE', { header: name });
  if (!matchesHmac(secret, data, signature)) throw new AppError('BAD_SIGNATURE', { header: name });
}

/** A parameter that occurs twice means different things to different readers, so it is refused. */
function queryValue(rawQuery: string, name: string): string {
  const values = rawQuery
    .split('&')
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => decoded(pair.slice(name.length + 1), name));
  const [value = ''] = values;
  if (values.length !== 1 || value === '') throw new AppError('INVALID_INPUT', { field: name });
  return value;
}

function decoded(text: string, name: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError('INVALID_INPUT', { field: name });
  }
}

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('MALFORMED_JSON');
  }
}
