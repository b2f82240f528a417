import type { ApiAnswer, ApiRequest } from '../shop-server';
import { ApiError, apiError, errorEntry, missingPrivileges } from './api-error';
import { SEARCHABLE } from './definitions';
import type { IntegrationAccess } from './integration-access';
import { search, type SearchAnswer } from './search';
import type { ShopIds } from './shop-ids';
import { SyncWriter, type WrittenRow } from './sync';
import type { TableStore } from './table-store';

export interface AdminApiDeps {
  readonly store: TableStore;
  readonly ids: ShopIds;
  readonly access: IntegrationAccess;
  /** System configuration by key. */
  readonly config: Map<string, unknown>;
  readonly failNext: number[];
  readonly onWritten: (rows: readonly WrittenRow[]) => void;
  /** Triggers of the app's flow.xml. */
  readonly flowEvents: readonly string[];
  readonly onTriggered: (event: FlowEvent) => void;
}

/** A trigger of the Flow Builder that an app pulled. */
export interface FlowEvent {
  readonly name: string;
  readonly data: unknown;
}

export const TOKEN_PATH = '/api/oauth/token';
const SYNC_PATH = '/api/_action/sync';
const CONFIG_PATH = '/api/_action/system-config';
const TRIGGER_PATH = /^\/api\/_action\/trigger-event\/([^/]+)$/;
const SEARCH_PATH = /^\/api\/search\/([a-z-]+)$/;
const CONFIG_PRIVILEGES = ['system_config:update', 'system_config:create', 'system_config:delete'];
const JSON_TYPE = { 'content-type': 'application/json' };

export function answerApi(deps: AdminApiDeps, request: ApiRequest): ApiAnswer {
  try {
    return route(deps, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const wait = error.status === 429 ? { 'retry-after': '1' } : {};
    return { status: error.status, headers: { ...JSON_TYPE, ...wait }, body: { errors: error.errors } };
  }
}

function route(deps: AdminApiDeps, request: ApiRequest): ApiAnswer {
  const { method, path } = request;
  if (path === TOKEN_PATH) {
    requirePost(method);
    return { status: 200, headers: JSON_TYPE, body: deps.access.issueToken(readJson(request)) };
  }
  // Not for tokens: a client that meets a 401 must be able to fetch a new one.
  const failure = deps.failNext.shift();
  if (failure !== undefined) throw apiError(failure, '0', `The sandbox was told to answer ${failure}.`);
  deps.access.requireToken(request.headers.authorization);
  const entity = SEARCH_PATH.exec(path)?.[1]?.replace(/-/g, '_');
  if (entity !== undefined && SEARCHABLE.has(entity)) {
    requirePost(method);
    return presented(request, entity, answerSearch(deps, entity, request));
  }
  if (path === SYNC_PATH) {
    requirePost(method);
    const { answer, written } = SyncWriter.run(
      deps.store,
      deps.ids,
      (privilege) => deps.access.may(privilege),
      readJson(request),
    );
    deps.onWritten(written);
    return { status: 200, headers: JSON_TYPE, body: answer };
  }
  if (path === `${CONFIG_PATH}/batch`) {
    requirePost(method);
    // The shop checks all at once against the app's form of settings, and ours has none.
    throw apiError(404, 'SYSTEM__SCOPE_NOT_FOUND', 'Configuration for scope not found.');
  }
  if (path === CONFIG_PATH) {
    requirePost(method);
    saveConfigs(deps, request);
    return { status: 204, headers: {}, body: null };
  }
  const trigger = TRIGGER_PATH.exec(path)?.[1];
  if (trigger !== undefined) {
    requirePost(method);
    return triggerFlow(deps, trigger, readJson(request));
  }
  throw apiError(404, 'FRAMEWORK__ROUTE_NOT_FOUND', `No route found for "${method} ${path}"`);
}

function requirePost(method: string): void {
  if (method !== 'POST') throw apiError(405, '0', `Method Not Allowed (Allow: POST), not ${method}`);
}

function answerSearch(deps: AdminApiDeps, entity: string, request: ApiRequest): SearchAnswer {
  return search(deps.store, entity, request.body === '' ? {} : readJson(request), (entities) => {
    const missing = [...entities].map((name) => `${name}:read`).filter((privilege) => !deps.access.may(privilege));
    if (missing.length > 0) throw missingPrivileges(missing);
  });
}

/** Plain JSON only for who asks for it; everybody else gets JSON:API, as from Shopware. */
function presented(request: ApiRequest, entity: string, { total, data }: SearchAnswer): ApiAnswer {
  if (String(request.headers.accept ?? '').includes('application/json')) {
    return { status: 200, headers: JSON_TYPE, body: { total, data, aggregations: [] } };
  }
  const resources = data.map(({ id, ...attributes }) => ({ id, type: entity, attributes, relationships: [] }));
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.api+json' },
    body: { data: resources, included: [], links: {}, meta: { totalCountMode: 0, total }, aggregations: [] },
  };
}

function triggerFlow(deps: AdminApiDeps, name: string, data: unknown): ApiAnswer {
  if (!deps.flowEvents.includes(name)) {
    const detail = `The provided event name ${name} is invalid or uninstalled and no custom trigger could be found.`;
    throw apiError(404, 'ADMINISTRATION__CUSTOM_TRIGGER_BY_NAME_NOT_FOUND', detail);
  }
  deps.onTriggered({ name, data });
  return { status: 200, headers: JSON_TYPE, body: { message: `The trigger \`${name}\`successfully dispatched!` } };
}

/** One set of values, or one by sales channel, `null` = of all. */
function saveConfigs(deps: AdminApiDeps, request: ApiRequest): void {
  const missing = CONFIG_PRIVILEGES.filter((privilege) => !deps.access.may(privilege));
  if (missing.length > 0) throw missingPrivileges(missing);
  const values = readJson(request);
  const channel = request.query.get('salesChannelId');
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw apiError(400, 'FRAMEWORK__INVALID_REQUEST', 'The values must be an object.');
  }
  for (const [key, value] of Object.entries(values)) {
    if (!/^\w+(\.\w+)+$/.test(key)) throw apiError(400, 'SYSTEM__INVALID_CONFIG_KEY', `"${key}" is no key of a domain.`);
    const name = channel === null ? key : `${channel}:${key}`;
    if (value === null) deps.config.delete(name);
    else deps.config.set(name, value);
  }
}

function readJson(request: ApiRequest): unknown {
  const type = String(request.headers['content-type'] ?? '');
  if (!type.startsWith('application/json')) throw malformed(`The content type "${type}" is not JSON.`);
  try {
    return JSON.parse(request.body) as unknown;
  } catch {
    throw malformed('The JSON payload is malformed.');
  }
}

function malformed(detail: string): ApiError {
  return new ApiError(400, [errorEntry(400, '0', detail)]);
}
