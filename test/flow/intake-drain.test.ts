import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { call, openFixture, sign, type HttpFixture } from './http-fixture';

const SECRET = 'secret-of-the-shop';

describe('a server that is asked to stop', () => {
  let fixture: HttpFixture;
  const agent = new Agent({ keepAlive: true });
  beforeEach(async () => {
    fixture = await openFixture();
    await fixture.addShop('Shop1', SECRET);
  });
  afterEach(async () => {
    agent.destroy();
    await fixture.close();
  });

  interface Begun {
    readonly request: ClientRequest;
    readonly rest: string;
    readonly answer: Promise<{ status: number; connection: string | undefined; text: string }>;
  }
  /** Sends all but the end of a delivery; resolves when the server has begun to read it. */
  const begin = async (eventId: string): Promise<Begun> => {
    const body = JSON.stringify({ eventId });
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-shop': 'Shop1',
      'x-signature': sign(body, SECRET),
    };
    const begun = new Promise<void>((resolve) => fixture.http.server.once('request', () => resolve()));
    const request = httpRequest(`${fixture.url}/webhooks/shopware`, { method: 'POST', agent, headers });
    const answer = new Promise<IncomingMessage>((resolve, reject) => request.on('response', resolve).on('error', reject)).then(
      async (response) => {
        let text = '';
        for await (const chunk of response) text += String(chunk);
        return { status: response.statusCode ?? 0, connection: response.headers.connection, text };
      },
    );
    request.write(body.slice(0, -3));
    await begun;
    return { request, rest: body.slice(-3), answer };
  };

  it('finishes what it has begun, stored and answered, and takes nothing new', async () => {
    const [one, other] = [await begin('event-1'), await begin('event-2')];
    const drained = fixture.http.drain(10_000);
    await expect(call(`${fixture.url}/health`, { method: 'GET' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    one.request.end(one.rest);
    other.request.end(other.rest);
    for (const begun of [one, other])
      expect(await begun.answer).toEqual({ status: 200, connection: 'close', text: '{"status":"accepted"}' });
    expect(await drained).toBe(true);
    expect(await fixture.stored()).toHaveLength(2);
  });

  it('does not wait for connections that are idle', async () => {
    const begun = await begin('event-1');
    begun.request.end(begun.rest);
    expect((await begun.answer).connection).toBe('keep-alive');
    expect(await fixture.http.drain(10_000)).toBe(true);
  });

  it('cuts off at last what does not end', async () => {
    const begun = await begin('event-1');
    const failed = begun.answer.then(
      () => null,
      (error: unknown) => (error as { code?: unknown }).code,
    );
    expect(await fixture.http.drain(0)).toBe(false);
    expect(await failed).toBe('ECONNRESET');
    expect(await fixture.stored()).toEqual([]);
  });
});
