import { reason } from '../domain/reason';
import { lockMember } from '../ledger/locked-member';
import { recordDecision } from '../stores/decision-store';
import { identitiesOf, isGuestKey } from '../stores/member-store';
import { storedSnapshot } from '../stores/position-store';
import { markUsed, releaseUse, retireCode, vouchersOfCodes, type Voucher } from '../stores/voucher-store';
import type { OrderInHand } from './apply-order';
import { hideCode, newCode, showVoucher } from './grant-voucher';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

/**
 * An order that carries a voucher's code has used it; one that was cancelled, or no longer carries it, gives it back. The
 * code was used up in the shop for good, so what comes back has a new one.
 */
export async function convergeVouchers(order: OrderInHand): Promise<void> {
  const { trx, snapshot, before, member } = order;
  const carried = snapshot.voucherCodes ?? [];
  const codes = [...new Set([...carried, ...((before && storedSnapshot(before).voucherCodes) ?? [])])];
  if (codes.length === 0) return;
  for (const { voucher, codes: own } of await vouchersOfCodes(trx, member.programmeId, codes)) {
    const uses = snapshot.orderState !== 'cancelled' && own.some((code) => carried.includes(code));
    const changed = uses ? await use(order, voucher) : await giveBack(order, voucher);
    // Whoever has the code may use it; the page of its owner changes too.
    if (changed && voucher.member_id !== member.memberId) {
      const owner = await unlessErased(lockMember(trx, voucher.member_id), null);
      if (owner) await projectMember(trx, order.context, owner);
    }
  }
}

async function use(order: OrderInHand, voucher: Voucher): Promise<boolean> {
  const { trx, snapshot, context } = order;
  const now = context.clock.now();
  if (voucher.status === 'used' && voucher.used_shop_id === snapshot.shopId && voucher.used_order_id === snapshot.orderId) {
    return false;
  }
  const used = await markUsed(trx, voucher.voucher_id, snapshot, now);
  // Back after a cancellation it has a code that nobody used: that one goes, and nothing is left to take.
  if (used && !(snapshot.voucherCodes ?? []).includes(voucher.code)) await hideCode(trx, voucher, voucher.code, now);
  await decide(order, voucher, used ? 'used' : voucher.status, used ? 'voucher_used' : 'voucher_used_before');
  return used;
}

async function giveBack(order: OrderInHand, voucher: Voucher): Promise<boolean> {
  const { trx, snapshot, context } = order;
  const now = context.clock.now();
  const isOver = voucher.expires_at !== null && voucher.expires_at <= now;
  const status = voucher.withdrawn_at !== null ? 'revoked' : isOver ? 'expired' : 'active';
  const code = status === 'active' ? newCode(context) : voucher.code;
  if (!(await releaseUse(trx, voucher, snapshot, { status, code }))) return false;
  await hideCode(trx, voucher, voucher.code, now);
  if (status === 'active') {
    await retireCode(trx, voucher, now);
    const owner = (await identitiesOf(trx, voucher.member_id)).find(
      (one) => one.shop_id === voucher.shop_id && !isGuestKey(one.customer_id),
    );
    await showVoucher(trx, { ...voucher, status, code }, owner?.customer_id ?? '', now);
  }
  await decide(order, voucher, status, 'voucher_returned');
  return true;
}

async function decide(order: OrderInHand, voucher: Voucher, status: Voucher['status'], why: string): Promise<void> {
  const { trx, context, snapshot, terms } = order;
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: voucher.programme_id,
    memberId: voucher.member_id,
    kind: 'voucher',
    subject: `voucher:${voucher.voucher_id}`,
    programmeVersionId: terms.programmeVersionId,
    decidedAt: context.clock.now(),
    inputs: {
      shopId: snapshot.shopId,
      orderId: snapshot.orderId,
      orderNumber: snapshot.orderNumber,
      orderState: snapshot.orderState,
    },
    outcome: { status },
    reasons: [reason(why, why !== 'voucher_used_before', { order: snapshot.orderNumber, expiresAt: voucher.expires_at })],
  });
}
