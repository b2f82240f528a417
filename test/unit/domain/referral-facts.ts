/** A friend's order that nothing speaks against. */
import type { FraudHints } from '../../../sidecar/src/domain/order-snapshot';
import type { ReferralFacts } from '../../../sidecar/src/domain/referral-signals/signal';

export const HINTS: FraudHints = {
  addressHash: 'door',
  deviceHash: 'line',
  emailCanonicalHash: 'mailbox',
  emailStemHash: 'stem',
  isEmailDisposable: false,
};

export const innocent: ReferralFacts = {
  friend: HINTS,
  referrer: [],
  referrerEmailHashes: [],
  otherFriends: [],
  minutesFromCode: 100_000,
  minutesFromRegistration: 600,
  friendsWithinHour: 0,
  settledFriends: 0,
  returnedFriends: 0,
};
