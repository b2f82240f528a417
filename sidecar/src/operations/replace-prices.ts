import { goodsOf, MAX_PRICES, type ListRow } from '../domain/price-list';
import { reason, type Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { inTransaction, StateMoved } from '../storage/transaction';
import { ALL_PRODUCTS, changePriceList, findPriceList, markDue, replaceRows, rowsAfter } from '../stores/price-list-store';
import type { OperationContext } from './context';
import type { Staff } from './open-company';
import { recordList } from './record-list';

export interface ReplacePricesInput extends Staff {
  readonly programmeId: string;
  readonly code: string;
  /** All of the list; one of each goods and quantity. */
  readonly prices: readonly ListRow[];
}

export interface ReplacedPrices {
  readonly prices: number;
  /** Products whose prices are other than before. */
  readonly changedProducts: number;
  /** Categories and all goods whose discounts are other than before. */
  readonly changedDiscounts: number;
}

/** Puts all prices of a list in the place of those it has, or none. Shops get those of the products that changed. */
export async function replaceListPrices(
  context: OperationContext,
  { programmeId, code, prices, ...staff }: ReplacePricesInput,
): Promise<Result<ReplacedPrices, 'unknown_list'>> {
  return inTransaction(context.db, async (trx) => {
    const list = await findPriceList(trx, programmeId, code);
    if (!list) return refuse('unknown_list');
    const now = context.clock.now();
    // Taken before its prices are read, so that nobody else changes them meanwhile.
    if (!(await changePriceList(trx, list, { prices: prices.length }, now))) throw new StateMoved();
    const before = byGoods(await rowsAfter(trx, list.list_id, null, MAX_PRICES));
    const after = byGoods(prices);
    const all = [...new Set([...before.keys(), ...after.keys()])];
    const moved = all.filter((goods) => stepsText(before.get(goods)) !== stepsText(after.get(goods)));
    const rowsOf = (rows: ReadonlyMap<string, ListRow[]>): ListRow[] => moved.flatMap((goods) => rows.get(goods) ?? []);
    const numbers = productsOf([...rowsOf(before), ...rowsOf(after)]);
    const changed = { changedProducts: numbers.length, changedDiscounts: moved.length - numbers.length };
    if (moved.length === 0) return success({ prices: prices.length, ...changed });
    await replaceRows(trx, list.list_id, rowsOf(before), rowsOf(after));
    const due = changed.changedDiscounts > 0 ? [ALL_PRODUCTS] : numbers;
    await markDue(trx, programmeId, due, () => context.ids.next());
    await recordList(trx, context, { ...list, prices: prices.length }, reasonsOf(changed, staff));
    return success({ prices: prices.length, ...changed });
  });
}

function reasonsOf(
  { changedProducts: products, changedDiscounts: discounts }: Pick<ReplacedPrices, 'changedProducts' | 'changedDiscounts'>,
  { actor, reason: why }: Staff,
): Reason[] {
  return [
    ...(products > 0 ? [reason('price_list_prices', true, { actor, reason: why, products })] : []),
    ...(discounts > 0 ? [reason('price_list_discounts', true, { actor, reason: why, discounts })] : []),
  ];
}

function byGoods(rows: readonly ListRow[]): Map<string, ListRow[]> {
  const groups = new Map<string, ListRow[]>();
  for (const row of rows) {
    const group = groups.get(goodsOf(row));
    if (group) group.push(row);
    else groups.set(goodsOf(row), [row]);
  }
  return groups;
}

function productsOf(rows: readonly ListRow[]): string[] {
  return [...new Set(rows.flatMap((row) => ('productNumber' in row ? [row.productNumber] : [])))];
}

function stepsText(rows: readonly ListRow[] = []): string {
  return rows
    .map((row) => `${row.quantityFrom} ${'percentBps' in row ? `${row.percentBps} bps` : row.priceMinor}`)
    .sort()
    .join('\n');
}
