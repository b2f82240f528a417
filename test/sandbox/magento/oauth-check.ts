/** Magento's side of OAuth 1.0a: verifies what callers sign. Written apart from the sidecar's signer, so that errors don't cancel out. */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../../sidecar/src/clock';

export interface IntegrationKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

export interface SignedRequest {
  readonly method: string;
  /** Scheme, host and path. */
  readonly baseUrl: string;
  /** As it was sent, without the question mark. */
  readonly rawQuery: string;
  readonly authorization: string;
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly status: 400 | 401; readonly message: string };

const MAX_AGE_SECONDS = 600;

/** Leaves letters, digits and -._~ as they are. */
const rfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!*'()]/g, (character) => '%' + character.charCodeAt(0).toString(16).toUpperCase());

export class OAuthCheck {
  private readonly nonces = new Set<string>();

  constructor(
    private readonly keys: IntegrationKeys,
    private readonly clock: Clock,
  ) {}

  verify(request: SignedRequest): Verdict {
    if (!request.authorization.startsWith('OAuth '))
      return this.refuse(401, "The consumer isn't authorized to access %resources.");
    const fields = new Map<string, string>();
    for (const part of request.authorization.slice(6).split(',')) {
      const match = /^\s*(\w+)="([^"]*)"\s*$/.exec(part);
      if (match) fields.set(match[1] ?? '', decodeURIComponent(match[2] ?? ''));
    }
    if (fields.get('oauth_signature_method') !== 'HMAC-SHA256') return this.refuse(400, 'The signature method is not supported.');
    if (fields.get('oauth_consumer_key') !== this.keys.consumerKey)
      return this.refuse(401, 'A consumer with the specified key does not exist');
    if (fields.get('oauth_token') !== this.keys.accessToken) return this.refuse(401, 'The token is not valid');
    const age = Math.abs(this.clock.nowMs() / 1000 - Number(fields.get('oauth_timestamp')));
    if (!(age <= MAX_AGE_SECONDS)) return this.refuse(401, 'The timestamp is refused');
    if (fields.get('oauth_signature') !== this.expected(request, fields))
      return this.refuse(401, 'The signature is invalid. Verify and try again.');
    const nonce = fields.get('oauth_nonce') ?? '';
    if (nonce === '' || this.nonces.has(nonce)) return this.refuse(401, 'The nonce is already being used by the consumer');
    this.nonces.add(nonce);
    return { ok: true };
  }

  private refuse(status: 400 | 401, message: string): Verdict {
    return { ok: false, status, message };
  }

  private expected(request: SignedRequest, fields: ReadonlyMap<string, string>): string {
    // Unlike for the query itself, a plus stands for a plus here.
    const pairs = request.rawQuery.split('&').flatMap((pair): [string, string][] => {
      const [name = '', value] = pair.split('=').map(decodeURIComponent);
      return value === undefined ? [] : [[name, value]];
    });
    for (const [name, value] of fields) if (name !== 'oauth_signature' && name !== 'realm') pairs.push([name, value]);
    const normalised = pairs
      .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`)
      .sort()
      .join('&');
    const base = `${request.method}&${rfc3986(request.baseUrl)}&${rfc3986(normalised)}`;
    const key = `${rfc3986(this.keys.consumerSecret)}&${rfc3986(this.keys.accessTokenSecret)}`;
    return createHmac('sha256', key).update(base).digest('base64');
  }
}
