import { announce } from '../../sidecar/src/operations/announce';
import { recordConsent } from '../../sidecar/src/operations/record-consent';
import { createOutgoingWorker } from '../../sidecar/src/outgoing/worker';
import { createShopHttp } from '../../sidecar/src/platform/http-client';
import { createGuardedAgents } from '../../sidecar/src/security/outgoing-url';
import { createSealer } from '../../sidecar/src/security/sealer';
import { newWebhookSecret } from '../../sidecar/src/security/standard-webhook';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { purgeQueued } from '../../sidecar/src/stores/outgoing-queue';
import { listDeliveries, replayDeliveries } from '../../sidecar/src/stores/webhook-delivery-store';
import {
  findWebhookEndpoint,
  insertWebhookEndpoint,
  rotateWebhookSecret,
  type NewWebhookEndpoint,
} from '../../sidecar/src/stores/webhook-endpoint-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';
import { contentOf, startReceiver, verified, type WebhookReceiver } from '../support/webhook-receiver';

const START = '2026-01-02T00:00:00.000Z';
const HOUR_MS = 3_600_000;
const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }]);

describeEachStorage('outgoing webhooks', (open) => {
  let receiver: WebhookReceiver;
  let books: Books;
  let secret: string;

  beforeEach(async () => {
    receiver = await startReceiver();
    books = await openBooks(await open(), START, {});
    secret = newWebhookSecret(books.context.ids);
  });
  afterEach(() => receiver.close());

  const add = (change: Partial<NewWebhookEndpoint> = {}): Promise<void> =>
    insertWebhookEndpoint(
      books.context.db,
      sealer,
      { endpointId: 'w1', programmeId: PROGRAMME_ID, url: receiver.url, kinds: null, withoutConsent: false, secret, ...change },
      books.clock.now(),
    );
  const reach = (key: string): Promise<boolean> =>
    inTransaction(books.context.db, (trx) =>
      announce(trx, books.context, {
        memberId: books.memberId,
        kind: 'tier_reached',
        key,
        occurredAt: START,
        figures: { tier: 'Gold “★”' },
      }),
    );
  const remind = (key: string): Promise<boolean> =>
    inTransaction(books.context.db, (trx) =>
      announce(trx, books.context, {
        memberId: books.memberId,
        kind: 'points_expiring',
        key,
        occurredAt: START,
        figures: { points: 5, expiresAt: START, days: 7 },
      }),
    );
  const worker = ({ allowPrivate = true } = {}) => {
    const { clock, context } = books;
    const random = (): number => 0.5;
    const agents = createGuardedAgents({ allowPrivate });
    const http = createShopHttp({ clock, random, sleep: () => Promise.resolve(), agents, maxResponseBytes: 1000 });
    const log = { warn: () => undefined, error: () => undefined };
    return createOutgoingWorker({ db: context.db, clock, ids: context.ids, log, random, sealer, http });
  };
  const deliveries = () => listDeliveries(books.context.db, { endpointId: 'w1', status: undefined, before: '' }, 50);

  it('are signed over the very bytes, and sent once, however many workers there are', async () => {
    await add();
    for (let count = 0; count < 25; count += 1) await reach(`k${count}`);
    const taken = await Promise.all([worker().runOnce(), worker().runOnce()]);
    expect(taken[0] + taken[1]).toBe(25);
    const ids = receiver.received.map((one) => verified(one, secret, books.clock));
    expect(new Set(ids).size).toBe(25);
    const [first] = receiver.received;
    expect(first && contentOf(first)).toEqual({
      type: 'loyalty.tier_reached',
      timestamp: START,
      data: {
        programmeId: PROGRAMME_ID,
        memberId: books.memberId,
        accounts: [{ shopId: 'shop-1', customerId: 'c1' }],
        noticeId: expect.any(String) as string,
        figures: { tier: 'Gold “★”' },
        purpose: 'transactional',
        consent: true,
        language: 'en',
      },
    });
  });

  it('are written with what happened, or not at all', async () => {
    await add();
    const broken = inTransaction(books.context.db, async (trx) => {
      await announce(trx, books.context, {
        memberId: books.memberId,
        kind: 'badge_earned',
        key: 'b',
        occurredAt: START,
        figures: { badge: 'Early' },
      });
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    await reach('k');
    expect((await deliveries()).map(({ kind }) => kind)).toEqual(['tier_reached']);
    expect(await reach('k')).toBe(false);
    expect(await deliveries()).toHaveLength(1);
  });

  it('come again with the same id after a refusal, and are given up after a day until they are replayed', async () => {
    await add();
    await reach('k');
    receiver.answers.push(...Array.from({ length: 9 }, () => 500));
    const waits: number[] = [];
    for (let tries = 1; tries <= 9; tries += 1) {
      expect(await worker().runOnce()).toBe(0);
      const [row] = await deliveries();
      waits.push(Date.parse(row?.next_attempt_at ?? '') - books.clock.nowMs());
      expect(row).toMatchObject({ attempts: tries, status: tries === 9 ? 'dead' : 'pending', last_status: 500 });
      books.clock.moveTo(Date.parse(row?.next_attempt_at ?? ''));
    }
    expect(waits).toEqual([5_000, 30_000, 120_000, 600_000, HOUR_MS, 4 * HOUR_MS, 10 * HOUR_MS, 10 * HOUR_MS, 0]);
    books.clock.advance(48 * HOUR_MS);
    await worker().runOnce();
    expect(receiver.received).toHaveLength(9);
    expect(await replayDeliveries(books.context.db, 'w1', null, books.clock.now())).toBe(1);
    expect(await worker().runOnce()).toBe(1);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(verified(receiver.received[9] ?? { headers: {}, raw: Buffer.alloc(0) }, secret, books.clock)).toBe(ids[0]);
    expect(await purgeQueued(books.context.db, 'webhook_delivery', '2027-01-01T00:00:00.000Z', 10)).toBe(1);
  });

  it('stop when the receiver is gone', async () => {
    await add();
    await reach('k1');
    await reach('k2');
    receiver.answers.push(410);
    expect(await worker().runOnce()).toBe(0);
    expect(receiver.received).toHaveLength(1);
    expect(await findWebhookEndpoint(books.context.db, 'w1')).toMatchObject({
      active: 0,
      disabled_reason: 'the receiver answered 410',
    });
    await reach('k3');
    expect((await deliveries()).map(({ status }) => status).sort()).toEqual(['dead', 'pending']);
  });

  it('are signed with both secrets for a day after a new one was made', async () => {
    await add();
    const endpoint = await findWebhookEndpoint(books.context.db, 'w1');
    if (!endpoint) throw new Error('there is no endpoint');
    const next = newWebhookSecret(books.context.ids);
    await rotateWebhookSecret(books.context.db, sealer, endpoint, next, books.clock.now());
    await reach('k1');
    await worker().runOnce();
    const [both] = receiver.received;
    for (const one of [secret, next]) expect(both && verified(both, one, books.clock)).toEqual(expect.any(String));
    books.clock.advance(24 * HOUR_MS);
    await reach('k2');
    await worker().runOnce();
    const alone = receiver.received[1];
    expect(alone && verified(alone, next, books.clock)).toEqual(expect.any(String));
    expect(() => alone && verified(alone, secret, books.clock)).toThrow('BAD_SIGNATURE');
  });

  it('tell what needs consent only with it, and only the kinds that were asked for', async () => {
    await add({ kinds: ['points_expiring'] });
    await add({ endpointId: 'w2', withoutConsent: true });
    await remind('before');
    await reach('k');
    const said = { memberId: books.memberId, source: 'account', actor: 'member', textVersion: null };
    await recordConsent(books.context, { ...said, purpose: 'marketing', granted: true, at: START });
    await remind('after');
    const told = await books.context.db.selectFrom('webhook_delivery').select(['endpoint_id', 'kind']).execute();
    expect(told.map((row) => `${row.endpoint_id} ${row.kind}`).sort()).toEqual([
      'w1 points_expiring',
      'w2 points_expiring',
      'w2 points_expiring',
      'w2 tier_reached',
    ]);
  });

  it('never reach into a private network', async () => {
    await add();
    await reach('k');
    expect(await worker({ allowPrivate: false }).runOnce()).toBe(0);
    expect(receiver.received).toEqual([]);
    expect((await deliveries())[0]?.last_error).toContain('OUTGOING_URL_REFUSED');
  });
});
