import type { Trx } from '../storage/transaction';
import { referralFigures } from '../stores/referral-store';

/** Brings a referrer's figures up to date, as their shops show them from the next projection on. The referrer is locked. */
export async function countReferrals(trx: Trx, referrerId: string): Promise<void> {
  await trx
    .updateTable('referral')
    .set({ counted: 1 })
    .where('referrer_member_id', '=', referrerId)
    .where('counted', 'is', null)
    .execute();
  const { pending, rewarded, points } = await referralFigures(trx, referrerId);
  await trx
    .updateTable('member')
    .set({ rewarded_referrals: rewarded, pending_referrals: pending, referral_points: points })
    .where('member_id', '=', referrerId)
    .execute();
}
