import { MAX_PRICES, PriceSheet, rowKey, type ListRow, type RowKey } from '../domain/price-list';
import { refuse, success, type Result } from '../domain/result';
import { inTransaction, StateMoved, type Db } from '../storage/transaction';
import { changePriceList, findPriceList, rowsOfProducts, wideDiscounts, type PriceList } from '../stores/price-list-store';
import type { OperationContext } from './context';
import { moveListRows } from './move-list-rows';
import type { Staff } from './open-company';
import type { ReplacedPrices } from './replace-prices';

export interface ChangeRowsInput extends Staff {
  readonly programmeId: string;
  readonly code: string;
  /** Taken out; what is not there stays out. */
  readonly remove: readonly RowKey[];
  /** Put in, each in the place of one for the same goods and quantity. */
  readonly put: readonly ListRow[];
}

/** A row that cannot be put in, by its place. */
export interface WrongRow {
  readonly index: number;
  readonly problem: string;
}

/** Changes some rows of a list, all of them or none; the others stay. The same again changes nothing. */
export async function changeListRows(
  context: OperationContext,
  { programmeId, code, remove, put, ...staff }: ChangeRowsInput,
): Promise<Result<ReplacedPrices, 'unknown_list' | 'wrong_row'>> {
  return inTransaction(context.db, async (trx) => {
    const list = await findPriceList(trx, programmeId, code);
    if (!list) return refuse('unknown_list');
    const now = context.clock.now();
    // Taken before its rows are read, so that nobody else changes them meanwhile.
    if (!(await changePriceList(trx, list, {}, now))) throw new StateMoved();
    const before = await rowsBeside(trx, list, [...remove, ...put]);
    const gone = new Set([...remove, ...put].map(rowKey));
    const kept = before.filter((row) => !gone.has(rowKey(row)));
    const wrong = firstWrong(kept, put, list.prices - before.length);
    if (wrong) return refuse('wrong_row', { ...wrong });
    const after = [...kept, ...put];
    const changed = { ...list, changes: list.changes + 1, prices: list.prices - before.length + after.length };
    if (!(await changePriceList(trx, changed, { prices: changed.prices }, now))) throw new StateMoved();
    const moved = await moveListRows(trx, context, changed, { before, after }, staff);
    return success({ prices: changed.prices, ...moved });
  });
}

/** What the list says of the goods of these rows; of categories and all goods everything, since they have a limit together. */
async function rowsBeside(db: Db, list: PriceList, rows: readonly RowKey[]): Promise<ListRow[]> {
  const numbers = [...new Set(rows.flatMap((row) => ('productNumber' in row ? [row.productNumber] : [])))];
  const ofProducts = (await rowsOfProducts(db, [list.list_id], numbers)).get(list.list_id);
  const isWide = rows.some((row) => !('productNumber' in row));
  const wide = isWide ? ((await wideDiscounts(db, [list.list_id])).get(list.list_id) ?? []) : [];
  return [...[...(ofProducts?.values() ?? [])].flat(), ...wide];
}

/** @param others rows of the list that are not looked at */
function firstWrong(kept: readonly ListRow[], put: readonly ListRow[], others: number): WrongRow | null {
  const sheet = new PriceSheet();
  for (const row of kept) sheet.add(row);
  for (const [index, row] of put.entries()) {
    const problem = sheet.add(row);
    if (problem !== null) return { index, problem };
    if (sheet.size + others > MAX_PRICES) return { index, problem: `a list has at most ${MAX_PRICES} prices` };
  }
  return null;
}
