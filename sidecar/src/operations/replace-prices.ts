import { MAX_PRICES, type ListPrice } from '../domain/price-list';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { inTransaction, StateMoved, type Trx } from '../storage/transaction';
import { changePriceList, findPriceList, markDue, pricesAfter, replacePrices } from '../stores/price-list-store';
import type { OperationContext } from './context';
import type { Staff } from './open-company';
import { recordList } from './record-list';

export interface ReplacePricesInput extends Staff {
  readonly programmeId: string;
  readonly code: string;
  /** All of the list; one a product and quantity. */
  readonly prices: readonly ListPrice[];
}

export interface ReplacedPrices {
  readonly prices: number;
  /** Products whose prices are other than before. */
  readonly changedProducts: number;
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
    const before = byProduct(await allPrices(trx, list.list_id));
    const after = byProduct(prices);
    const products = [...new Set([...before.keys(), ...after.keys()])];
    const moved = products.filter((product) => stepsText(before.get(product)) !== stepsText(after.get(product)));
    if (moved.length === 0) return success({ prices: prices.length, changedProducts: 0 });
    const written = moved.flatMap((product) => after.get(product) ?? []);
    await replacePrices(trx, list.list_id, moved, written);
    await markDue(trx, programmeId, moved, () => context.ids.next());
    const { actor, reason: why } = staff;
    const figures = { actor, reason: why, products: moved.length };
    await recordList(trx, context, { ...list, prices: prices.length }, [reason('price_list_prices', true, figures)]);
    return success({ prices: prices.length, changedProducts: moved.length });
  });
}

async function allPrices(trx: Trx, listId: string): Promise<ListPrice[]> {
  return pricesAfter(trx, listId, null, MAX_PRICES);
}

function byProduct(prices: readonly ListPrice[]): Map<string, ListPrice[]> {
  const groups = new Map<string, ListPrice[]>();
  for (const price of prices) {
    const group = groups.get(price.productNumber);
    if (group) group.push(price);
    else groups.set(price.productNumber, [price]);
  }
  return groups;
}

function stepsText(prices: readonly ListPrice[] = []): string {
  return prices
    .map(({ quantityFrom, priceMinor }) => `${quantityFrom} ${priceMinor}`)
    .sort()
    .join('\n');
}
