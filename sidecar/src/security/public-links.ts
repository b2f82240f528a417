import { createHmac } from 'node:crypto';
import { equalSecrets } from './constant-time';

/** Addresses of pages that people open without logging in, and the signature of those that speak for somebody. */
export interface PublicLinks {
  readonly base: string;
  /** Over what the link is for; 43 letters that fit into an address. */
  sign(purpose: string, parts: readonly string[]): string;
  isSigned(purpose: string, parts: readonly string[], signature: string): boolean;
}

/** @param base without a slash at the end */
export function createPublicLinks(base: string, key: Buffer): PublicLinks {
  // No address and no customer gives the same text: their hashes share the key.
  const sign = (purpose: string, parts: readonly string[]): string =>
    createHmac('sha256', key)
      .update(JSON.stringify(['link', purpose, ...parts]))
      .digest('base64url');
  return { base, sign, isSigned: (purpose, parts, signature) => equalSecrets(signature, sign(purpose, parts)) };
}
