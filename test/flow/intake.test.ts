import { connect, type Socket } from 'node:net';
import { errorCatalogue } from '../../sidecar/src/errors';
import { findShopById, saveConfirmation, savePendingRegistration, setShopStatus } from '../../sidecar/src/stores/shop-store';
import { BODY_LIMIT, call, errorCode, openFixture, sign, type Answer, type Call, type HttpFixture } from './http-fixture';

const SECRET = 'secret-of-the-shop';

describe('intake', () => {
  let fixture: HttpFixture;
  beforeEach(async () => {
    fixture = await openFixture();
    await fixture.addShop('Shop1', SECRET);
  });
  afterEach(() => fixture.close());

  interface Delivery {
    readonly body?: unknown;
    /** Sent as it is, instead of `body`. */
    readonly raw?: string | Buffer;
    readonly shop?: string;
    readonly secret?: string;
    readonly headers?: Record<string, string>;
    readonly path?: string;
  }
  const deliver = (delivery: Delivery = {}): Promise<Answer> => {
    const body = delivery.raw ?? JSON.stringify(delivery.body ?? { eventId: 'event-1' });
    const request: Call = {
      headers: {
        'content-type': 'application/json',
        'x-shop': delivery.shop ?? 'Shop1',
        'x-signature': sign(body, delivery.secret ?? SECRET),
        ...delivery.headers,
      },
      body,
    };
    return call(`${fixture.url}${delivery.path ?? '/webhooks/shopware'}`, request);
  };
  const expectRefusal = async (answer: Answer, code: keyof typeof errorCatalogue): Promise<void> => {
    expect(answer.status).toBe(errorCatalogue[code].status);
    expect(answer.body).toEqual({
      error: {
        code,
        message: errorCatalogue[code].hint,
        details: expect.any(Object) as unknown,
        requestId: answer.headers['x-request-id'],
      },
    });
    expect(await fixture.stored()).toEqual([]);
    expect(fixture.wakes()).toBe(0);
  };

  describe('of genuine deliveries', () => {
    it('stores the raw body, then answers', async () => {
      const raw = '{ "eventId":"event-1",\n "url":"http:\\/\\/shop.example", "name":"Müller 😀" }';
      const answer = await deliver({ raw });
      expect(answer).toMatchObject({ status: 200, body: { status: 'accepted' } });
      expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      expect(await fixture.stored()).toEqual([{ event_id: 'event-1', body: raw, topic: 'order.written' }]);
      expect(fixture.results).toEqual(['accepted']);
      expect(fixture.wakes()).toBe(1);
    });

    it.each([
      '/webhooks/shopware/',
      '/webhooks/shopware/checkout.order.placed',
      '/webhooks/shopware/a/b?c=d',
      '/webhooks/shopware?c=d',
    ])('takes them at %s', async (path) => {
      expect((await deliver({ path })).status).toBe(200);
    });

    it('takes content types with parameters', async () => {
      expect((await deliver({ headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).status).toBe(200);
    });

    it('stores one of many copies sent at once', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => deliver()));
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
      const statuses = answers.map(({ body }) => (body as { status: string }).status).sort();
      expect(statuses).toEqual(['accepted', ...(Array(49).fill('duplicate') as string[])]);
      expect(await fixture.stored()).toHaveLength(1);
      expect(fixture.wakes()).toBe(1);
    });

    it('stores many different ones sent at once, duplicates among them', async () => {
      await Promise.all(Array.from({ length: 120 }, (_, index) => deliver({ body: { eventId: `event-${index % 100}` } })));
      expect(await fixture.stored()).toHaveLength(100);
    });

    it('remembers the shop, so that a delivery costs one statement', async () => {
      await deliver({ body: { eventId: 'event-1' } });
      fixture.statements();
      for (const eventId of ['event-2', 'event-3']) await deliver({ body: { eventId } });
      expect(fixture.statements().map((sql) => sql.split(' ').slice(0, 3).join(' '))).toEqual(
        Array(2).fill('insert into "inbox_message"'),
      );
    });
  });

  describe('refuses', () => {
    it('other paths', async () => {
      for (const path of [
        '/webhooks/',
        '/webhooks/woocommerce',
        '/webhooks/shopwarex',
        '/webhooks/__proto__',
        '/webhooks/%73hopware',
      ])
        await expectRefusal(await deliver({ path }), 'NOT_FOUND');
    });

    it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('the method %s', async (method) => {
      const answer = await call(`${fixture.url}/webhooks/shopware`, { method, headers: { 'x-shop': 'Shop1' } });
      await expectRefusal(answer, 'METHOD_NOT_ALLOWED');
      expect(answer.headers.allow).toBe('POST');
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
      'the content type "%s"',
      async (type) => {
        await expectRefusal(await deliver({ headers: { 'content-type': type } }), 'UNSUPPORTED_CONTENT_TYPE');
      },
    );

    it('compressed bodies', async () => {
      await expectRefusal(await deliver({ headers: { 'content-encoding': 'gzip' } }), 'UNSUPPORTED_CONTENT_TYPE');
    });

    it('bodies above the limit, and takes those at it', async () => {
      const body = (bytes: number): string => {
        const frame = JSON.stringify({ eventId: 'event-1', fill: '' });
        return JSON.stringify({ eventId: 'event-1', fill: 'x'.repeat(bytes - frame.length) });
      };
      await expectRefusal(await deliver({ raw: body(BODY_LIMIT + 1) }), 'BODY_TOO_LARGE');
      await expectRefusal(
        await deliver({ raw: body(BODY_LIMIT + 1), headers: { 'transfer-encoding': 'chunked' } }),
        'BODY_TOO_LARGE',
      );
      expect((await deliver({ raw: body(BODY_LIMIT) })).status).toBe(200);
    });

    it('shops it does not know, whatever they call themselves', async () => {
      for (const shop of ['Shop2', 'shop1', '', 'x'.repeat(65), "' or 1=1 --", 'Sh\u00f6p'])
        await expectRefusal(await deliver({ shop }), 'UNKNOWN_SHOP');
      fixture.statements();
      const anonymous = await call(`${fixture.url}/webhooks/shopware`, {
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      await expectRefusal(anonymous, 'UNKNOWN_SHOP');
    });

    it('shops that have not confirmed', async () => {
      await fixture.addShop('Shop2', SECRET, 'pending');
      await expectRefusal(await deliver({ shop: 'Shop2' }), 'SHOP_NOT_ACTIVE');
    });

    it('deliveries without signature, whatever they hold', async () => {
      const unsigned = (body: string): Promise<Answer> =>
        call(`${fixture.url}/webhooks/shopware`, { headers: { 'content-type': 'application/json', 'x-shop': 'Shop1' }, body });
      for (const body of ['{"eventId":"event-1"}', '{"broken', '', '\u0000'])
        await expectRefusal(await unsigned(body), 'MISSING_SIGNATURE');
    });

    it('wrong signatures, whatever the delivery holds', async () => {
      for (const raw of ['{"eventId":"event-1"}', '{"broken', '{}'])
        await expectRefusal(await deliver({ raw, secret: 'wrong' }), 'BAD_SIGNATURE');
    });

    it('bodies changed after signing', async () => {
      const answer = await deliver({
        raw: '{"eventId": "event-1"}',
        headers: { 'x-signature': sign('{"eventId":"event-1"}', SECRET) },
      });
      await expectRefusal(answer, 'BAD_SIGNATURE');
    });

    it('old timestamps', async () => {
      await expectRefusal(
        await deliver({ headers: { 'x-timestamp': String(fixture.clock.nowMs() - 300_001) } }),
        'TIMESTAMP_OUT_OF_TOLERANCE',
      );
    });

    it('signed bodies that are no JSON', async () => {
      for (const raw of ['', '{"eventId":"event-1"', 'eventId=event-1', Buffer.from([0xff, 0xfe, 0x00])])
        await expectRefusal(await deliver({ raw }), 'MALFORMED_JSON');
    });

    it('signed bodies without event id', async () => {
      for (const raw of [
        '{}',
        'null',
        '[]',
        '1e999',
        '{"eventId":7}',
        '{"eventId":""}',
        `${'['.repeat(2000)}${']'.repeat(2000)}`,
      ])
        await expectRefusal(await deliver({ raw }), 'MISSING_EVENT_ID');
    });

    it('ids the database could not hold as they are', async () => {
      for (const body of [
        { eventId: 'x'.repeat(192) },
        { eventId: 'ev\u00e9nt' },
        { eventId: 'event-1', topic: 'x'.repeat(192) },
        { eventId: 'event-1', resource: 'order:\n' },
      ])
        await expectRefusal(await deliver({ body }), 'INVALID_INPUT');
    });

    it('never with a server error for what others send', async () => {
      const answers = await Promise.all(
        ['{"broken', '[]', '{"eventId":{}}', '{"__proto__":{"eventId":"x"}}', '"\\ud800"', '-', '{"eventId":1e400}'].flatMap(
          (raw) => [deliver({ raw }), deliver({ raw, secret: 'wrong' }), deliver({ raw, shop: '\u00ff' })],
        ),
      );
      for (const { status } of answers) expect(status).toBeLessThan(500);
      expect(await fixture.stored()).toEqual([]);
    });
  });

  it('refuses what comes too fast, saying when to come back', async () => {
    await fixture.close();
    fixture = await openFixture({ ratePerSecond: 1 });
    await fixture.addShop('Shop1', SECRET);
    await fixture.addShop('Shop2', SECRET);
    const codes: unknown[] = [];
    for (let index = 0; index < 3; index += 1) codes.push(errorCode(await deliver({ body: { eventId: `event-${index}` } })));
    expect(codes).toEqual([null, null, 'RATE_LIMITED']);
    const refused = await deliver({ body: { eventId: 'event-2' } });
    expect(refused.headers['retry-after']).toBe('1');
    expect((await deliver({ shop: 'Shop2' })).status).toBe(200);
    fixture.clock.advance(1000);
    expect((await deliver({ body: { eventId: 'event-2' } })).status).toBe(200);
  });

  it('asks to try again when the database fails, and says no more than that', async () => {
    await deliver();
    await fixture.storage.close();
    const answer = await deliver({ body: { eventId: 'event-2' } });
    expect(answer.status).toBe(503);
    expect(errorCode(answer)).toBe('UNAVAILABLE');
    expect(answer.headers['retry-after']).toBe('5');
    expect(JSON.stringify(answer.body)).not.toMatch(/sql|database/i);
    expect(fixture.logged.map(({ level }) => level)).toEqual(['error']);
    expect(fixture.results).toEqual(['accepted', 'UNAVAILABLE']);
  });

  it('answers a fault of ours without its cause, which is in the log under the request id', async () => {
    const answer = await deliver({ headers: { 'x-signature': 'bug' } });
    await expectRefusal(answer, 'INTERNAL');
    expect(JSON.stringify(answer.body)).not.toContain('hush');
    expect(fixture.logged[0]?.details).toMatchObject({ requestId: answer.headers['x-request-id'] });
    expect(String(fixture.logged[0]?.details['error'])).toContain('hush');
  });

  describe('of an inactive shop', () => {
    it.each(['inactive', 'deleted'] as const)('hears only of the app itself (%s)', async (status) => {
      await fixture.addShop('Shop2', SECRET, status);
      await expectRefusal(await deliver({ shop: 'Shop2' }), 'SHOP_NOT_ACTIVE');
      await expectRefusal(await deliver({ shop: 'Shop2', secret: 'wrong' }), 'BAD_SIGNATURE');
      const body = { eventId: 'event-1', topic: 'app.activated' };
      expect((await deliver({ shop: 'Shop2', body })).body).toEqual({ status: 'accepted' });
      expect((await deliver({ shop: 'Shop2', body })).body).toEqual({ status: 'duplicate' });
    });
  });

  describe('while another process changes the shop', () => {
    const rotate = async (secret: string): Promise<void> => {
      const { storage, sealer, clock } = fixture;
      await savePendingRegistration(storage.db, sealer, 'shop-1', { secret, url: 'https://shop.example' });
      const row = await findShopById(storage.db, 'shop-1');
      if (!row) throw new Error('the shop is not there');
      const previousValidUntil = new Date(clock.nowMs() + 60_000).toISOString();
      const connection = { secret, url: row.url, credentials: {}, previousValidUntil, now: clock.now() };
      expect(await saveConfirmation(storage.db, sealer, row, connection)).toBe(true);
    };

    it('takes the new secret at once and the old one for its minute', async () => {
      await deliver({ body: { eventId: 'event-1' } });
      await rotate('new-secret');
      expect((await deliver({ body: { eventId: 'event-2' }, secret: 'new-secret' })).status).toBe(200);
      expect((await deliver({ body: { eventId: 'event-3' } })).status).toBe(200);
      fixture.clock.advance(59_999);
      expect((await deliver({ body: { eventId: 'event-4' } })).status).toBe(200);
      fixture.clock.advance(1);
      expect(errorCode(await deliver({ body: { eventId: 'event-5' } }))).toBe('BAD_SIGNATURE');
      expect((await deliver({ body: { eventId: 'event-5' }, secret: 'new-secret' })).status).toBe(200);
    });

    it('ends the minute even while the shop is remembered', async () => {
      await rotate('new-secret');
      fixture.clock.advance(58_000);
      expect((await deliver({ body: { eventId: 'event-1' } })).status).toBe(200);
      fixture.clock.advance(2_000);
      expect(errorCode(await deliver({ body: { eventId: 'event-2' } }))).toBe('BAD_SIGNATURE');
    });

    it('takes deliveries again as soon as it is active', async () => {
      await setShopStatus(fixture.storage.db, 'shop-1', 'inactive', fixture.clock.now());
      expect(errorCode(await deliver())).toBe('SHOP_NOT_ACTIVE');
      await setShopStatus(fixture.storage.db, 'shop-1', 'active', fixture.clock.now());
      expect((await deliver()).status).toBe(200);
    });

    it('goes on with what it remembers for a few seconds, unless it is told', async () => {
      await deliver({ body: { eventId: 'event-1' } });
      await setShopStatus(fixture.storage.db, 'shop-1', 'inactive', fixture.clock.now());
      expect((await deliver({ body: { eventId: 'event-2' } })).status).toBe(200);
      fixture.clock.advance(5_000);
      expect(errorCode(await deliver({ body: { eventId: 'event-3' } }))).toBe('SHOP_NOT_ACTIVE');

      await setShopStatus(fixture.storage.db, 'shop-1', 'active', fixture.clock.now());
      await deliver({ body: { eventId: 'event-3' } });
      await setShopStatus(fixture.storage.db, 'shop-1', 'inactive', fixture.clock.now());
      fixture.directory.forget('shop-1');
      expect(errorCode(await deliver({ body: { eventId: 'event-4' } }))).toBe('SHOP_NOT_ACTIVE');
    });

    it('reads the shop once for many who ask at a time, but not across a change', async () => {
      const { directory } = fixture;
      const read = () => directory.read('shopware', 'Shop1');
      fixture.statements();
      const readings = Array.from({ length: 20 }, read);
      directory.forget('shop-1');
      const afterwards = Array.from({ length: 20 }, read);
      const shops = await Promise.all([...readings, ...afterwards]);
      expect(fixture.statements()).toHaveLength(2);
      expect(shops.every((shop) => shop?.shopId === 'shop-1')).toBe(true);
    });
  });

  describe('on the wire', () => {
    /** Sends bytes on one connection and collects what comes back until `done` says so or the connection ends. */
    const talk = (
      bytes: readonly (string | Buffer)[],
      done: (text: string) => boolean,
    ): Promise<{ text: string; socket: Socket }> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(fixture.url);
        let text = '';
        const socket = connect(Number(port), hostname, () => {
          for (const part of bytes) socket.write(part);
        });
        const end = (): void => resolve({ text, socket });
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString('latin1');
          if (done(text)) end();
        });
        socket.on('close', end);
        socket.on('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ECONNRESET' || error.code === 'EPIPE' ? end() : reject(error),
        );
      });
    const message = (body: string, signature = sign(body, SECRET), length = Buffer.byteLength(body)): string =>
      [
        'POST /webhooks/shopware HTTP/1.1',
        'host: sidecar',
        'content-type: application/json',
        'x-shop: Shop1',
        `x-signature: ${signature}`,
        `content-length: ${length}`,
        '',
        body,
      ].join('\r\n');
    const answersIn = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1] ?? '');

    it('keeps the connection after a body that is too large', async () => {
      const tooLarge = message('x'.repeat(BODY_LIMIT * 2));
      const { text, socket } = await talk([tooLarge, message('{"eventId":"event-1"}')], (seen) => answersIn(seen).length === 2);
      expect(answersIn(text)).toEqual(['413', '200']);
      socket.destroy();
      expect(await fixture.stored()).toHaveLength(1);
    });

    it('answers and closes when a body is far too large', async () => {
      const { text } = await talk([message('x', 'any', BODY_LIMIT * 100)], () => false);
      expect(answersIn(text)).toEqual(['413']);
      expect(text.toLowerCase()).toContain('connection: close');
    });

    it('cuts off a body without end', async () => {
      const head = message('', 'any').replace('content-length: 0', 'transfer-encoding: chunked');
      const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
      const { text } = await talk([head, ...Array<string>(64).fill(chunk)], () => false);
      expect(answersIn(text).every((status) => status === '413')).toBe(true);
      expect(await fixture.stored()).toEqual([]);
    });

    it('stores nothing when the sender goes away', async () => {
      const body = '{"eventId":"event-1"}';
      const head = message(body).slice(0, -5);
      const { hostname, port } = new URL(fixture.url);
      const arrived = new Promise<void>((resolve) => fixture.http.server.once('request', () => resolve()));
      const socket = connect(Number(port), hostname, () => socket.write(head));
      await arrived;
      const closed = new Promise<void>((resolve) => fixture.http.server.once('connection', () => resolve()));
      socket.destroy();
      const next = deliver({ body: { eventId: 'event-2' } });
      await closed;
      await next;
      expect((await fixture.stored()).map(({ event_id }) => event_id)).toEqual(['event-2']);
      expect(fixture.logged).toEqual([]);
    });
  });
});
