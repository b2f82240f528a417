import { ManualClock } from '../../../sidecar/src/clock';
import { ShopApiError } from '../../../sidecar/src/errors';
import { sequentialIds } from '../../../sidecar/src/ids';
import { createInboxWorker, INBOX_RETRY_MS, type InboxWorkerOptions } from '../../../sidecar/src/inbox/worker';
import { openStorage, type Storage } from '../../../sidecar/src/storage/dialect';
import { migrate } from '../../../sidecar/src/storage/migrate';
import { inTransaction } from '../../../sidecar/src/storage/transaction';
import { insertDeliveries, markDone, type ClaimedGroup } from '../../../sidecar/src/stores/inbox-store';

const silent = { warn: () => undefined, error: () => undefined };

describe('createInboxWorker', () => {
  let storage: Storage;
  let clock: ManualClock;
  let ids: ReturnType<typeof sequentialIds>;
  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    ids = sequentialIds('id');
    storage = openStorage({ url: 'sqlite::memory:' });
    await migrate(storage, clock);
  });
  afterEach(() => storage.close());

  const worker = (handle: InboxWorkerOptions['handle'], changes: Partial<InboxWorkerOptions> = {}) =>
    createInboxWorker({ db: storage.db, clock, ids, log: silent, random: () => 0.5, handle, ...changes });
  const settle = (group: ClaimedGroup): Promise<void> =>
    inTransaction(storage.db, (trx) =>
      markDone(
        trx,
        group.messages.map((message) => message.message_id),
        clock.now(),
      ),
    );
  const deliver = (...resourceKeys: string[]) =>
    insertDeliveries(
      storage.db,
      resourceKeys.map((resourceKey) => ({
        messageId: ids.next(),
        shopId: 'shop-1',
        eventId: ids.next(),
        topic: 'order.written',
        resourceKey,
        body: '{}',
        receivedAt: clock.now(),
      })),
    );
  const rows = () => storage.db.selectFrom('inbox_message').selectAll().orderBy('message_id').execute();

  it('hands over each resource once and counts messages', async () => {
    await deliver('order:a', 'order:b', 'order:a');
    const seen: [string, number][] = [];
    const outcomes: unknown[] = [];
    const inbox = worker(
      async (group) => {
        seen.push([group.resourceKey, group.messages.length]);
        await settle(group);
      },
      { onOutcome: (outcome, count) => outcomes.push([outcome, count]) },
    );
    expect(await inbox.runOnce()).toBe(3);
    expect(seen.sort()).toEqual([
      ['order:a', 2],
      ['order:b', 1],
    ]);
    expect(outcomes.sort()).toEqual([
      ['done', 1],
      ['done', 2],
    ]);
    expect(await inbox.runOnce()).toBe(0);
  });

  it('works through more than one batch', async () => {
    await deliver(...Array.from({ length: 25 }, (_, index) => `order:${index}`));
    expect(await worker(settle, { batch: 10, concurrency: 3 }).runOnce()).toBe(25);
  });

  it('works on as many resources at once as it may', async () => {
    await deliver('order:a', 'order:b', 'order:c', 'order:d', 'order:e');
    let present = 0;
    let most = 0;
    await worker(
      async (group) => {
        present += 1;
        most = Math.max(most, present);
        await settle(group);
        present -= 1;
      },
      { concurrency: 2 },
    ).runOnce();
    expect(most).toBe(2);
  });

  it('retries on its schedule and gives up after the last wait', async () => {
    await deliver('order:a');
    const outcomes: string[] = [];
    const inbox = worker(() => Promise.reject(new Error('shop down')), { onOutcome: (outcome) => outcomes.push(outcome) });
    for (const wait of INBOX_RETRY_MS) {
      const before = clock.nowMs();
      expect(await inbox.runOnce()).toBe(0);
      expect(Date.parse((await rows())[0]?.next_attempt_at ?? '') - before).toBe(wait);
      clock.advance(wait - 1);
      await inbox.runOnce();
      clock.advance(1);
    }
    await inbox.runOnce();
    expect(outcomes).toEqual([...INBOX_RETRY_MS.map(() => 'retry'), 'dead']);
    expect((await rows())[0]).toMatchObject({ status: 'dead', attempts: 8, last_error: 'shop down' });
  });

  it('spreads retries', async () => {
    await deliver('order:a');
    const before = clock.nowMs();
    await worker(() => Promise.reject(new Error('no')), { random: () => 0 }).runOnce();
    expect(Date.parse((await rows())[0]?.next_attempt_at ?? '') - before).toBe(4000);
  });

  it('waits as long as a shop asks for', async () => {
    await deliver('order:a');
    const before = clock.nowMs();
    await worker(() => Promise.reject(new ShopApiError('slow down', true, 429, 90_000))).runOnce();
    expect(Date.parse((await rows())[0]?.next_attempt_at ?? '') - before).toBe(90_000);
  });

  it('gives an error that will not go away three tries', async () => {
    await deliver('order:a');
    const inbox = worker(() => Promise.reject(new ShopApiError('missing right', false, 403)));
    for (let round = 0; round < 4; round += 1) {
      await inbox.runOnce();
      clock.advance(600_000);
    }
    expect((await rows())[0]).toMatchObject({ status: 'dead', attempts: 3 });
  });

  it('goes on with other resources when one fails', async () => {
    await deliver('order:a', 'order:b');
    const inbox = worker((group) => (group.resourceKey === 'order:a' ? Promise.reject(new Error('no')) : settle(group)));
    expect(await inbox.runOnce()).toBe(1);
    expect((await rows()).map(({ status }) => status)).toEqual(['pending', 'done']);
  });

  it('leaves work it cannot begin within its lease to others', async () => {
    await deliver('order:a', 'order:b');
    const begun: string[] = [];
    const inbox = worker(
      async (group) => {
        begun.push(group.resourceKey);
        await settle(group);
        if (begun.length === 1) clock.advance(3_600_000);
      },
      { concurrency: 1 },
    );
    expect(await inbox.runOnce()).toBe(2);
    expect(begun).toEqual(['order:a', 'order:b']);
    expect((await rows()).every(({ status }) => status === 'done')).toBe(true);
  });

  it('finishes what it began when stopped, and frees the rest', async () => {
    await deliver('order:a', 'order:b', 'order:c');
    let finish = (): void => undefined;
    const finishing = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const inbox = worker(
      async (group) => {
        begin();
        await finishing;
        await settle(group);
      },
      { concurrency: 1 },
    );
    inbox.start();
    expect(inbox.isRunning()).toBe(true);
    await begun;
    const stopped = inbox.stop();
    expect(inbox.isRunning()).toBe(false);
    finish();
    await stopped;
    expect((await rows()).map(({ status, lease_until }) => [status, lease_until])).toEqual([
      ['done', null],
      ['pending', null],
      ['pending', null],
    ]);
  });

  it('looks at once when woken', async () => {
    let found = (): void => undefined;
    const handled = new Promise<void>((resolve) => {
      found = resolve;
    });
    const inbox = worker(
      async (group) => {
        await settle(group);
        found();
      },
      { pollMs: 3_600_000 },
    );
    inbox.start();
    await deliver('order:a');
    inbox.wake();
    await handled;
    await inbox.stop();
    expect((await rows())[0]?.status).toBe('done');
  });

  it('survives a database that fails', async () => {
    const faults: unknown[] = [];
    let told = (): void => undefined;
    const heard = new Promise<void>((resolve) => {
      told = resolve;
    });
    const broken = openStorage({ url: 'sqlite::memory:' });
    const inbox = worker(settle, {
      db: broken.db,
      log: {
        warn: () => undefined,
        error: (details) => {
          faults.push(details['error']);
          told();
        },
      },
    });
    inbox.start();
    await heard;
    await inbox.stop();
    await broken.close();
    expect(String(faults[0])).toContain('no such table');
  });
});
