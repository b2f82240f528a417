/** What the books know of members' past beside their orders, a page of members at a time. */
import type { Db } from '../storage/transaction';
import type { PastOrders } from './past-order-store';

/** Referrals that are none, whatever the terms: decided by who the friend was. */
const NEVER_A_REFERRAL = ['self_referral', 'not_first_order', 'already_referred'] as const;

export function pastEvents(db: Db, memberIds: readonly string[], { shopId, to }: PastOrders) {
  const query = db
    .selectFrom('member_event')
    .select([
      'member_id',
      'event_id',
      'kind',
      'activity',
      'subject',
      'shop_id',
      'channel_id',
      'occurred_at',
      'data',
      'revoked_at',
    ])
    .where('member_id', 'in', memberIds)
    .where('occurred_at', '<=', to)
    .orderBy('member_id')
    .orderBy('occurred_at')
    .orderBy('event_id');
  return (shopId === null ? query : query.where('shop_id', '=', shopId)).execute();
}

/** Of either side, for friends' orders of the time. */
export async function pastReferrals(
  db: Db,
  memberIds: readonly string[],
  side: 'referrer' | 'friend',
  { shopId, from, to }: PastOrders,
) {
  const query = db
    .selectFrom('referral')
    .innerJoin('order_position', (join) =>
      join.onRef('order_position.shop_id', '=', 'referral.shop_id').onRef('order_position.order_id', '=', 'referral.order_id'),
    )
    .select([`referral.${side}_member_id as owner`, 'referral.friend_member_id', 'referral.created_at', 'fraud_score', 'verdict'])
    .select(['order_position.snapshot', 'order_position.qualifying_orders'])
    .where(`referral.${side}_member_id`, 'in', memberIds)
    .where('order_position.placed_at', '>=', from)
    .where('order_position.placed_at', '<=', to)
    .where((eb) => eb.or([eb('referral.reason', 'is', null), eb('referral.reason', 'not in', NEVER_A_REFERRAL)]))
    .orderBy('referral.created_at')
    .orderBy('referral.friend_member_id');
  return (shopId === null ? query : query.where('referral.shop_id', '=', shopId)).execute();
}

export function pastSegments(db: Db, memberIds: readonly string[]) {
  return db
    .selectFrom('member_segment')
    .select(['member_id', 'code', 'entered_at', 'left_at'])
    .where('member_id', 'in', memberIds)
    .orderBy('entered_at')
    .orderBy('code')
    .execute();
}

export function birthdays(db: Db, memberIds: readonly string[]) {
  return db
    .selectFrom('member_profile')
    .select(['member_id', 'birth_month', 'birth_day'])
    .where('member_id', 'in', memberIds)
    .execute();
}

export function manualTiers(db: Db, memberIds: readonly string[]) {
  return db
    .selectFrom('manual_tier')
    .select(['member_id', 'tier', 'set_at', 'ends_at'])
    .where('member_id', 'in', memberIds)
    .execute();
}
