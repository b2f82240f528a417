import { isDuplicateKey, isRetryable } from '../storage/dialect';
import type { Row } from '../storage/tables';
import { insertOnce, inTransaction, toInteger, type Db, type Trx } from '../storage/transaction';

export interface NewDelivery {
  readonly messageId: string;
  readonly shopId: string;
  /** The sender's event id; a second delivery with the same one is a duplicate. */
  readonly eventId: string;
  readonly topic: string;
  readonly resourceKey: string;
  readonly body: string;
  readonly receivedAt: string;
}

/** Messages of one resource, oldest first, leased to one worker. */
export interface ClaimedGroup {
  readonly shopId: string;
  readonly resourceKey: string;
  readonly messages: readonly Row<'inbox_message'>[];
}

export type Stored = 'accepted' | 'duplicate';

/**
 * Stores deliveries in one statement. When one of them is known already, or another statement was in the way, they are
 * stored one by one in one transaction. Says for each whether it was new; resolves only after the commit.
 */
export async function insertDeliveries(db: Db, deliveries: readonly NewDelivery[]): Promise<Stored[]> {
  const rows = deliveries.map(toRow);
  try {
    await db.insertInto('inbox_message').values(rows).execute();
    return rows.map(() => 'accepted');
  } catch (error) {
    if (rows.length === 1 && isDuplicateKey(error)) return ['duplicate'];
    if (!isDuplicateKey(error) && !isRetryable(error)) throw error;
  }
  return inTransaction(db, async (trx) => {
    const outcomes: Stored[] = [];
    for (const row of rows) outcomes.push((await insertOnce(trx, 'inbox_message', row)) ? 'accepted' : 'duplicate');
    return outcomes;
  });
}

function toRow(delivery: NewDelivery): Row<'inbox_message'> {
  return {
    message_id: delivery.messageId,
    shop_id: delivery.shopId,
    event_id: delivery.eventId,
    topic: delivery.topic,
    resource_key: delivery.resourceKey,
    body: delivery.body,
    received_at: delivery.receivedAt,
    status: 'pending',
    attempts: 0,
    next_attempt_at: delivery.receivedAt,
    lease_owner: null,
    lease_until: null,
    finished_at: null,
    last_error: null,
  };
}

export interface Claim {
  /** Unique per claim, not per process. */
  readonly token: string;
  readonly now: string;
  readonly leaseUntil: string;
  readonly limit: number;
}

/**
 * Leases due messages, whole resources at a time: what waits for a resource that somebody else is working on stays.
 * A conditional update decides who gets a message; the version fence of an order makes a rare overlap harmless.
 */
export async function claimDue(db: Db, claim: Claim): Promise<ClaimedGroup[]> {
  const due = await db
    .selectFrom('inbox_message')
    .select(['message_id', 'shop_id', 'resource_key'])
    .where('status', '=', 'pending')
    .where('next_attempt_at', '<=', claim.now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', claim.now)]))
    .orderBy('next_attempt_at')
    .orderBy('message_id')
    .limit(claim.limit)
    .execute();
  if (due.length === 0) return [];
  const busy = await leasedResources(db, claim, [...new Set(due.map((row) => row.resource_key))]);
  const free = due.filter((row) => !busy.has(`${row.shop_id} ${row.resource_key}`));
  if (free.length === 0) return [];
  await db
    .updateTable('inbox_message')
    .set({ lease_owner: claim.token, lease_until: claim.leaseUntil })
    .where(
      'message_id',
      'in',
      free.map((row) => row.message_id),
    )
    .where('status', '=', 'pending')
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', claim.now)]))
    .execute();
  const claimed = await db
    .selectFrom('inbox_message')
    .selectAll()
    .where(
      'message_id',
      'in',
      free.map((row) => row.message_id),
    )
    .where('lease_owner', '=', claim.token)
    .orderBy('received_at')
    .orderBy('message_id')
    .execute();
  return grouped(claimed);
}

async function leasedResources(db: Db, claim: Claim, resourceKeys: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('inbox_message')
    .select(['shop_id', 'resource_key'])
    .where('status', '=', 'pending')
    .where('resource_key', 'in', resourceKeys)
    .where('lease_until', '>=', claim.now)
    .execute();
  return new Set(rows.map((row) => `${row.shop_id} ${row.resource_key}`));
}

function grouped(messages: readonly Row<'inbox_message'>[]): ClaimedGroup[] {
  const groups = new Map<string, Row<'inbox_message'>[]>();
  for (const message of messages) {
    const key = `${message.shop_id} ${message.resource_key}`;
    const group = groups.get(key);
    if (group) group.push(message);
    else groups.set(key, [message]);
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    return first ? [{ shopId: first.shop_id, resourceKey: first.resource_key, messages: group }] : [];
  });
}

/** Gives back what was claimed but not begun, so that others need not wait for the lease to end. */
export async function releaseClaim(db: Db, messageIds: readonly string[], token: string): Promise<void> {
  if (messageIds.length === 0) return;
  await db
    .updateTable('inbox_message')
    .set({ lease_owner: null, lease_until: null })
    .where('message_id', 'in', messageIds)
    .where('lease_owner', '=', token)
    .execute();
}

/** Belongs into the transaction that did what the messages asked for. */
export async function markDone(trx: Trx, messageIds: readonly string[], now: string): Promise<void> {
  if (messageIds.length === 0) return;
  await trx
    .updateTable('inbox_message')
    .set({ status: 'done', finished_at: now, lease_owner: null, lease_until: null, last_error: null })
    .where('message_id', 'in', messageIds)
    .execute();
}

/** What shops say of persons who were erased is not kept, not even as done. */
export async function dropMessages(trx: Trx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length > 0) await trx.deleteFrom('inbox_message').where('message_id', 'in', messageIds).execute();
}

export interface Failure {
  readonly error: string;
  /** Null = no further attempt: the message is a dead letter. */
  readonly nextAttemptAt: string | null;
  readonly now: string;
}

export async function markFailed(db: Db, messageIds: readonly string[], failure: Failure): Promise<void> {
  await db
    .updateTable('inbox_message')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      last_error: failure.error.slice(0, 1000),
      lease_owner: null,
      lease_until: null,
      ...(failure.nextAttemptAt === null
        ? { status: 'dead' as const, finished_at: failure.now }
        : { next_attempt_at: failure.nextAttemptAt }),
    }))
    .where('message_id', 'in', messageIds)
    .where('status', '=', 'pending')
    .execute();
}

/** Deletes what was done before an instant, a bounded number at a time; bodies hold personal data. */
export async function purgeDone(db: Db, before: string, limit: number): Promise<number> {
  const old = await db
    .selectFrom('inbox_message')
    .select('message_id')
    .where('status', '=', 'done')
    .where('next_attempt_at', '<', before)
    .where('finished_at', '<', before)
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  await db
    .deleteFrom('inbox_message')
    .where(
      'message_id',
      'in',
      old.map((row) => row.message_id),
    )
    .execute();
  return old.length;
}

export interface DeadDelivery {
  readonly messageId: string;
  readonly shopId: string;
  readonly topic: string;
  readonly resourceKey: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly receivedAt: string;
}

export async function deadDeliveries(db: Db, limit: number, shopId: string | null = null): Promise<DeadDelivery[]> {
  const query = db
    .selectFrom('inbox_message')
    .select(['message_id', 'shop_id', 'topic', 'resource_key', 'attempts', 'last_error', 'received_at'])
    .where('status', '=', 'dead')
    .orderBy('next_attempt_at')
    .limit(limit);
  const rows = await (shopId === null ? query : query.where('shop_id', '=', shopId)).execute();
  return rows.map((row) => ({
    messageId: row.message_id,
    shopId: row.shop_id,
    topic: row.topic,
    resourceKey: row.resource_key,
    attempts: row.attempts,
    lastError: row.last_error,
    receivedAt: row.received_at,
  }));
}

/** Gives dead letters their attempts back. Returns how many. */
export async function replayDead(db: Db, messageIds: readonly string[], now: string): Promise<number> {
  if (messageIds.length === 0) return 0;
  const updated = await db
    .updateTable('inbox_message')
    .set({ status: 'pending', attempts: 0, next_attempt_at: now, finished_at: null })
    .where('message_id', 'in', messageIds)
    .where('status', '=', 'dead')
    .executeTakeFirst();
  return Number(updated.numUpdatedRows);
}

const REPLAYED_AT_ONCE = 200;

/** All dead letters of a shop (null = of all shops), some at a time. Returns how many. */
export async function replayAllDead(db: Db, shopId: string | null, now: string): Promise<number> {
  let replayed = 0;
  for (;;) {
    const dead = await deadDeliveries(db, REPLAYED_AT_ONCE, shopId);
    if (dead.length === 0) return replayed;
    const ids = dead.map(({ messageId }) => messageId);
    replayed += await replayDead(db, ids, now);
  }
}

export interface InboxCounts {
  readonly pending: number;
  readonly dead: number;
  readonly oldestPendingAt: string | null;
}

export async function inboxCounts(db: Db): Promise<InboxCounts> {
  const rows = await db
    .selectFrom('inbox_message')
    .select((eb) => ['status', eb.fn.countAll().as('count'), eb.fn.min('received_at').as('oldest')])
    .where('status', 'in', ['pending', 'dead'])
    .groupBy('status')
    .execute();
  const of = (status: string) => rows.find((row) => row.status === status);
  return {
    pending: toInteger(of('pending')?.count),
    dead: toInteger(of('dead')?.count),
    oldestPendingAt: of('pending')?.oldest ?? null,
  };
}
