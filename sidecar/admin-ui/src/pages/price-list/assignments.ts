import { answer, api } from '../../api/client';
import { SIGNED_BY_SESSION } from '../../api/me';
import type { PriceList } from './list-settings';

/** Lets a company buy at a list. @throws ApiFault */
export function assignList(code: string, companyId: string, reason: string): Promise<unknown> {
  const params = { path: { code, companyId } };
  const body = { reason: reason.trim(), actor: SIGNED_BY_SESSION };
  return answer(api.PUT('/admin/price-lists/{code}/companies/{companyId}', { params, body }));
}

/** Takes the prices of a list from a company. @throws ApiFault */
export function unassignList(code: string, companyId: string, reason: string): Promise<unknown> {
  const params = { path: { code, companyId } };
  const body = { reason: reason.trim(), actor: SIGNED_BY_SESSION };
  return answer(api.POST('/admin/price-lists/{code}/companies/{companyId}/removal', { params, body }));
}

/** Every list of the programme, to choose from. @throws ApiFault */
export async function allPriceLists(): Promise<PriceList[]> {
  const lists: PriceList[] = [];
  let after: string | null = null;
  do {
    const query: { after?: string } = after === null ? {} : { after };
    const page: { priceLists: PriceList[]; next: string | null } = await answer(
      api.GET('/admin/price-lists', { params: { query } }),
    );
    lists.push(...page.priceLists);
    after = page.next;
  } while (after !== null && lists.length < MOST);
  return lists;
}

/** More than may be in force at once. */
const MOST = 1000;
