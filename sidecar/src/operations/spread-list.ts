import type { Trx } from '../storage/transaction';
import { markCompaniesDue, type PriceList } from '../stores/price-list-store';
import { activeShopIds } from '../stores/shop-store';
import { projectPriceLists } from './project-price-lists';

/** Shops hear of a list at once; its buyers and products follow one by one, by the job. */
export async function spreadList(trx: Trx, list: PriceList, now: string): Promise<void> {
  const { programme_id: programmeId, list_id: listId } = list;
  for (const shopId of await activeShopIds(trx, programmeId)) await projectPriceLists(trx, { shopId, programmeId, now });
  await markCompaniesDue(trx, listId);
}
