import type { FraudHints } from '../order-snapshot';
import { pointsFor, type ReferralSignal } from './signal';

const LIKE_THE_REFERRER = 70;
const LIKE_ANOTHER_FRIEND = 40;
const DISPOSABLE = 60;

/** One mailbox written in two ways, names that are counted up, and mailboxes to throw away. */
export const emailSignal: ReferralSignal = {
  code: 'emailPattern',
  weight: 60,
  look: ({ friend, referrer, referrerEmailHashes, otherFriends }) => {
    const mailbox = friend?.emailCanonicalHash ?? null;
    const stem = friend?.emailStemHash ?? null;
    const isSame = ({ emailCanonicalHash: other }: FraudHints): boolean => mailbox !== null && other === mailbox;
    const isLike = ({ emailStemHash: other }: FraudHints): boolean => stem !== null && other === stem;
    // A plain address has the hash of its own mailbox, and of its stem where it has no digits.
    const isKnown = (hash: string | null): boolean => hash !== null && referrerEmailHashes.includes(hash);
    const sameMailbox = isKnown(mailbox) || referrer.some(isSame) || otherFriends.some(isSame);
    const likeReferrer = isKnown(stem) || referrer.some(isLike);
    const likeFriends = otherFriends.filter(isLike).length;
    const disposable = friend?.isEmailDisposable ?? false;
    const points = Math.max(
      sameMailbox ? 100 : 0,
      likeReferrer ? LIKE_THE_REFERRER : 0,
      pointsFor(likeFriends, LIKE_ANOTHER_FRIEND),
      disposable ? DISPOSABLE : 0,
    );
    return { points, figures: { sameMailbox, likeReferrer, likeFriends, disposable } };
  },
};
