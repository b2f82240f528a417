/** OAuth 1.0a (RFC 5849) with HMAC-SHA256, which Magento accepts without a change of its settings. */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import type { Authoriser, HttpRequest } from '../http-client';
import type { ConnectedShop } from '../platform';

export interface OAuthKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

export interface Stamp {
  readonly nonce: string;
  /** Unix seconds. */
  readonly timestamp: number;
}

const NONCE_BYTES = 16;

/** Percent-encoding of RFC 3986: encodeURIComponent leaves five characters too many as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Value of the Authorization header for a request. A JSON body is not part of the signature. */
export function oauthHeader(request: Pick<HttpRequest, 'method' | 'url' | 'query'>, keys: OAuthKeys, stamp: Stamp): string {
  const own: Record<string, string> = {
    oauth_consumer_key: keys.consumerKey,
    oauth_nonce: stamp.nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(stamp.timestamp),
    oauth_token: keys.accessToken,
    oauth_version: '1.0',
  };
  const parameters = Object.entries({ ...request.query, ...own })
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([leftName, leftValue], [rightName, rightValue]) => compare(leftName, rightName) || compare(leftValue, rightValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const base = [request.method, request.url, parameters].map(encode).join('&');
  const key = `${encode(keys.consumerSecret)}&${encode(keys.accessTokenSecret)}`;
  const signature = createHmac('sha256', key).update(base).digest('base64');
  const fields = Object.entries({ ...own, oauth_signature: signature }).map(([name, value]) => `${name}="${encode(value)}"`);
  return `OAuth ${fields.join(', ')}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

export function oauthAuthoriser(shop: ConnectedShop, clock: Clock, ids: Ids): Authoriser {
  const read = (name: keyof OAuthKeys): string => shop.credentials[name] ?? '';
  const keys: OAuthKeys = {
    consumerKey: read('consumerKey'),
    consumerSecret: read('consumerSecret'),
    accessToken: read('accessToken'),
    accessTokenSecret: read('accessTokenSecret'),
  };
  return {
    headers: (request) => {
      const stamp = { nonce: ids.secret(NONCE_BYTES), timestamp: Math.floor(clock.nowMs() / 1000) };
      return Promise.resolve({ authorization: oauthHeader(request, keys, stamp) });
    },
  };
}
