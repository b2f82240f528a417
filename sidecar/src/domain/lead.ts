/** People who leave their address before they have an account. */
import { addMinutes, isBefore } from './instant';
import type { VoucherTerms } from './voucher';

export interface LeadTerms {
  readonly confirmWithinHours: number;
  readonly consent: {
    readonly version: string;
    /** By language of two letters: what somebody agrees to. */
    readonly texts: Readonly<Record<string, string>>;
  };
  /** For whoever registers with a confirmed address; 0 = none. */
  readonly points: number;
  readonly voucher: VoucherTerms | null;
  /** Also for whoever had an account before. */
  readonly rewardsMembers: boolean;
}

export type LeadStatus = 'requested' | 'confirmed' | 'joined' | 'expired' | 'withdrawn';

/** Mails of one request; an attacker must not fill a stranger's mailbox. */
const MAX_MAILS = 3;
const MINUTES_BETWEEN_MAILS = 10;

export interface KnownLead {
  readonly status: LeadStatus;
  readonly expiresAt: string;
  readonly mails: number;
  readonly mailedAt: string;
}

/**
 * What a request for an address does:
 * - `open`: nobody asked for it before, or what was asked is over
 * - `again`: the mail is sent once more
 * - `nothing`: it is confirmed, or was mailed enough
 */
export function leadStep(known: KnownLead | null, now: string): 'open' | 'again' | 'nothing' {
  if (known === null || known.status === 'expired' || known.status === 'withdrawn') return 'open';
  if (known.status !== 'requested') return 'nothing';
  if (!isBefore(now, known.expiresAt)) return 'open';
  const isDue = !isBefore(now, addMinutes(known.mailedAt, MINUTES_BETWEEN_MAILS));
  return known.mails < MAX_MAILS && isDue ? 'again' : 'nothing';
}
