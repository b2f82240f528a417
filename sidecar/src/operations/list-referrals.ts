import type { ReferralRefusal } from '../domain/referral';
import type { Db } from '../storage/transaction';

export interface ListedReferral {
  readonly code: string;
  /** Of the friend's order. */
  readonly orderNumber: string;
  readonly createdAt: string;
  readonly status: 'open' | 'rewarded' | 'refused' | 'reversed';
  /** Why there is no reward. */
  readonly reason: ReferralRefusal | null;
}

/** A shop's referrals, newest first. */
export async function listReferrals(db: Db, shopId: string, limit: number): Promise<ListedReferral[]> {
  const rows = await db
    .selectFrom('referral')
    .innerJoin('order_position', (join) =>
      join.onRef('order_position.shop_id', '=', 'referral.shop_id').onRef('order_position.order_id', '=', 'referral.order_id'),
    )
    .select(['referral.code', 'order_number', 'created_at', 'referral.status', 'reason'])
    .where('referral.shop_id', '=', shopId)
    .orderBy('created_at', 'desc')
    .orderBy('friend_member_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    code: row.code,
    orderNumber: row.order_number,
    createdAt: row.created_at,
    status: row.status,
    reason: row.reason as ReferralRefusal | null,
  }));
}
