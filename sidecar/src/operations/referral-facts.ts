import type { FraudHints, OrderSnapshot } from '../domain/order-snapshot';
import type { ReferralFacts } from '../domain/referral-signals/signal';
import type { Trx } from '../storage/transaction';
import { emailHashesOf, findMember } from '../stores/member-store';
import type { OrderPosition } from '../stores/position-store';
import {
  codeMadeAt,
  friendsWithinHour,
  latestSnapshots,
  otherFriendsSnapshots,
  settledFriends,
  type Referral,
} from '../stores/referral-store';

const MINUTE_MS = 60_000;

export interface FriendsOrder {
  readonly position: OrderPosition;
  readonly snapshot: OrderSnapshot;
  /** Who the friend is now. */
  readonly friendId: string;
}

/** What the signals of fraud look at. */
export async function referralFacts(
  trx: Trx,
  referral: Referral,
  { position, snapshot, friendId }: FriendsOrder,
): Promise<ReferralFacts> {
  const { referrer_member_id: referrerId } = referral;
  const placedAt = position.placed_at;
  const madeAt = await codeMadeAt(trx, referral.programme_id, referral.code);
  const { joined_at: joinedAt } = await findMember(trx, friendId);
  const { settled, returned } = await settledFriends(trx, referral);
  return {
    friend: snapshot.fraudHints ?? null,
    referrer: hintsOf(await latestSnapshots(trx, referrerId)),
    referrerEmailHashes: await emailHashesOf(trx, referrerId),
    otherFriends: hintsOf(await otherFriendsSnapshots(trx, referral)),
    minutesFromCode: madeAt === null ? null : minutesBetween(madeAt, placedAt),
    // Whoever is known by this order alone has not registered at a moment that we know of.
    minutesFromRegistration: snapshot.isGuest || joinedAt >= placedAt ? null : minutesBetween(joinedAt, placedAt),
    friendsWithinHour: await friendsWithinHour(trx, referral, placedAt),
    settledFriends: settled,
    returnedFriends: returned,
  };
}

function hintsOf(snapshots: readonly OrderSnapshot[]): FraudHints[] {
  return snapshots.flatMap(({ fraudHints }) => fraudHints ?? []);
}

/** Null when the end comes first. */
function minutesBetween(from: string, until: string): number | null {
  const minutes = Math.floor((Date.parse(until) - Date.parse(from)) / MINUTE_MS);
  return minutes < 0 ? null : minutes;
}
