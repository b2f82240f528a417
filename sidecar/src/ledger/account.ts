/**
 * Accounts. A member's balance lives on the first four, the programme's side on the others.
 * A posting adds its points to its account; the postings of an entry sum to zero.
 *
 * - `pending`   earned, not yet spendable
 * - `available` spendable, never below zero
 * - `held`      reserved for a checkout
 * - `debt`      what the member owes, as postings <= 0; settled from the next credit
 * - `issued`, `redeemed`, `expired`, `adjusted`: where points come from and go to
 * - `transferred` points on their way from one member to another; zero after every transfer
 */
export const memberAccounts = ['pending', 'available', 'held', 'debt'] as const;
export const programmeAccounts = ['issued', 'redeemed', 'expired', 'adjusted', 'transferred'] as const;

export type MemberAccount = (typeof memberAccounts)[number];
export type ProgrammeAccount = (typeof programmeAccounts)[number];
export type Account = MemberAccount | ProgrammeAccount;

/** Accounts whose points sit in lots. */
export const lotAccounts = ['pending', 'available', 'held'] as const;
export type LotAccount = (typeof lotAccounts)[number];

export function isLotAccount(account: string): account is LotAccount {
  return (lotAccounts as readonly string[]).includes(account);
}
