import type { EntryKind, Posting } from '../ledger/entry';
import { clawbackLots } from '../ledger/lot';
import { creditPostings, debitPostings } from '../ledger/movement';
import { postEntry } from '../ledger/post-entry';
import type { OrderInHand, OrderTarget } from './apply-order';

/** Posts the difference between the points an order has earned so far and those it should have, pending and available. */
export async function postEarned(order: OrderInHand, target: OrderTarget): Promise<void> {
  const pendingDelta = target.pendingPoints - (order.before?.pending_points ?? 0);
  const availableDelta = target.availablePoints - (order.before?.available_points ?? 0);
  const released = Math.max(0, Math.min(-pendingDelta, availableDelta));
  const withdrawn = Math.max(0, Math.min(pendingDelta, -availableDelta));
  const pending = pendingDelta + released - withdrawn;
  const available = availableDelta - released + withdrawn;
  const lot = target.lotId;
  if (released > 0) {
    const source: Posting = { account: 'pending', lotId: lot, points: -released };
    await post(order, target, 'release', creditPostings(order.member, source, [{ lotId: lot, points: released }]));
  }
  if (pending > 0) {
    await post(order, target, 'accrual', [
      { account: 'issued', lotId: null, points: -pending },
      { account: 'pending', lotId: lot, points: pending },
    ]);
  }
  if (pending < 0) {
    await post(order, target, 'clawback', [
      { account: 'pending', lotId: lot, points: pending },
      { account: 'issued', lotId: null, points: -pending },
    ]);
  }
  if (available > 0) {
    const source: Posting = { account: 'issued', lotId: null, points: -available };
    await post(order, target, 'accrual', creditPostings(order.member, source, [{ lotId: lot, points: available }]), ':available');
  }
  if (available < 0) {
    const { postings } = debitPostings('issued', await clawbackLots(order.trx, order.member, lot), -available);
    await post(order, target, 'clawback', postings, ':available');
  }
  if (withdrawn > 0) await withdrawToPending(order, target, withdrawn);
}

/** A payment that was undone: the points are pending again. What was spent meanwhile stays owed. */
async function withdrawToPending(order: OrderInHand, target: OrderTarget, points: number): Promise<void> {
  const { postings } = debitPostings('issued', await clawbackLots(order.trx, order.member, target.lotId), points);
  await post(order, target, 'reversal', [
    ...postings.filter((posting) => posting.account !== 'issued'),
    { account: 'pending', lotId: target.lotId, points },
  ]);
}

async function post(
  order: OrderInHand,
  target: OrderTarget,
  kind: EntryKind,
  postings: readonly Posting[],
  suffix = '',
): Promise<void> {
  const { snapshot } = order;
  await postEntry(
    order.trx,
    order.context,
    order.member,
    {
      kind,
      sourceKey: `${target.sourceKey}:${kind}${suffix}`,
      occurredAt: kind === 'release' && target.entitlement.releaseAt !== null ? target.entitlement.releaseAt : order.asOf,
      shopId: snapshot.shopId,
      orderId: snapshot.orderId,
      holdId: null,
      decisionId: target.decisionId,
      postings,
    },
    new Map([[target.lotId, { earnedAt: snapshot.placedAt, expiresAt: target.released ? target.lotExpiresAt : null }]]),
  );
}
