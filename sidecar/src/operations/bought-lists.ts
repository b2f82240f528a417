import { isInForce, placeOf } from '../domain/price-list';
import type { Db } from '../storage/transaction';
import { listsOfCompany, validityOf } from '../stores/price-list-store';

/** Codes of the price lists in force that a company's buyers buy at, the one that counts first. */
export async function boughtLists(db: Db, companyId: string, now: string): Promise<string[]> {
  return (await listsOfCompany(db, companyId))
    .filter((list) => isInForce(validityOf(list), now))
    .map(({ code, priority, list_number: number }) => ({ code, place: placeOf({ priority, number }) }))
    .sort((a, b) => b.place - a.place)
    .map(({ code }) => code);
}
