/**
 * One HTTP client for every shop API: time limits, bounded retry with jitter, Retry-After, one refresh on 401,
 * bounded response size, no redirects to other hosts. Platforms add their own authorisation.
 */
import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { Clock } from '../clock';
import { ShopApiError } from '../errors';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute URL without query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A body that is sent byte for byte, because it is signed; its type is among the headers. */
  readonly text?: string;
  readonly timeoutMs?: number;
  /** False for calls that must not be repeated when the answer was lost (default true). */
  readonly repeatable?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON where the answer is JSON, else text. */
  readonly body: unknown;
}

/** For what somebody waits for: it is asked once, and better not answered than late. */
export const INTERACTIVE = { timeoutMs: 5000, repeatable: false } as const;

export interface Authoriser {
  /** Headers for this very request (OAuth 1.0a signs URL and query). */
  headers(request: HttpRequest): Promise<Readonly<Record<string, string>>>;
  /** Called at most once a request, after a 401; absent = a 401 is final. */
  refresh?(): Promise<void>;
}

export interface ShopHttp {
  /**
   * Resolves with any 2xx answer, and with 4xx answers listed in `accept`.
   * @throws ShopApiError on everything else, after the retries that make sense
   */
  request(request: HttpRequest, authoriser: Authoriser | null, accept?: readonly number[]): Promise<HttpResponse>;
}

export interface ShopHttpOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Agents that refuse private addresses; absent = Node's own. */
  readonly agents?: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent };
  /** Tries in all (default 3), and waits that double from `baseMs` (200) up to `maxMs` (5000). */
  readonly retry?: { readonly attempts: number; readonly baseMs: number; readonly maxMs: number };
  /** Per try (default 10 s). */
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
}

const DEFAULT_RETRY = { attempts: 3, baseMs: 200, maxMs: 5000 };
const TIMEOUT_MS = 10_000;
const MAX_RESPONSE_BYTES = 20_000_000;
/** A shop that asks for a longer wait is left to the worker's own schedule. */
const LONGEST_WAIT_MS = 10_000;
/** An answer beyond the size limit, and an address that leads into our own network. */
const FINAL_FAILURES = new Set(['ERR_BAD_RESPONSE', 'OUTGOING_URL_REFUSED']);
const RETRYABLE = new Set([408, 425, 429, 500, 502, 503, 504]);

export function createShopHttp(options: ShopHttpOptions): ShopHttp {
  const client = axios.create({
    maxRedirects: 0,
    maxContentLength: options.maxResponseBytes ?? MAX_RESPONSE_BYTES,
    responseType: 'text',
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
    // A proxy from the environment would see every secret.
    proxy: false,
    ...(options.agents ?? {}),
  });
  return {
    async request(request, authoriser, accept = []) {
      const attempts = request.repeatable === false ? 1 : (options.retry ?? DEFAULT_RETRY).attempts;
      let refreshed = false;
      for (let attempt = 1; ; attempt += 1) {
        const answer = await send(client, options, request, authoriser);
        if (!(answer instanceof ShopApiError)) {
          if (isSuccess(answer.status) || accept.includes(answer.status)) return answer;
          if (answer.status === 401 && !refreshed && authoriser?.refresh) {
            refreshed = true;
            await authoriser.refresh();
            // The refused call did nothing, so it does not count as a try.
            attempt -= 1;
            continue;
          }
        }
        const error = answer instanceof ShopApiError ? answer : statusError(request, answer, options.clock);
        const wait = waitMs(options, error, attempt);
        if (!error.retryable || attempt >= attempts || wait === null) throw error;
        await options.sleep(wait);
      }
    },
  };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** One try: whatever status the shop answers, or why there was no answer. */
async function send(
  client: AxiosInstance,
  options: ShopHttpOptions,
  request: HttpRequest,
  authoriser: Authoriser | null,
): Promise<HttpResponse | ShopApiError> {
  const authorisation = authoriser ? await authoriser.headers(request) : {};
  const timeoutMs = request.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS;
  try {
    const response: AxiosResponse<string> = await client.request({
      method: request.method,
      url: request.url,
      params: request.query ?? {},
      paramsSerializer: { serialize: serialised },
      headers: {
        accept: 'application/json',
        ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
        ...authorisation,
      },
      ...(request.json === undefined ? {} : { data: JSON.stringify(request.json) }),
      ...(request.text === undefined ? {} : { data: request.text }),
      timeout: timeoutMs,
      // The limit above starts anew with each byte; this one is for the whole try.
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, headers: flatHeaders(response.headers), body: parsedBody(response) };
  } catch (error) {
    if (!axios.isAxiosError(error)) throw error;
    // Neither URL query nor body: both may hold personal data or secrets.
    const reason = error.code ?? 'no answer';
    const final = FINAL_FAILURES.has(reason);
    return new ShopApiError(`${request.method} ${pathOf(request.url)} failed: ${reason}`, !final);
  }
}

/** As RFC 3986 has it: Magento takes a plus for a plus when it checks a signature, and for a space when it reads the query. */
function serialised(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&');
}

function flatHeaders(headers: unknown): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers as Record<string, unknown>)) {
    if (typeof value === 'string') flat[name.toLowerCase()] = value;
  }
  return flat;
}

function parsedBody(response: AxiosResponse<string>): unknown {
  const type = String(response.headers['content-type'] ?? '');
  if (!/json/i.test(type)) return response.data;
  try {
    return JSON.parse(response.data) as unknown;
  } catch {
    return response.data;
  }
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : 'request';
}

function statusError(request: HttpRequest, answer: HttpResponse, clock: Clock): ShopApiError {
  return new ShopApiError(
    `${request.method} ${pathOf(request.url)} answered ${answer.status}`,
    RETRYABLE.has(answer.status),
    answer.status,
    retryAfterMs(answer.headers['retry-after'], clock),
  );
}

/** Retry-After as seconds or as a date; null when absent or unreadable. */
function retryAfterMs(header: string | undefined, clock: Clock): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - clock.nowMs());
}

/** Milliseconds before the next try; null when the shop asks for more patience than a call has. */
function waitMs(options: ShopHttpOptions, error: ShopApiError, attempt: number): number | null {
  const { baseMs, maxMs } = options.retry ?? DEFAULT_RETRY;
  const backoff = options.random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
  const asked = error.retryAfterMs ?? 0;
  return asked > LONGEST_WAIT_MS ? null : Math.max(backoff, asked);
}
