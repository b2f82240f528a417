import type { Reason } from '../domain/reason';
import type { ReferralRefusal } from '../domain/referral';
import type { Db } from '../storage/transaction';
import type { Referral } from '../stores/referral-store';

export interface ListedReferral {
  readonly friendMemberId: string;
  readonly referrerMemberId: string;
  readonly code: string;
  readonly shopId: string;
  readonly orderId: string;
  /** Of the friend's order. */
  readonly orderNumber: string;
  readonly createdAt: string;
  readonly dueAt: string | null;
  readonly resolvedAt: string | null;
  readonly status: Referral['status'];
  /** Why there is no reward. */
  readonly reason: ReferralRefusal | null;
  /** Suspicion from 0 to 100; null = nobody looked. */
  readonly score: number | null;
  /** What the latest judgement looked at, signals of fraud with what each adds. */
  readonly reasons: readonly Reason[];
  readonly rewardedPoints: number;
  readonly friendPoints: number;
  /** What staff said. */
  readonly decision: {
    readonly verdict: 'approve' | 'refuse';
    readonly actor: string;
    readonly reason: string;
    readonly at: string;
  } | null;
}

export interface ReferralsWanted {
  /** Null = of all programmes. */
  readonly programmeId: string | null;
  readonly status: Referral['status'] | null;
  /** Absent = of whomever. */
  readonly referrerId?: string | undefined;
  /** Friend's member id of the last one of the page before; empty = from the beginning. */
  readonly after: string;
  readonly limit: number;
}

/** A page of referrals in the order of their friends' ids. */
export async function listReferrals(db: Db, wanted: ReferralsWanted): Promise<ListedReferral[]> {
  const { programmeId, status, referrerId, after, limit } = wanted;
  let query = rows(db).where('referral.friend_member_id', '>', after);
  if (programmeId !== null) query = query.where('referral.programme_id', '=', programmeId);
  if (status !== null) query = query.where('referral.status', '=', status);
  if (referrerId !== undefined) query = query.where('referral.referrer_member_id', '=', referrerId);
  return (await query.orderBy('referral.friend_member_id').limit(limit).execute()).map(listed);
}

function rows(db: Db) {
  return db
    .selectFrom('referral')
    .innerJoin('order_position', (join) =>
      join.onRef('order_position.shop_id', '=', 'referral.shop_id').onRef('order_position.order_id', '=', 'referral.order_id'),
    )
    .leftJoin('decision', 'decision.decision_id', 'referral.decision_id')
    .selectAll('referral')
    .select(['order_position.order_number', 'decision.reasons']);
}

type ReferralRow = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

function listed(row: ReferralRow): ListedReferral {
  return {
    friendMemberId: row.friend_member_id,
    referrerMemberId: row.referrer_member_id,
    code: row.code,
    shopId: row.shop_id,
    orderId: row.order_id,
    orderNumber: row.order_number,
    createdAt: row.created_at,
    dueAt: row.due_at,
    resolvedAt: row.resolved_at,
    status: row.status,
    reason: row.reason as ReferralRefusal | null,
    score: row.fraud_score,
    reasons: row.reasons === null ? [] : (JSON.parse(row.reasons) as Reason[]),
    rewardedPoints: row.rewarded_points,
    friendPoints: row.friend_points ?? 0,
    decision:
      row.verdict === null
        ? null
        : { verdict: row.verdict, actor: row.verdict_by ?? '', reason: row.verdict_reason ?? '', at: row.verdict_at ?? '' },
  };
}
