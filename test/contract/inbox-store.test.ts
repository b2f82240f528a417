import { createBatchedInsert } from '../../sidecar/src/inbox/batched-insert';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import {
  claimDue,
  deadDeliveries,
  inboxCounts,
  insertDeliveries,
  markDone,
  markFailed,
  purgeDone,
  releaseClaim,
  replayDead,
  type ClaimedGroup,
  type NewDelivery,
} from '../../sidecar/src/stores/inbox-store';
import { describeEachStorage } from '../support/storages';

const at = (second: number): string => new Date(Date.parse('2026-03-01T10:00:00.000Z') + second * 1000).toISOString();

function delivery(number: number, changes: Partial<NewDelivery> = {}): NewDelivery {
  const name = String(number).padStart(4, '0');
  return {
    messageId: `message-${name}`,
    shopId: 'shop-1',
    eventId: `event-${name}`,
    topic: 'order.written',
    resourceKey: `order:${name}`,
    body: '{"a":"ü😀"}',
    receivedAt: at(0),
    ...changes,
  };
}

describeEachStorage('inbox store', (open) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await open();
  });

  const claim = (token: string, second: number, limit = 100): Promise<ClaimedGroup[]> =>
    claimDue(storage.db, { token, now: at(second), leaseUntil: at(second + 60), limit });
  const idsOf = (groups: readonly ClaimedGroup[]): string[] =>
    groups.flatMap((group) => group.messages.map((message) => message.message_id));
  const storedIds = async (): Promise<string[]> =>
    (await storage.db.selectFrom('inbox_message').select('message_id').orderBy('message_id').execute()).map(
      (row) => row.message_id,
    );

  describe('storing', () => {
    it('keeps a delivery as it is', async () => {
      expect(await insertDeliveries(storage.db, [delivery(1)])).toEqual(['accepted']);
      const row = await storage.db.selectFrom('inbox_message').selectAll().executeTakeFirstOrThrow();
      expect({ ...row }).toMatchObject({
        body: '{"a":"ü😀"}',
        status: 'pending',
        attempts: 0,
        received_at: at(0),
        next_attempt_at: at(0),
      });
    });

    it('refuses the same event of the same shop, and no other', async () => {
      await insertDeliveries(storage.db, [delivery(1)]);
      expect(await insertDeliveries(storage.db, [delivery(2, { eventId: 'event-0001' })])).toEqual(['duplicate']);
      expect(await insertDeliveries(storage.db, [delivery(3, { eventId: 'event-0001', shopId: 'shop-2' })])).toEqual([
        'accepted',
      ]);
      expect(await insertDeliveries(storage.db, [delivery(4, { eventId: 'EVENT-0001' })])).toEqual(['accepted']);
      expect(await storedIds()).toEqual(['message-0001', 'message-0003', 'message-0004']);
    });

    it('says for each of a group whether it was new', async () => {
      await insertDeliveries(storage.db, [delivery(2)]);
      const group = [delivery(1), delivery(5, { eventId: 'event-0002' }), delivery(3), delivery(4, { eventId: 'event-0003' })];
      expect(await insertDeliveries(storage.db, group)).toEqual(['accepted', 'duplicate', 'accepted', 'duplicate']);
      expect(await storedIds()).toEqual(['message-0001', 'message-0002', 'message-0003']);
    });

    it('stores each of many copies sent at once exactly once', async () => {
      const copies = Array.from({ length: 60 }, (_, index) =>
        delivery(index, { messageId: `copy-${index}`, eventId: `event-${index % 6}` }),
      );
      const outcomes = await Promise.all(copies.map((copy) => insertDeliveries(storage.db, [copy])));
      expect(outcomes.flat().filter((outcome) => outcome === 'accepted')).toHaveLength(6);
      expect(await storedIds()).toHaveLength(6);
    });
  });

  describe('group commit', () => {
    it('answers each of many deliveries with its own outcome, after it is stored', async () => {
      const inbox = createBatchedInsert(storage.db);
      const outcomes = await Promise.all(
        Array.from({ length: 300 }, async (_, index) => {
          const messageId = `message-${index}`;
          const outcome = await inbox.insert(delivery(index, { messageId, eventId: `event-${index % 250}` }));
          const row = await storage.db
            .selectFrom('inbox_message')
            .select('message_id')
            .where('message_id', '=', messageId)
            .executeTakeFirst();
          expect(row !== undefined).toBe(outcome === 'accepted');
          return outcome;
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(50);
      expect(await storedIds()).toHaveLength(250);
    });

    it('passes a fault on to all it concerns, and works again after', async () => {
      const inbox = createBatchedInsert(storage.db);
      const unstorable = delivery(1, { receivedAt: null as unknown as string });
      const outcomes = await Promise.allSettled([inbox.insert(unstorable), inbox.insert(delivery(2))]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(await inbox.insert(delivery(2))).toBe('accepted');
    });

    it('drains what waits', async () => {
      const inbox = createBatchedInsert(storage.db);
      const all = Promise.all(Array.from({ length: 500 }, (_, index) => inbox.insert(delivery(index))));
      await inbox.drain();
      expect(await storedIds()).toHaveLength(500);
      await all;
      await inbox.drain();
    });
  });

  describe('claiming', () => {
    it('groups messages of one resource, oldest first', async () => {
      await insertDeliveries(storage.db, [
        delivery(2, { resourceKey: 'order:a', receivedAt: at(2) }),
        delivery(1, { resourceKey: 'order:a', receivedAt: at(1) }),
        delivery(3, { resourceKey: 'order:a', shopId: 'shop-2' }),
        delivery(4, { resourceKey: 'order:b' }),
      ]);
      const groups = await claim('token', 10);
      expect(groups.map((group) => [group.shopId, group.resourceKey, idsOf([group])])).toEqual(
        expect.arrayContaining([
          ['shop-1', 'order:a', ['message-0001', 'message-0002']],
          ['shop-2', 'order:a', ['message-0003']],
          ['shop-1', 'order:b', ['message-0004']],
        ]),
      );
      expect(groups).toHaveLength(3);
    });

    it('gives a message to one of several workers', async () => {
      await insertDeliveries(
        storage.db,
        Array.from({ length: 40 }, (_, index) => delivery(index)),
      );
      const claims = await Promise.all(['a', 'b', 'c', 'd'].map((token) => claim(token, 1)));
      const ids = claims.flatMap(idsOf);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('leaves a resource alone while somebody works on it', async () => {
      await insertDeliveries(storage.db, [delivery(1, { resourceKey: 'order:a' })]);
      expect(idsOf(await claim('a', 1))).toEqual(['message-0001']);
      await insertDeliveries(storage.db, [delivery(2, { resourceKey: 'order:a' }), delivery(3, { resourceKey: 'order:b' })]);
      expect(idsOf(await claim('b', 2))).toEqual(['message-0003']);
      await inTransaction(storage.db, (trx) => markDone(trx, ['message-0001'], at(3)));
      expect(idsOf(await claim('b', 4))).toEqual(['message-0002']);
    });

    it('takes over when a lease has ended', async () => {
      await insertDeliveries(storage.db, [delivery(1)]);
      await claim('dead', 0);
      expect(await claim('b', 60)).toEqual([]);
      expect(idsOf(await claim('b', 61))).toEqual(['message-0001']);
    });

    it('takes what is due, the longest due first, up to the limit', async () => {
      await insertDeliveries(storage.db, [
        delivery(1, { receivedAt: at(9) }),
        delivery(2, { receivedAt: at(3) }),
        delivery(3, { receivedAt: at(5) }),
      ]);
      expect(idsOf(await claim('a', 2))).toEqual([]);
      expect(idsOf(await claim('a', 6, 1))).toEqual(['message-0002']);
      expect(idsOf(await claim('b', 6))).toEqual(['message-0003']);
      expect(idsOf(await claim('c', 9))).toEqual(['message-0001']);
    });

    it('gives back what was not begun', async () => {
      await insertDeliveries(storage.db, [delivery(1), delivery(2)]);
      await claim('a', 1);
      await releaseClaim(storage.db, ['message-0001'], 'a');
      await releaseClaim(storage.db, ['message-0002'], 'somebody else');
      expect(idsOf(await claim('b', 1))).toEqual(['message-0001']);
    });
  });

  describe('finishing', () => {
    beforeEach(async () => {
      await insertDeliveries(storage.db, [delivery(1), delivery(2)]);
    });

    it('does not repeat what is done', async () => {
      await claim('a', 1);
      await inTransaction(storage.db, (trx) => markDone(trx, ['message-0001', 'message-0002'], at(2)));
      expect(await claim('a', 3600)).toEqual([]);
      expect(await inboxCounts(storage.db)).toEqual({ pending: 0, dead: 0, oldestPendingAt: null });
    });

    it('is undone with its transaction', async () => {
      await claim('a', 1);
      const failing = inTransaction(storage.db, async (trx) => {
        await markDone(trx, ['message-0001'], at(2));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect((await inboxCounts(storage.db)).pending).toBe(2);
    });

    it('tries again when told, with the fault noted', async () => {
      await claim('a', 1);
      await markFailed(storage.db, ['message-0001'], { error: 'x'.repeat(5000), nextAttemptAt: at(30), now: at(2) });
      expect(await claim('b', 29)).toEqual([]);
      const [group] = await claim('b', 30);
      expect(group?.messages[0]).toMatchObject({ message_id: 'message-0001', attempts: 1, last_error: 'x'.repeat(1000) });
    });

    it('gives up, lists and replays', async () => {
      await markFailed(storage.db, ['message-0001'], { error: 'gone', nextAttemptAt: null, now: at(2) });
      expect(await inboxCounts(storage.db)).toEqual({ pending: 1, dead: 1, oldestPendingAt: at(0) });
      expect(await deadDeliveries(storage.db, 10)).toEqual([
        {
          messageId: 'message-0001',
          shopId: 'shop-1',
          topic: 'order.written',
          resourceKey: 'order:0001',
          attempts: 1,
          lastError: 'gone',
          receivedAt: at(0),
        },
      ]);
      expect(idsOf(await claim('a', 3600))).toEqual(['message-0002']);
      expect(await replayDead(storage.db, ['message-0001', 'message-0002', 'message-9999'], at(3600))).toBe(1);
      expect(await replayDead(storage.db, [], at(3600))).toBe(0);
      const [group] = await claim('b', 3600);
      expect(group?.messages[0]).toMatchObject({ message_id: 'message-0001', attempts: 0, status: 'pending' });
    });

    it('deletes what was done long ago, a bounded number at a time', async () => {
      await insertDeliveries(storage.db, [delivery(3), delivery(4)]);
      await inTransaction(storage.db, (trx) => markDone(trx, ['message-0001', 'message-0002'], at(10)));
      await inTransaction(storage.db, (trx) => markDone(trx, ['message-0003'], at(100)));
      expect(await purgeDone(storage.db, at(50), 1)).toBe(1);
      expect(await purgeDone(storage.db, at(50), 10)).toBe(1);
      expect(await purgeDone(storage.db, at(50), 10)).toBe(0);
      expect(await storedIds()).toEqual(['message-0003', 'message-0004']);
    });
  });
});
