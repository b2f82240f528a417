/** What one mailbox, or one inventor of mailboxes, looks like in e-mail addresses. */

/** Providers that deliver mail to a name with dots as to the name without. */
const DOTLESS_DOMAINS = new Set(['gmail.com', 'googlemail.com']);
/** One mailbox under several domains. */
const SAME_DOMAIN: Readonly<Record<string, string>> = { 'googlemail.com': 'gmail.com' };

const DISPOSABLE_DOMAINS = new Set([
  '10minutemail.com',
  'discard.email',
  'dispostable.com',
  'emailondeck.com',
  'fakeinbox.com',
  'getnada.com',
  'grr.la',
  'guerrillamail.com',
  'guerrillamail.net',
  'maildrop.cc',
  'mailinator.com',
  'mailnesia.com',
  'mintemail.com',
  'moakt.com',
  'mohmal.com',
  'mytemp.email',
  'sharklasers.com',
  'spamgourmet.com',
  'temp-mail.org',
  'tempmail.com',
  'tempr.email',
  'throwawaymail.com',
  'trashmail.com',
  'trashmail.de',
  'wegwerfemail.de',
  'yopmail.com',
]);

/** A stem of fewer letters is shared by strangers. */
const MIN_STEM = 4;

export interface EmailPattern {
  readonly canonical: string;
  readonly stem: string | null;
  readonly isDisposable: boolean;
}

/** Null for what is no address. */
export function emailPattern(email: string): EmailPattern | null {
  const parts = /^([^@\s]+)@([^@\s]+)$/.exec(email.normalize('NFC').trim().toLowerCase());
  const [, local = '', written = ''] = parts ?? [];
  if (parts === null) return null;
  const domain = SAME_DOMAIN[written] ?? written;
  // A tag in the first place is all there is of the name.
  const untagged = local.replace(/(?<=.)\+.*$/, '');
  const name = DOTLESS_DOMAINS.has(domain) ? untagged.replaceAll('.', '') : untagged;
  const stem = name.replace(/[\d._-]+$/, '');
  return {
    canonical: `${name}@${domain}`,
    stem: stem.length < MIN_STEM ? null : `${stem}@${domain}`,
    isDisposable: DISPOSABLE_DOMAINS.has(domain),
  };
}
