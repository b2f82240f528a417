import type { PriceListMirror } from '../domain/mirror';
import { placeOf } from '../domain/price-list';
import type { Trx } from '../storage/transaction';
import { desiredIds, setDesiredMany } from '../stores/desired-state-store';
import { listsInForce, type PriceList } from '../stores/price-list-store';

/** States what marks the buyers of each price list in force, in a shop. Its prices are stated product by product. */
export async function projectPriceLists(
  trx: Trx,
  { shopId, programmeId, now }: { readonly shopId: string; readonly programmeId: string; readonly now: string },
): Promise<void> {
  const lists = await listsInForce(trx, programmeId, now);
  const present = new Set(lists.map((list) => list.code));
  const gone = (await desiredIds(trx, shopId, 'price-list')).filter((code) => !present.has(code));
  const resources = [...lists.map(shown), ...gone.map((id) => ({ id, state: null }))];
  if (resources.length > 0) await setDesiredMany(trx, shopId, 'price-list', resources, now);
}

function shown(list: PriceList): { id: string; state: PriceListMirror } {
  const { code, name, priority, list_number: number } = list;
  return { id: code, state: { code, name, place: placeOf({ priority, number }) } };
}
