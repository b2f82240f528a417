import { pointsFor, type ReferralSignal } from './signal';

const OF_ANOTHER_FRIEND = 50;

/** The friend has the goods sent to where the referrer's go, or other friends'. Families do so too. */
export const sameAddress: ReferralSignal = {
  code: 'sameAddress',
  weight: 45,
  look: ({ friend, referrer, otherFriends }) => {
    const address = friend?.addressHash ?? null;
    const shares = ({ addressHash }: { addressHash: string | null }): boolean => address !== null && addressHash === address;
    const ofReferrer = referrer.some(shares);
    const ofOthers = otherFriends.filter(shares).length;
    return {
      points: ofReferrer ? 100 : pointsFor(ofOthers, OF_ANOTHER_FRIEND),
      figures: { referrer: ofReferrer, otherFriends: ofOthers },
    };
  },
};
