import { pointsFor, type ReferralSignal } from './signal';

const OF_ANOTHER_FRIEND = 40;

/** The order came over the connection that the referrer's came over, or other friends'. */
export const device: ReferralSignal = {
  code: 'device',
  weight: 30,
  look: ({ friend, referrer, otherFriends }) => {
    const connection = friend?.deviceHash ?? null;
    const shares = ({ deviceHash }: { deviceHash: string | null }): boolean => connection !== null && deviceHash === connection;
    const ofReferrer = referrer.some(shares);
    const ofOthers = otherFriends.filter(shares).length;
    return {
      points: ofReferrer ? 100 : pointsFor(ofOthers, OF_ANOTHER_FRIEND),
      figures: { referrer: ofReferrer, otherFriends: ofOthers },
    };
  },
};
