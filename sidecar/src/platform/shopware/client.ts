/** Shopware's Admin API as far as this sidecar needs it: tokens, search, sync, app configuration. */
import type { Clock } from '../../clock';
import { ShopApiError } from '../../errors';
import type { Authoriser, HttpRequest, HttpResponse, ShopHttp } from '../http-client';
import type { ConnectedShop } from '../platform';
import { mapOf, mapsOf, numberOf, textOf, type Fields } from './fields';

export interface Criteria {
  readonly ids?: readonly string[];
  readonly filter?: readonly Fields[];
  readonly associations?: Fields;
  readonly sort?: readonly Fields[];
  readonly page?: number;
  readonly limit?: number;
  /** Fields of each entity that are sent at all. */
  readonly includes?: Readonly<Record<string, readonly string[]>>;
}

export interface SyncOperation {
  readonly entity: string;
  readonly action: 'upsert' | 'delete';
  readonly payload: readonly Fields[];
}

/** How long, and whether again; absent = as long and as often as other calls. */
export type Patience = Pick<HttpRequest, 'timeoutMs' | 'repeatable'>;

export interface ShopwareClient {
  /** Rows of one page. @throws ShopApiError; status 403 when the app lacks a right */
  search(shop: ConnectedShop, entity: string, criteria: Criteria, patience?: Patience): Promise<Fields[]>;
  /** Writes all operations or none. @throws ShopApiError */
  sync(shop: ConnectedShop, operations: readonly SyncOperation[]): Promise<void>;
  /** Runs the merchant's flows on one of the app's triggers. @throws ShopApiError */
  triggerEvent(shop: ConnectedShop, name: string, data: Fields): Promise<void>;
  /**
   * Sets values of the app's configuration, and others in their place by sales channel; null takes a value away.
   * @throws ShopApiError
   */
  writeConfig(shop: ConnectedShop, values: Fields, ofChannels?: Readonly<Record<string, Fields>>): Promise<void>;
}

interface Token {
  readonly value: string;
  readonly key: string;
  readonly validUntilMs: number;
}

/** A token is renewed this long before its end, so that it does not end on the way. */
const TOKEN_MARGIN_MS = 30_000;
/** Writing prices makes the shop index products before it answers. */
const SYNC_TIMEOUT_MS = 30_000;
/** Answers whose body says what was wrong. */
const EXPLAINED = [400, 403, 404];

export function createShopwareClient(deps: { readonly http: ShopHttp; readonly clock: Clock }): ShopwareClient {
  const authoriserFor = createTokens(deps);
  const post = async (
    shop: ConnectedShop,
    path: string,
    json: unknown,
    options: { headers?: Record<string, string> } & Patience = {},
  ): Promise<HttpResponse> => {
    const url = `${baseUrl(shop)}${path}`;
    const answer = await deps.http.request({ method: 'POST', url, json, ...options }, authoriserFor(shop), EXPLAINED);
    if (answer.status >= 400) throw refusal(path, answer);
    return answer;
  };
  return {
    async search(shop, entity, criteria, patience = {}) {
      const path = `/api/search/${entity.replaceAll('_', '-')}`;
      // Variants inherit price and categories from their parent.
      const answer = await post(shop, path, criteria, { headers: { 'sw-inheritance': '1' }, ...patience });
      const { data } = mapOf(answer.body);
      if (!Array.isArray(data)) throw new ShopApiError(`POST ${path} answered without a list of rows`, true);
      return mapsOf(data);
    },
    async sync(shop, operations) {
      // Our mirror is no event of the shop: flows of the merchant must not run on it.
      const headers = { 'sw-skip-trigger-flow': '1' };
      await post(shop, '/api/_action/sync', operations, { headers, timeoutMs: SYNC_TIMEOUT_MS });
    },
    async triggerEvent(shop, name, data) {
      await post(shop, `/api/_action/trigger-event/${name}`, data);
    },
    async writeConfig(shop, values, ofChannels = {}) {
      // All at once is for apps with a form of settings only: the shop looks for it, and refuses.
      if (Object.keys(values).length > 0) await post(shop, '/api/_action/system-config', values);
      for (const [channel, own] of Object.entries(ofChannels)) {
        await post(shop, `/api/_action/system-config?salesChannelId=${channel}`, own);
      }
    },
  };
}

function baseUrl(shop: ConnectedShop): string {
  return shop.url.replace(/\/+$/, '');
}

/** One token a shop, asked for once however many calls wait for it. */
function createTokens({ http, clock }: { readonly http: ShopHttp; readonly clock: Clock }): (shop: ConnectedShop) => Authoriser {
  const tokens = new Map<string, Promise<Token>>();

  const obtain = async (shop: ConnectedShop, key: string): Promise<Token> => {
    const { apiKey, secretKey } = shop.credentials;
    const url = `${baseUrl(shop)}/api/oauth/token`;
    const json = { grant_type: 'client_credentials', client_id: apiKey, client_secret: secretKey };
    const answer = await http.request({ method: 'POST', url, json }, null, [400, 401, 403]);
    const { access_token: value, expires_in: seconds } = mapOf(answer.body);
    // The merchant may deactivate the app and activate it again, so this may pass.
    if (answer.status >= 400) throw new ShopApiError(`the shop gave no token (${answer.status})`, true, 401);
    if (typeof value !== 'string') throw new ShopApiError('the shop answered without a token', true);
    return { value, key, validUntilMs: clock.nowMs() + (numberOf(seconds) ?? 0) * 1000 - TOKEN_MARGIN_MS };
  };

  const current = async (shop: ConnectedShop): Promise<Token> => {
    const key = `${shop.url} ${shop.credentials['apiKey']} ${shop.credentials['secretKey']}`;
    const known = tokens.get(shop.shopId);
    if (known) {
      const token = await known.catch(() => null);
      if (token?.key === key && token.validUntilMs > clock.nowMs()) return token;
    }
    const waiting = tokens.get(shop.shopId);
    if (waiting !== undefined && waiting !== known) return waiting;
    const asked = obtain(shop, key);
    tokens.set(shop.shopId, asked);
    // A failure is no token: whoever comes next asks again.
    asked.catch(() => tokens.get(shop.shopId) === asked && tokens.delete(shop.shopId));
    return asked;
  };

  return (shop) => ({
    headers: async () => ({ authorization: `Bearer ${(await current(shop)).value}` }),
    refresh: () => {
      tokens.delete(shop.shopId);
      return Promise.resolve();
    },
  });
}

/** Codes and places only: Shopware's texts quote values. A missing right is named, since the merchant must grant it. */
function refusal(path: string, answer: HttpResponse): ShopApiError {
  const [first = {}] = mapsOf(mapOf(answer.body)['errors']);
  const code = textOf(first['code']) ?? 'no code';
  const pointer = textOf(mapOf(first['source'])['pointer']);
  const rights = answer.status === 403 ? missingRights(textOf(first['detail'])) : [];
  const details = [code, ...(pointer === null ? [] : [`at ${pointer}`]), ...rights];
  return new ShopApiError(`POST ${path} answered ${answer.status} (${details.join(', ')})`, false, answer.status);
}

function missingRights(detail: string | null): string[] {
  const names = detail?.match(/\b[a-z_]+:(?:read|create|update|delete)\b/g) ?? [];
  return [...new Set(names)].map((name) => `missing ${name}`);
}
