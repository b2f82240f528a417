import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '../../../sidecar/src/clock';
import { ShopApiError } from '../../../sidecar/src/errors';
import { createShopHttp, type Authoriser, type HttpRequest } from '../../../sidecar/src/platform/http-client';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

describe('the HTTP client for shops', () => {
  let server: Server;
  let url: string;
  let answers: Answer[];
  let seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  let waits: number[];

  beforeEach(async () => {
    answers = [];
    seen = [];
    waits = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        answer?.(request, response, body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/thing`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const status =
    (code: number, headers: Record<string, string> = {}, body = '{"ok":true}'): Answer =>
    (_request, response) =>
      response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(body);

  function client(options: Partial<Parameters<typeof createShopHttp>[0]> = {}) {
    return createShopHttp({
      clock: new ManualClock(Date.parse('2026-01-01T00:00:00.000Z')),
      random: () => 0.5,
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      ...options,
    });
  }

  const get = (change: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'GET', url, ...change });

  async function failure(work: Promise<unknown>): Promise<ShopApiError> {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ShopApiError)) throw new Error(`expected a ShopApiError, got ${String(error)}`);
    return error;
  }

  it('sends JSON, query and authorisation, and parses the answer', async () => {
    answers = [status(200)];
    const authoriser: Authoriser = { headers: () => Promise.resolve({ authorization: 'Bearer t' }) };
    const answer = await client().request({ method: 'POST', url, query: { 'a[0]': 'x y' }, json: { n: 1 } }, authoriser);
    expect(answer.body).toEqual({ ok: true });
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"n":1}' });
    expect(new URL(seen[0]?.url ?? '', url).search).toBe('?a%5B0%5D=x%20y');
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'content-type': 'application/json' });
  });

  it('tries again after 500 and 429, waiting as long as Retry-After asks', async () => {
    answers = [status(500), status(429, { 'retry-after': '3' }), status(200)];
    expect((await client().request(get(), null)).status).toBe(200);
    expect(waits).toEqual([100, 3000]);
  });

  it('gives up after the last try and says what the shop answered', async () => {
    answers = [status(503)];
    const error = await failure(client().request(get(), null));
    expect(error).toMatchObject({ status: 503, retryable: true });
    expect(seen).toHaveLength(3);
  });

  it('leaves a long Retry-After to the worker', async () => {
    answers = [status(429, { 'retry-after': 'Thu, 01 Jan 2026 00:10:00 GMT' })];
    expect(await failure(client().request(get(), null))).toMatchObject({ retryable: true, retryAfterMs: 600_000 });
    expect(seen).toHaveLength(1);
  });

  it('does not repeat what must not be repeated, nor what the shop refused', async () => {
    answers = [status(500)];
    await failure(client().request(get({ repeatable: false }), null));
    expect(seen).toHaveLength(1);
    answers = [status(400)];
    expect(await failure(client().request(get(), null))).toMatchObject({ retryable: false, status: 400 });
    expect(seen).toHaveLength(2);
  });

  it('refreshes once after a 401; a second one is final', async () => {
    let refreshes = 0;
    const authoriser: Authoriser = {
      headers: () => Promise.resolve({ authorization: `Bearer ${refreshes}` }),
      refresh: () => {
        refreshes += 1;
        return Promise.resolve();
      },
    };
    answers = [status(401), status(200)];
    expect((await client().request(get(), authoriser)).status).toBe(200);
    expect(seen[1]?.headers.authorization).toBe('Bearer 1');
    answers = [status(401)];
    expect(await failure(client().request(get(), authoriser))).toMatchObject({ status: 401, retryable: false });
    expect(refreshes).toBe(2);
  });

  it('hands over statuses the caller wants to read', async () => {
    answers = [status(404, {}, '{"message":"gone"}')];
    expect(await client().request(get(), null, [404])).toMatchObject({ status: 404, body: { message: 'gone' } });
  });

  it('stops at the time limit and at the size limit', async () => {
    answers = [() => undefined];
    const slow = client({ timeoutMs: 30, retry: { attempts: 1, baseMs: 1, maxMs: 1 } });
    expect(await failure(slow.request(get(), null))).toMatchObject({ retryable: true, status: null });
    answers = [status(200, {}, `"${'x'.repeat(5000)}"`)];
    const small = client({ maxResponseBytes: 1000 });
    expect(await failure(small.request(get(), null))).toMatchObject({ retryable: false });
  });

  it('does not follow redirects, and says neither query nor body in errors', async () => {
    answers = [status(302, { location: 'http://127.0.0.1:1/' })];
    const error = await failure(
      client().request({ method: 'POST', url, query: { token: 'secret-1' }, json: { password: 'secret-2' } }, null),
    );
    expect(error.status).toBe(302);
    expect(`${error.message} ${error.stack}`).not.toMatch(/secret-/);
    expect(seen).toHaveLength(1);
  });

  it('takes a closed connection for a fault that may pass', async () => {
    answers = [(request) => request.socket.destroy(), status(200)];
    expect((await client().request(get(), null)).status).toBe(200);
    expect(seen).toHaveLength(2);
  });
});
