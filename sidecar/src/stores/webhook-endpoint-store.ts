/** Endpoints of integrators. Their secrets are sealed, each to its place. */
import { addMs } from '../domain/instant';
import type { Sealer } from '../security/sealer';
import type { Row } from '../storage/tables';
import { toInteger, type Db, type Trx } from '../storage/transaction';

export type WebhookEndpoint = Row<'webhook_endpoint'>;

/** How long messages are signed with the secret before a new one as well. */
export const SECRET_OVERLAP_MS = 86_400_000;

export interface NewWebhookEndpoint {
  readonly endpointId: string;
  readonly programmeId: string;
  readonly url: string;
  readonly kinds: readonly string[] | null;
  readonly withoutConsent: boolean;
  readonly secret: string;
}

export interface WebhookEndpointChange {
  readonly url?: string | undefined;
  readonly kinds?: readonly string[] | null | undefined;
  readonly withoutConsent?: boolean | undefined;
  readonly active?: boolean | undefined;
}

function sealContext(endpointId: string): string {
  return `webhook_endpoint:${endpointId}`;
}

export async function insertWebhookEndpoint(db: Db, sealer: Sealer, endpoint: NewWebhookEndpoint, now: string): Promise<void> {
  await db
    .insertInto('webhook_endpoint')
    .values({
      endpoint_id: endpoint.endpointId,
      programme_id: endpoint.programmeId,
      url: endpoint.url,
      kinds: endpoint.kinds && JSON.stringify(endpoint.kinds),
      without_consent: endpoint.withoutConsent ? 1 : 0,
      secret: sealer.seal(endpoint.secret, sealContext(endpoint.endpointId)),
      previous_secret: null,
      previous_valid_until: null,
      active: 1,
      disabled_reason: null,
      created_at: now,
      updated_at: now,
    })
    .execute();
}

export async function findWebhookEndpoint(db: Db, endpointId: string): Promise<WebhookEndpoint | undefined> {
  return db.selectFrom('webhook_endpoint').selectAll().where('endpoint_id', '=', endpointId).executeTakeFirst();
}

/** A page of a programme's endpoints (null = of all). */
export async function listWebhookEndpoints(
  db: Db,
  programmeId: string | null,
  after: string,
  limit: number,
): Promise<WebhookEndpoint[]> {
  const query = db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('endpoint_id', '>', after)
    .orderBy('endpoint_id')
    .limit(limit);
  return (programmeId === null ? query : query.where('programme_id', '=', programmeId)).execute();
}

export async function countWebhookEndpoints(db: Db, programmeId: string): Promise<number> {
  const row = await db
    .selectFrom('webhook_endpoint')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  return toInteger(row?.count);
}

export async function activeWebhookEndpoints(db: Db, programmeId: string): Promise<WebhookEndpoint[]> {
  return db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('active', '=', 1)
    .orderBy('endpoint_id')
    .execute();
}

export function wantsKind(endpoint: Pick<WebhookEndpoint, 'kinds'>, kind: string): boolean {
  return endpoint.kinds === null || (JSON.parse(endpoint.kinds) as string[]).includes(kind);
}

export async function changeWebhookEndpoint(
  db: Db,
  endpointId: string,
  { url, kinds, withoutConsent, active }: WebhookEndpointChange,
  now: string,
): Promise<void> {
  await db
    .updateTable('webhook_endpoint')
    .set({
      updated_at: now,
      ...(url !== undefined && { url }),
      ...(kinds !== undefined && { kinds: kinds && JSON.stringify(kinds) }),
      ...(withoutConsent !== undefined && { without_consent: withoutConsent ? 1 : 0 }),
      ...(active !== undefined && { active: active ? 1 : 0, disabled_reason: null }),
    })
    .where('endpoint_id', '=', endpointId)
    .execute();
}

/** The receiver said that it is gone, or somebody switched it off: nothing is sent until it is active again. */
export async function disableWebhookEndpoint(db: Db, endpointId: string, reason: string, now: string): Promise<void> {
  await db
    .updateTable('webhook_endpoint')
    .set({ active: 0, disabled_reason: reason, updated_at: now })
    .where('endpoint_id', '=', endpointId)
    .execute();
}

/** From now on messages are signed with the new secret, and for a day with the one before as well. */
export async function rotateWebhookSecret(db: Db, sealer: Sealer, endpoint: WebhookEndpoint, secret: string, now: string) {
  await db
    .updateTable('webhook_endpoint')
    .set({
      secret: sealer.seal(secret, sealContext(endpoint.endpoint_id)),
      previous_secret: endpoint.secret,
      previous_valid_until: addMs(now, SECRET_OVERLAP_MS),
      updated_at: now,
    })
    .where('endpoint_id', '=', endpoint.endpoint_id)
    .execute();
}

/** Secrets that sign at an instant, the newest first. */
export function signingSecrets(endpoint: WebhookEndpoint, sealer: Sealer, now: string): string[] {
  const { previous_secret: previous, previous_valid_until: until } = endpoint;
  const sealed = previous !== null && until !== null && now < until ? [endpoint.secret, previous] : [endpoint.secret];
  return sealed.map((one) => sealer.open(one, sealContext(endpoint.endpoint_id)));
}

/** With everything it was or is to be told. */
export async function removeWebhookEndpoint(trx: Trx, endpointId: string): Promise<void> {
  await trx.deleteFrom('webhook_delivery').where('endpoint_id', '=', endpointId).execute();
  await trx.deleteFrom('webhook_endpoint').where('endpoint_id', '=', endpointId).execute();
}
