/** What endpoints are to be told: written with what happened, leased by a worker, sent until it is taken or given up. */
import type { Row } from '../storage/tables';
import { toInteger, type Db } from '../storage/transaction';

export type WebhookDelivery = Row<'webhook_delivery'>;

export interface NewWebhookDelivery {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly programmeId: string;
  readonly memberId: string | null;
  readonly kind: string;
  /** Sealed where there is a `leadId`. */
  readonly body: string;
  readonly leadId?: string;
}

export async function insertWebhookDelivery(db: Db, delivery: NewWebhookDelivery, now: string): Promise<void> {
  await db
    .insertInto('webhook_delivery')
    .values({
      delivery_id: delivery.deliveryId,
      endpoint_id: delivery.endpointId,
      programme_id: delivery.programmeId,
      member_id: delivery.memberId,
      kind: delivery.kind,
      body: delivery.body,
      status: 'pending',
      attempts: 0,
      next_attempt_at: now,
      lease_owner: null,
      lease_until: null,
      last_status: null,
      last_error: null,
      created_at: now,
      finished_at: null,
      lead_id: delivery.leadId ?? null,
    })
    .execute();
}

/** Active endpoints that have something to be sent now. */
export async function dueEndpoints(db: Db, now: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('webhook_delivery')
    .innerJoin('webhook_endpoint', 'webhook_endpoint.endpoint_id', 'webhook_delivery.endpoint_id')
    .select('webhook_delivery.endpoint_id')
    .distinct()
    .where('active', '=', 1)
    .where('status', '=', 'pending')
    .where('next_attempt_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('webhook_delivery.endpoint_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.endpoint_id);
}

export interface DeliveryOutcome {
  readonly status: WebhookDelivery['status'];
  readonly lastStatus: number | null;
  readonly error: string | null;
  /** Of the next try, while there is one. */
  readonly retryAt: string;
}

/** Stores what came of a try, unless the lease was lost meanwhile. */
export async function settleDelivery(
  db: Db,
  token: string,
  delivery: Pick<WebhookDelivery, 'delivery_id' | 'attempts' | 'lead_id'>,
  { status, lastStatus, error, retryAt }: DeliveryOutcome,
  now: string,
): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({
      status,
      attempts: delivery.attempts + 1,
      last_status: lastStatus,
      last_error: error,
      next_attempt_at: retryAt,
      lease_owner: null,
      lease_until: null,
      finished_at: status === 'pending' ? null : now,
      // An address is kept no longer than it takes.
      ...(status === 'done' && delivery.lead_id !== null && { body: '{}' }),
    })
    .where('delivery_id', '=', delivery.delivery_id)
    .where('lease_owner', '=', token)
    .execute();
}

/** A page of what an endpoint was told, newest first. */
export async function listDeliveries(
  db: Db,
  filter: { endpointId: string; status: WebhookDelivery['status'] | undefined; before: string },
  limit: number,
): Promise<WebhookDelivery[]> {
  let query = db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('endpoint_id', '=', filter.endpointId)
    .orderBy('delivery_id', 'desc')
    .limit(limit);
  if (filter.before !== '') query = query.where('delivery_id', '<', filter.before);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  return query.execute();
}

/** Gives dead deliveries of an endpoint their attempts back; without ids, all of them. Returns how many. */
export async function replayDeliveries(db: Db, endpointId: string, ids: readonly string[] | null, now: string): Promise<number> {
  if (ids?.length === 0) return 0;
  let query = db
    .updateTable('webhook_delivery')
    .set({ status: 'pending', attempts: 0, next_attempt_at: now, finished_at: null })
    .where('endpoint_id', '=', endpointId)
    .where('status', '=', 'dead');
  if (ids !== null) query = query.where('delivery_id', 'in', ids);
  return toInteger((await query.executeTakeFirst()).numUpdatedRows);
}
