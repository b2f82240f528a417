import { answer, api } from '../../api/client';
import type { paths } from '../../api/openapi';
import type { Page } from '../../api/use-pages';

type Companies = paths['/admin/companies']['get']['responses'][200]['content']['application/json'];
export type ListedCompany = Companies['companies'][number];

/** @param search part of a name, or the whole reference; empty = all */
export async function companiesPage(search: string, after: string | null): Promise<Page<ListedCompany, string>> {
  const query = { ...(after === null ? {} : { after }), ...(search === '' ? {} : { search }) };
  const { companies, next } = await answer(api.GET('/admin/companies', { params: { query } }));
  return { rows: companies, next };
}
