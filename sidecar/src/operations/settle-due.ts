import { lockMember, type LockedMember } from '../ledger/locked-member';
import { inTransaction, StateMoved, type Trx } from '../storage/transaction';
import {
  duePositions,
  findPosition,
  memberDuePositions,
  storedSnapshot,
  storedStaffRefund,
  type OrderPosition,
} from '../stores/position-store';
import { applyOrder } from './apply-order';
import type { OperationContext } from './context';
import { restoreTerms } from './pinned-terms';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const ORDERS_PER_PAGE = 200;

/**
 * Releases what was due to a member before an instant. Runs before a new order is judged, so that the tier it is pinned
 * to does not depend on when the job last ran.
 */
export async function settleDue(trx: Trx, context: OperationContext, member: LockedMember, before: string): Promise<void> {
  for (const position of await memberDuePositions(trx, member.memberId, before)) {
    await applyStored(trx, context, member, position, before);
  }
}

async function applyStored(trx: Trx, context: OperationContext, member: LockedMember, position: OrderPosition, asOf: string) {
  const terms = await restoreTerms(trx, context, position);
  const stored = { snapshot: storedSnapshot(position), staffRefund: storedStaffRefund(position) };
  await applyOrder({ trx, context, member, tenure: null, terms, ...stored, before: position, asOf, dueUntil: asOf });
}

/** Releases all pending points that are due by now, an order a transaction. Returns how many orders were settled. */
export async function releaseDuePoints(context: OperationContext, now: string): Promise<{ released: number }> {
  let released = 0;
  for (;;) {
    const due = await duePositions(context.db, now, ORDERS_PER_PAGE);
    for (const position of due) {
      const work = inTransaction(context.db, async (trx) => {
        const seen = await findPosition(trx, position.shop_id, position.order_id);
        if (!seen) return;
        const member = await lockMember(trx, seen.member_id);
        const current = await findPosition(trx, position.shop_id, position.order_id);
        if (current?.member_id !== member.memberId) throw new StateMoved(`order ${seen.order_id} has another member now`);
        if (current.released === 1 || current.release_at === null || current.release_at > now) return;
        await applyStored(trx, context, member, current, now);
        await projectMember(trx, context, member);
      });
      await unlessErased(work, undefined);
      released += 1;
    }
    if (due.length < ORDERS_PER_PAGE) return { released };
  }
}
