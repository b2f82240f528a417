import type { Row } from '../storage/tables';
import { toInteger, type Db } from '../storage/transaction';
import type { Referral } from '../stores/referral-store';

/** What a member's recommendations came to. */
export interface ReferralStatistics {
  readonly code: string | null;
  /** Friends who registered by the member's link or ordered with the code. */
  readonly invited: number;
  /** Those of them who ordered. */
  readonly ordered: number;
  /** Of 10,000 invited friends, how many order; null while nobody is invited. */
  readonly conversionBps: number | null;
  readonly pending: number;
  readonly inReview: number;
  readonly rewarded: number;
  readonly refused: number;
  /** Rewards taken back. */
  readonly reversed: number;
  readonly points: number;
  /** Vouchers that were not taken back. */
  readonly vouchers: { readonly count: number; readonly valueMinor: number };
  /** What all friends bought whose referral stands, in minor units of the programme's base currency. */
  readonly revenueMinor: number;
}

const STANDING = ['open', 'review', 'rewarded'] as const satisfies readonly Referral['status'][];

export async function referralStatistics(db: Db, member: Row<'member'>): Promise<ReferralStatistics> {
  const { member_id: memberId } = member;
  const byStatus = await db
    .selectFrom('referral')
    .select((eb) => ['status', eb.fn.countAll().as('count'), eb.fn.sum('rewarded_points').as('points')])
    .where('referrer_member_id', '=', memberId)
    .groupBy('status')
    .execute();
  const count = (status: Referral['status']): number => toInteger(byStatus.find((row) => row.status === status)?.count);
  const ordered = byStatus.reduce((sum, row) => sum + toInteger(row.count), 0);
  const invited = ordered + (await invitedOnly(db, memberId));
  return {
    code: member.referral_code,
    invited,
    ordered,
    conversionBps: invited === 0 ? null : Math.floor((ordered * 10_000) / invited),
    pending: count('open'),
    inReview: count('review'),
    rewarded: count('rewarded'),
    refused: count('refused'),
    reversed: count('reversed'),
    points: byStatus.reduce((sum, row) => sum + toInteger(row.points), 0),
    vouchers: await vouchersOf(db, memberId),
    revenueMinor: await revenueOf(db, memberId),
  };
}

/** Friends who registered and have not ordered with a code. */
async function invitedOnly(db: Db, memberId: string): Promise<number> {
  const row = await db
    .selectFrom('referral_invitation')
    .leftJoin('referral', 'referral.friend_member_id', 'referral_invitation.friend_member_id')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('referral_invitation.referrer_member_id', '=', memberId)
    .where('referral.friend_member_id', 'is', null)
    .executeTakeFirst();
  return toInteger(row?.count);
}

async function vouchersOf(db: Db, memberId: string): Promise<ReferralStatistics['vouchers']> {
  const row = await db
    .selectFrom('referral')
    .innerJoin('voucher', 'voucher.voucher_id', 'referral.voucher_id')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('voucher.value_minor').as('value')])
    .where('referral.referrer_member_id', '=', memberId)
    .executeTakeFirst();
  return { count: toInteger(row?.count), valueMinor: toInteger(row?.value) };
}

async function revenueOf(db: Db, memberId: string): Promise<number> {
  const row = await db
    .selectFrom('referral')
    // By the order they came with: the friend may be part of another member now.
    .innerJoin('order_position as first', (join) =>
      join.onRef('first.shop_id', '=', 'referral.shop_id').onRef('first.order_id', '=', 'referral.order_id'),
    )
    .innerJoin('order_position', 'order_position.member_id', 'first.member_id')
    .select((eb) => eb.fn.sum('order_position.turnover_minor').as('turnover'))
    .where('referral.referrer_member_id', '=', memberId)
    .where('first.member_id', '!=', memberId)
    .where('referral.status', 'in', STANDING)
    .executeTakeFirst();
  return toInteger(row?.turnover);
}
