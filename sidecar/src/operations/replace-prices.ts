import { MAX_PRICES, type ListRow } from '../domain/price-list';
import { refuse, success, type Result } from '../domain/result';
import { inTransaction, StateMoved } from '../storage/transaction';
import { changePriceList, findPriceList, rowsAfter } from '../stores/price-list-store';
import type { OperationContext } from './context';
import { moveListRows, type MovedRows } from './move-list-rows';
import type { Staff } from './open-company';

export interface ReplacePricesInput extends Staff {
  readonly programmeId: string;
  readonly code: string;
  /** All of the list; one of each goods and quantity. */
  readonly prices: readonly ListRow[];
}

export interface ReplacedPrices extends MovedRows {
  readonly prices: number;
}

/** Puts all prices of a list in the place of those it has, or none. */
export async function replaceListPrices(
  context: OperationContext,
  { programmeId, code, prices, ...staff }: ReplacePricesInput,
): Promise<Result<ReplacedPrices, 'unknown_list'>> {
  return inTransaction(context.db, async (trx) => {
    const list = await findPriceList(trx, programmeId, code);
    if (!list) return refuse('unknown_list');
    // Taken before its prices are read, so that nobody else changes them meanwhile.
    if (!(await changePriceList(trx, list, { prices: prices.length }, context.clock.now()))) throw new StateMoved();
    const before = await rowsAfter(trx, list.list_id, null, MAX_PRICES);
    const replaced = { ...list, prices: prices.length };
    const moved = await moveListRows(trx, context, replaced, { before, after: prices }, staff);
    return success({ prices: prices.length, ...moved });
  });
}
