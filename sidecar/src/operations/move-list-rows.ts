import { goodsOf, type ListRow } from '../domain/price-list';
import { reason, type Reason } from '../domain/reason';
import type { Trx } from '../storage/transaction';
import { ALL_PRODUCTS, markDue, replaceRows, type PriceList } from '../stores/price-list-store';
import type { OperationContext } from './context';
import type { Staff } from './open-company';
import { recordList } from './record-list';

export interface MovedRows {
  /** Products whose prices are other than before. */
  readonly changedProducts: number;
  /** Categories and all goods whose discounts are other than before. */
  readonly changedDiscounts: number;
}

/**
 * Puts what a list says of some goods in the place of what it said of them. The list is locked and has its new number of
 * prices. Shops get the prices of the products that changed.
 */
export async function moveListRows(
  trx: Trx,
  context: OperationContext,
  list: PriceList,
  rows: { readonly before: readonly ListRow[]; readonly after: readonly ListRow[] },
  staff: Staff,
): Promise<MovedRows> {
  const [before, after] = [byGoods(rows.before), byGoods(rows.after)];
  const all = [...new Set([...before.keys(), ...after.keys()])];
  const moved = all.filter((goods) => stepsText(before.get(goods)) !== stepsText(after.get(goods)));
  const rowsOf = (groups: ReadonlyMap<string, ListRow[]>): ListRow[] => moved.flatMap((goods) => groups.get(goods) ?? []);
  const numbers = productsOf([...rowsOf(before), ...rowsOf(after)]);
  const changed = { changedProducts: numbers.length, changedDiscounts: moved.length - numbers.length };
  if (moved.length === 0) return changed;
  await replaceRows(trx, list.list_id, rowsOf(before), rowsOf(after));
  const due = changed.changedDiscounts > 0 ? [ALL_PRODUCTS] : numbers;
  await markDue(trx, list.programme_id, due, () => context.ids.next());
  await recordList(trx, context, list, reasonsOf(changed, staff));
  return changed;
}

function reasonsOf(
  { changedProducts: products, changedDiscounts: discounts }: MovedRows,
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
