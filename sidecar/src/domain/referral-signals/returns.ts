import type { ReferralSignal } from './signal';

/** One return is no habit. */
const ENOUGH_FRIENDS = 2;

/** Share of the referrer's earlier friends whose orders were cancelled or returned. */
export const returns: ReferralSignal = {
  code: 'returns',
  weight: 40,
  look: ({ settledFriends, returnedFriends }) => ({
    points: settledFriends < ENOUGH_FRIENDS ? 0 : Math.min(100, Math.floor((returnedFriends * 100) / settledFriends)),
    figures: { settledFriends, returnedFriends },
  }),
};
