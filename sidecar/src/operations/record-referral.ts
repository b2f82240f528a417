import { addDays } from '../domain/instant';
import type { Row } from '../storage/tables';
import { insertOnce } from '../storage/transaction';
import { findCompanyOrder } from '../stores/company-use-store';
import { idsOfPerson, presentMemberId } from '../stores/identity-store';
import type { OrderInHand, OrderTarget } from './apply-order';

/**
 * Notes that an order came by a friend's code and when that can be judged: after completion and the return window, or
 * at once when the order is gone. Nothing is decided here; by the due time all earlier orders are known.
 */
export async function recordReferral(order: OrderInHand, target: OrderTarget): Promise<void> {
  const { trx, snapshot, member, terms, context } = order;
  if (snapshot.referralCode === null || terms.programme.referral === null) return;
  // A company is nobody's friend, and its buyers' first orders are not its first.
  if (await findCompanyOrder(trx, snapshot.shopId, snapshot.orderId)) return;
  const gone = target.entitlement.qualifying.orders === 0;
  const completedDue =
    snapshot.completedAt === null ? null : addDays(snapshot.completedAt, terms.programme.referral.returnWindowDays);
  const dueAt = gone ? order.asOf : completedDue;
  const known = await referralOf(order);
  const sameOrder = known?.shop_id === snapshot.shopId && known.order_id === snapshot.orderId;
  if (known && sameOrder) {
    // A release tells nothing new of the order.
    if (known.status !== 'open' && order.before?.snapshot === target.snapshot) return;
    if (known.status === 'refused' && !gone && known.reason !== 'order_cancelled') return;
    // Staff look at it; what they say is judged with the order as it is then.
    if (known.status === 'review' && !gone && dueAt !== null) return;
    await trx
      .updateTable('referral')
      .set({ due_at: dueAt, status: 'open' })
      .where('programme_id', '=', member.programmeId)
      .where('friend_member_id', '=', known.friend_member_id)
      .execute();
    return;
  }
  const supersedes = known?.status === 'refused' && known.reason === 'order_cancelled';
  if ((known && !supersedes) || gone) return;
  const code = await trx
    .selectFrom('referral_code')
    .select(['code', 'member_id'])
    .where('programme_id', '=', member.programmeId)
    .where('code', '=', snapshot.referralCode.toUpperCase())
    .executeTakeFirst();
  if (!code) return;
  const row = {
    referrer_member_id: await presentMemberId(trx, code.member_id),
    code: code.code,
    shop_id: snapshot.shopId,
    order_id: snapshot.orderId,
    status: 'open' as const,
    reason: null,
    due_at: dueAt,
    resolved_at: null,
    // What was said of another order says nothing of this one.
    fraud_score: null,
    verdict: null,
    verdict_by: null,
    verdict_reason: null,
    verdict_at: null,
    counted: null,
  };
  if (known) {
    await trx
      .updateTable('referral')
      .set(row)
      .where('programme_id', '=', member.programmeId)
      .where('friend_member_id', '=', known.friend_member_id)
      .execute();
    return;
  }
  await insertOnce(trx, 'referral', {
    ...row,
    programme_id: member.programmeId,
    friend_member_id: member.memberId,
    rewarded_points: 0,
    voucher_id: null,
    created_at: context.clock.now(),
  });
}

/** The referral of this order, else the one that the person came by under whichever name they had then. */
async function referralOf({ trx, member, snapshot }: OrderInHand): Promise<Row<'referral'> | undefined> {
  const rows = await trx
    .selectFrom('referral')
    .selectAll()
    .where('programme_id', '=', member.programmeId)
    .where('friend_member_id', 'in', await idsOfPerson(trx, member.memberId))
    .orderBy('created_at')
    .orderBy('friend_member_id')
    .execute();
  const isOfOrder = (row: Row<'referral'>): boolean => row.shop_id === snapshot.shopId && row.order_id === snapshot.orderId;
  return rows.find(isOfOrder) ?? rows.find((row) => row.status !== 'refused') ?? rows[0];
}
