/** Links with which members end messages that need consent: nobody can make one up, and they hold for as long as the mail lies around. */
import type { PublicLinks } from './public-links';

export const UNSUBSCRIBE_PATH = '/messages/unsubscribe';

const PURPOSE = 'unsubscribe';

export function unsubscribeUrl(links: PublicLinks, memberId: string): string {
  return `${links.base}${UNSUBSCRIBE_PATH}/${encodeURIComponent(memberId)}.${links.sign(PURPOSE, [memberId])}`;
}

/** Whose link it is; null when nobody's. */
export function memberOfLink(links: PublicLinks, token: string): string | null {
  const at = token.lastIndexOf('.');
  const memberId = token.slice(0, Math.max(at, 0));
  return memberId !== '' && links.isSigned(PURPOSE, [memberId], token.slice(at + 1)) ? memberId : null;
}
