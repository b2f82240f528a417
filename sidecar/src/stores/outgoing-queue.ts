/** What mails and webhooks to be sent share: a table whose rows are leased by a worker and tried until they are taken or given up. */
import { sql } from 'kysely';
import type { Row } from '../storage/tables';
import { inTransaction, toInteger, type Db } from '../storage/transaction';

/** Their keys, in the order of what happened. */
const KEYS = { mail_delivery: 'mail_id', webhook_delivery: 'delivery_id' } as const;

export type QueueTable = keyof typeof KEYS;

export interface QueueClaim {
  readonly token: string;
  readonly now: string;
  readonly leaseUntil: string;
  readonly limit: number;
}

/** Leases due rows, oldest first, of one endpoint where one is named. Two claims never hold the same one at once. */
export async function claimQueued<Table extends QueueTable>(
  db: Db,
  table: Table,
  { token, now, leaseUntil, limit }: QueueClaim,
  endpointId?: string,
): Promise<Row<Table>[]> {
  // Of the type of both tables, whose shared columns Kysely knows; of a type parameter it knows none.
  const queue: QueueTable = table;
  const key = db.dynamic.ref<string>(KEYS[table]);
  return inTransaction(db, async (trx) => {
    let due = trx
      .selectFrom(queue)
      .select(sql.ref<string>(KEYS[table]).as('key'))
      .where('status', '=', 'pending')
      .where('next_attempt_at', '<=', now)
      .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
      .orderBy('next_attempt_at')
      .orderBy(key)
      .limit(limit);
    if (endpointId !== undefined) due = due.where(db.dynamic.ref('endpoint_id'), '=', endpointId);
    const ids = (await due.execute()).map((row) => row.key);
    if (ids.length === 0) return [];
    await trx
      .updateTable(queue)
      .set({ lease_owner: token, lease_until: leaseUntil })
      .where(key, 'in', ids)
      .where('status', '=', 'pending')
      .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
      .execute();
    const claimed = trx.selectFrom(queue).selectAll().where(key, 'in', ids).where('lease_owner', '=', token);
    return (await claimed.orderBy('next_attempt_at').orderBy(key).execute()) as Row<Table>[];
  });
}

/** Gives up leases that will not be used. */
export async function releaseQueued(db: Db, table: QueueTable, token: string): Promise<void> {
  await db.updateTable(table).set({ lease_owner: null, lease_until: null }).where('lease_owner', '=', token).execute();
}

/** Forgets up to `limit` rows that ended before an instant; returns how many. */
export async function purgeQueued(db: Db, table: QueueTable, before: string, limit: number): Promise<number> {
  const key = db.dynamic.ref<string>(KEYS[table]);
  const old = await db
    .selectFrom(table)
    .select(sql.ref<string>(KEYS[table]).as('key'))
    .where('status', '!=', 'pending')
    .where('finished_at', '<', before)
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map((row) => row.key);
  return toInteger((await db.deleteFrom(table).where(key, 'in', ids).executeTakeFirst()).numDeletedRows);
}

/** What waits, and what was given up. */
export async function queueCounts(db: Db, table: QueueTable): Promise<{ pending: number; dead: number }> {
  const rows = await db
    .selectFrom(table)
    .select((eb) => ['status', eb.fn.countAll().as('count')])
    .where('status', 'in', ['pending', 'dead'])
    .groupBy('status')
    .execute();
  const of = (status: string): number => toInteger(rows.find((row) => row.status === status)?.count);
  return { pending: of('pending'), dead: of('dead') };
}
