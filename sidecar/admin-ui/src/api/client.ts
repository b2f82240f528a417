import createClient, { type Middleware } from 'openapi-fetch';
import { bearer, endSession } from '../session';
import { ApiFault, faultOf } from './fault';
import type { paths } from './openapi';

/** The API's root, seen from the page: `/ui/`, `/shopware/admin` and `/magento/admin` are all one step below it. */
const root = new URL('../', location.href);

const PATIENCE_MS = 30_000;

const guard: Middleware = {
  onRequest: ({ request }) => {
    request.headers.set('authorization', bearer());
    request.headers.set('accept-language', document.documentElement.lang);
    return new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]) });
  },
  onResponse: ({ response }) => {
    if (response.status === 401) endSession();
  },
  onError: ({ error }) => new ApiFault('UNREACHABLE', error instanceof Error ? error.message : ''),
};

export const api = createClient<paths>({ baseUrl: `${root.origin}${root.pathname.replace(/\/$/, '')}` });
api.use(guard);

/** A session for a name and its password; no part of the API, since nobody calls it who has a key. @throws ApiFault */
export async function logIn(name: string, password: string): Promise<string> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) };
  const response = await fetch(new URL('staff/login', root), request).catch(() => null);
  if (response === null) throw new ApiFault('UNREACHABLE', '');
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw faultOf(body);
  return (body as { token: string }).token;
}

interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
}

/** What was answered. @throws ApiFault */
export async function answer<Data>(asked: Promise<Answered<Data>>): Promise<NonNullable<Data>> {
  const { data, error } = await asked;
  if (error !== undefined || data === undefined || data === null) throw error instanceof ApiFault ? error : faultOf(error);
  return data;
}
