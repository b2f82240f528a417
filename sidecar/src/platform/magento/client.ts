/** Magento's REST API, signed with OAuth 1.0a. */
import type { Clock } from '../../clock';
import { ShopApiError } from '../../errors';
import type { Ids } from '../../ids';
import type { HttpRequest, ShopHttp } from '../http-client';
import type { ConnectedShop } from '../platform';
import { oauthAuthoriser } from './oauth';

export interface Filter {
  readonly field: string;
  readonly value: string;
  readonly condition?: 'eq' | 'gt' | 'gteq' | 'in' | 'like';
}

export interface Search {
  /** All must hold. */
  readonly filters: readonly Filter[];
  /** And one of these, when there are any. */
  readonly anyOf?: readonly Filter[];
  readonly sortBy?: string;
  readonly pageSize: number;
}

/** How long, and whether again; absent = as long and as often as other calls. */
export type Patience = Pick<HttpRequest, 'timeoutMs' | 'repeatable'>;

export interface MagentoClient {
  /** Body of the answer; null on 404. @throws ShopApiError */
  get(shop: ConnectedShop, path: string, query?: Readonly<Record<string, string>>, patience?: Patience): Promise<unknown>;
  /** @throws ShopApiError with Magento's message where it refuses for good */
  send(shop: ConnectedShop, method: 'POST' | 'PUT' | 'DELETE', path: string, json?: unknown): Promise<unknown>;
}

const REST = '/rest/V1';

export function createMagentoClient(deps: { readonly http: ShopHttp; readonly clock: Clock; readonly ids: Ids }): MagentoClient {
  const call = async (shop: ConnectedShop, request: Omit<HttpRequest, 'url'>, path: string, accept: readonly number[]) =>
    deps.http.request(
      { ...request, url: `${shop.url.replace(/\/+$/, '')}${REST}${path}` },
      oauthAuthoriser(shop, deps.clock, deps.ids),
      accept,
    );
  return {
    get: async (shop, path, query = {}, patience = {}) => {
      const answer = await call(shop, { method: 'GET', query, ...patience }, path, [404]);
      return answer.status === 404 ? null : answer.body;
    },
    send: async (shop, method, path, json) => {
      const answer = await call(shop, { method, ...(json === undefined ? {} : { json }) }, path, [400, 403, 404]);
      if (answer.status < 300) return answer.body;
      throw new ShopApiError(
        `${method} ${path.split('?')[0]} answered ${answer.status}: ${messageOf(answer.body)}`,
        false,
        answer.status,
      );
    },
  };
}

/** Magento's message with its placeholders; the parameters may hold personal data and stay out. */
export function messageOf(body: unknown): string {
  const message = typeof body === 'object' && body !== null ? (body as { message?: unknown }).message : undefined;
  return typeof message === 'string' ? message.slice(0, 200) : 'no message';
}

/** Query of a search, in Magento's own notation. */
export function searchQuery(search: Search): Record<string, string> {
  const query: Record<string, string> = {
    'searchCriteria[pageSize]': String(search.pageSize),
    'searchCriteria[currentPage]': '1',
  };
  const groups = [...search.filters.map((filter) => [filter]), ...(search.anyOf ? [search.anyOf] : [])];
  for (const [index, group] of groups.entries()) {
    for (const [place, filter] of group.entries()) {
      const base = `searchCriteria[filter_groups][${index}][filters][${place}]`;
      query[`${base}[field]`] = filter.field;
      query[`${base}[value]`] = filter.value;
      query[`${base}[condition_type]`] = filter.condition ?? 'eq';
    }
  }
  if (search.sortBy !== undefined) {
    query['searchCriteria[sortOrders][0][field]'] = search.sortBy;
    query['searchCriteria[sortOrders][0][direction]'] = 'ASC';
  }
  return query;
}
