import { addDays } from '../domain/instant';
import { changeNextPurchase, insertNextPurchase, nextPurchasesOf, type NextPurchase } from '../stores/next-purchase-store';
import type { OrderInHand, OrderTarget } from './apply-order';
import { revokeVoucher } from './grant-voucher';

/**
 * Notes when an order may bring a voucher for the next purchase: after payment and the release days. What it brought goes
 * when the order does, unless it was used.
 */
export async function recordNextPurchase(order: OrderInHand, target: OrderTarget): Promise<void> {
  const { trx, snapshot, member, terms } = order;
  const rules = terms.programme.nextPurchase;
  if (rules.length === 0 || terms.isUnaccepted) return;
  const isGone = target.entitlement.qualifying.orders === 0;
  const known = await nextPurchasesOf(trx, snapshot.shopId, snapshot.orderId);
  for (const { code, releaseDays } of rules) {
    const dueAt = isGone || snapshot.paidAt === null ? null : addDays(snapshot.paidAt, releaseDays);
    const row = known.get(code);
    if (row) {
      await follow(order, row, dueAt);
    } else if (dueAt !== null) {
      await insertNextPurchase(trx, {
        shop_id: snapshot.shopId,
        order_id: snapshot.orderId,
        rule_code: code,
        programme_id: member.programmeId,
        member_id: member.memberId,
        due_at: dueAt,
        status: 'waiting',
        voucher_id: null,
        decision_id: null,
      });
    }
  }
}

async function follow({ trx, context }: OrderInHand, row: NextPurchase, dueAt: string | null): Promise<void> {
  if (row.status === 'granted' && dueAt === null) {
    if (row.voucher_id !== null) await revokeVoucher(trx, row.voucher_id, context.clock.now());
    await changeNextPurchase(trx, row, { status: 'withdrawn', due_at: null });
  }
  const isBack = row.status === 'withdrawn' && dueAt !== null;
  const isMoved = row.status === 'waiting' && row.due_at !== dueAt;
  if (isBack || isMoved) await changeNextPurchase(trx, row, { status: 'waiting', due_at: dueAt });
}
