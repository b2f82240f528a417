/**
 * The webhook route, on node:http: Express costs half of the deliveries a second (see the ADR on intake). It reads raw
 * bytes, has them verified and stored, and answers 2xx only then.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { errorAnswer } from '../error-answer';
import { AppError } from '../errors';
import type { Ids } from '../ids';
import type { InboxLog } from '../inbox/worker';
import type { PlatformName, RawDelivery, ShopPlatform } from '../platform/platform';
import type { Stored } from '../stores/inbox-store';
import type { AcceptDelivery } from './accept-delivery';
import { readBody } from './read-body';

export interface IntakeDeps {
  readonly platforms: readonly ShopPlatform[];
  readonly accept: AcceptDelivery;
  readonly ids: Ids;
  readonly log: InboxLog;
  readonly bodyLimitBytes: number;
  /** Called when a delivery begins; the function it returns is called with its result (`accepted`, `duplicate`, an error code). */
  readonly onDelivery?: (platform: PlatformName) => (result: string) => void;
}

/** The first folder below is the platform; what follows is for the sender's order and is not looked at. */
export const INTAKE_PATH = '/webhooks/';

/** `application/json`, with parameters or not. */
const JSON_TYPE = /^application\/json\s*(;|$)/i;

export function createIntake(deps: IntakeDeps): RequestListener {
  const platforms = new Map<string, ShopPlatform>(deps.platforms.map((platform) => [platform.name, platform]));
  return (request, response) => {
    const platform = platforms.get(platformSegment(request.url ?? ''));
    const report = platform && deps.onDelivery ? deps.onDelivery(platform.name) : () => undefined;
    receive(deps, platform, request)
      .then((stored) => {
        report(stored ?? 'aborted');
        if (stored) answer(response, deps.ids.next(), 200, { status: stored });
      })
      .catch((error: unknown) => {
        const known = error instanceof AppError ? error : new AppError('INTERNAL');
        const requestId = deps.ids.next();
        if (known !== error) deps.log.error({ error, requestId }, 'a delivery met a fault');
        report(known.code);
        for (const [name, value] of refusalHeaders(known, request)) response.setHeader(name, value);
        answer(response, requestId, known.status, errorAnswer(known, requestId));
      });
  };
}

function platformSegment(url: string): string {
  return /^\/webhooks\/([^/?]+)/.exec(url)?.[1] ?? '';
}

/** Null when the sender went away. */
async function receive(deps: IntakeDeps, platform: ShopPlatform | undefined, request: IncomingMessage): Promise<Stored | null> {
  if (!platform) throw new AppError('NOT_FOUND');
  if (request.method !== 'POST') throw new AppError('METHOD_NOT_ALLOWED');
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!JSON_TYPE.test(type) || encoding !== 'identity') throw new AppError('UNSUPPORTED_CONTENT_TYPE');
  const read = await readBody(request, deps.bodyLimitBytes);
  if (read.kind === 'aborted') return null;
  if (read.kind === 'too_large') throw new AppError('BODY_TOO_LARGE', { limitBytes: deps.bodyLimitBytes });
  // Node joins repeated headers into one text; `set-cookie` alone is a list, and no request has it.
  const headers = request.headers as RawDelivery['headers'];
  return deps.accept(platform, { headers, body: read.body });
}

function refusalHeaders(error: AppError, request: IncomingMessage): [string, string][] {
  const headers: [string, string][] = [];
  // Cut off: nobody will read the rest of the body from this connection.
  if (error.code === 'BODY_TOO_LARGE' && !request.complete) headers.push(['connection', 'close']);
  if (error.code === 'METHOD_NOT_ALLOWED') headers.push(['allow', 'POST']);
  if (error.code === 'RATE_LIMITED')
    headers.push(['retry-after', String(Math.ceil(Number(error.details['retryAfterMs']) / 1000))]);
  if (error.code === 'UNAVAILABLE') headers.push(['retry-after', '5']);
  return headers;
}

function answer(response: ServerResponse, requestId: string, status: number, content: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(content);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  });
  response.end(text);
}
