/** Requests of points by hand, and what one person gave a member before. */
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type AdjustmentRequest = Row<'adjustment_request'>;
export type RequestStatus = AdjustmentRequest['status'];

export async function findRequest(db: Db, requestId: string): Promise<AdjustmentRequest | undefined> {
  return db.selectFrom('adjustment_request').selectAll().where('request_id', '=', requestId).executeTakeFirst();
}

export async function findRequestByKey(db: Db, programmeId: string, key: string): Promise<AdjustmentRequest | undefined> {
  return db
    .selectFrom('adjustment_request')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

/** False when another transaction was first with the key. */
export async function insertRequest(trx: Trx, request: AdjustmentRequest): Promise<boolean> {
  return insertOnce(trx, 'adjustment_request', request);
}

export interface RequestsWanted {
  /** Null = of all programmes. */
  readonly programmeId: string | null;
  /** Null = in any state. */
  readonly status: RequestStatus | null;
  /** Absent = of any member. */
  readonly memberId?: string | undefined;
  /** Id of the last one of the page before; empty = from the beginning. */
  readonly after: string;
  readonly limit: number;
}

/** A page of requests, newest first. A request whose time is over counts as expired, whether or not that was noted. */
export async function listRequests(
  db: Db,
  { programmeId, status, memberId, after, limit }: RequestsWanted,
  now: string,
): Promise<AdjustmentRequest[]> {
  let query = db.selectFrom('adjustment_request').selectAll().orderBy('request_id', 'desc').limit(limit);
  if (programmeId !== null) query = query.where('programme_id', '=', programmeId);
  if (memberId !== undefined) query = query.where('member_id', '=', memberId);
  if (after !== '') query = query.where('request_id', '<', after);
  if (status === 'pending') query = query.where('status', '=', 'pending').where('expires_at', '>', now);
  else if (status === 'expired') {
    query = query.where((eb) =>
      eb.or([eb('status', '=', 'expired'), eb.and([eb('status', '=', 'pending'), eb('expires_at', '<=', now)])]),
    );
  } else if (status !== null) query = query.where('status', '=', status);
  return query.execute();
}

/** Requests of one asker that wait. */
export async function countPending(db: Db, programmeId: string, requester: string, now: string): Promise<number> {
  const row = await db
    .selectFrom('adjustment_request')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('programme_id', '=', programmeId)
    .where('status', '=', 'pending')
    .where('requester', '=', requester)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return toInteger(row?.count);
}

export interface Answer {
  readonly status: 'confirmed' | 'refused' | 'withdrawn';
  readonly decided_at: string;
  readonly decided_by: string;
  readonly decided_reason: string;
}

/** False when somebody answered meanwhile, or the request is too old. */
export async function answerRequest(trx: Trx, requestId: string, answer: Answer): Promise<boolean> {
  const updated = await trx
    .updateTable('adjustment_request')
    .set(answer)
    .where('request_id', '=', requestId)
    .where('status', '=', 'pending')
    .where('expires_at', '>', answer.decided_at)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export async function noteEntry(trx: Trx, requestId: string, entryId: string): Promise<void> {
  await trx.updateTable('adjustment_request').set({ entry_id: entryId }).where('request_id', '=', requestId).execute();
}

/** Notes that the time of requests is over; answers of how many. */
export async function expireRequests(db: Db, now: string): Promise<number> {
  const updated = await db
    .updateTable('adjustment_request')
    .set({ status: 'expired' })
    .where('status', '=', 'pending')
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return toInteger(updated.numUpdatedRows);
}

/** Net points that one person gave a member by hand since an instant, without what a second person confirmed. */
export async function givenByHand(db: Db, memberId: string, requester: string, since: string): Promise<number> {
  const rows = await db
    .selectFrom('decision')
    .select('inputs')
    .where('member_id', '=', memberId)
    .where('decided_at', '>', since)
    .where('kind', '=', 'adjustment')
    .execute();
  return rows
    .map((row) => JSON.parse(row.inputs) as { points: number; requester?: string; requestId?: string })
    .filter((inputs) => inputs.requester === requester && inputs.requestId === undefined)
    .reduce((sum, { points }) => sum + points, 0);
}
