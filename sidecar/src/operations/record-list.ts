import type { Reason } from '../domain/reason';
import type { Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import type { PriceList } from '../stores/price-list-store';
import type { OperationContext } from './context';

/** Keeps why a price list changed. */
export async function recordList(
  trx: Trx,
  context: OperationContext,
  list: PriceList,
  reasons: readonly Reason[],
): Promise<void> {
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: list.programme_id,
    memberId: null,
    kind: 'price_list',
    subject: `price-list:${list.list_id}`,
    programmeVersionId: null,
    decidedAt: context.clock.now(),
    inputs: { list: list.code, priority: list.priority },
    outcome: { from: list.valid_from, until: list.valid_until, prices: list.prices },
    reasons: [...reasons],
  });
}
