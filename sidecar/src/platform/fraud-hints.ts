import type { FraudHints } from '../domain/order-snapshot';
import { isPublicAddress } from '../security/public-address';
import { emailPattern } from './email-pattern';

/** What the shop says of an order, as it is written there; nothing of it is kept. */
export interface HintSources {
  readonly email: string | null;
  /** Lines of the delivery address; empty for goods that are not sent. */
  readonly street: readonly string[];
  readonly postcode: string | null;
  readonly networkAddress: string | null;
}

/** @param hash keyed; e-mails go in as they are, so that the mailbox's hash is that of the plain address */
export function fraudHints(sources: HintSources, hash: (text: string) => string): FraudHints {
  const pattern = sources.email === null ? null : emailPattern(sources.email);
  const stem = pattern?.stem ?? null;
  const address = postalKey(sources);
  const network = sources.networkAddress?.trim() ?? '';
  return {
    addressHash: address === null ? null : hash(`address:${address}`),
    // Behind a proxy that nobody told the shop of, all orders come from one private address.
    deviceHash: isPublicAddress(network) ? hash(`network:${network}`) : null,
    emailCanonicalHash: pattern && hash(pattern.canonical),
    emailStemHash: stem === null ? null : hash(stem),
    isEmailDisposable: pattern?.isDisposable ?? false,
  };
}

const STREET_WORDS = /(strasse|street|str|st)(?=\d|$)/g;

/**
 * The same text for the same door: case, accents, punctuation and the ways to write "street" do not count. Names, town and
 * country are left out, which people vary most and platforms write differently.
 */
export function postalKey({ street, postcode }: Pick<HintSources, 'street' | 'postcode'>): string | null {
  const lines = plain(street.join(' ')).replace(STREET_WORDS, 'st');
  const code = plain(postcode ?? '');
  return lines === '' || code === '' ? null : `${code} ${lines}`;
}

function plain(text: string): string {
  const letters = text.normalize('NFKD').toLowerCase().replaceAll('ß', 'ss');
  return letters.replace(/[^\p{Letter}\p{Number}]/gu, '');
}
