import { z } from 'zod';
import { NOTICE_KINDS } from '../../domain/milestone';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { assertPublicUrl } from '../../security/outgoing-url';
import type { Sealer } from '../../security/sealer';
import { newWebhookSecret } from '../../security/standard-webhook';
import { inTransaction, type Db } from '../../storage/transaction';
import {
  changeWebhookEndpoint,
  countWebhookEndpoints,
  findWebhookEndpoint,
  insertWebhookEndpoint,
  listWebhookEndpoints,
  removeWebhookEndpoint,
  rotateWebhookSecret,
  SECRET_OVERLAP_MS,
  type WebhookEndpoint,
} from '../../stores/webhook-endpoint-store';
import { addMs } from '../../domain/instant';
import { endpoint, type Endpoint } from '../endpoint';
import { requireProgramme } from '../existing-programme';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { neededProgramme, reachedProgramme, reaches, type Principal } from '../principal';

export interface WebhookApiDeps {
  readonly context: OperationContext;
  readonly sealer: Sealer;
  readonly allowPrivateUrls: boolean;
}

export const webhookTag = 'Outgoing webhooks';
export const webhookParams = z.object({ endpointId: storedKey });

const MAX_ENDPOINTS = 20;

const settings = {
  url: z.url().max(2000),
  /** Null = all. */
  kinds: z
    .array(z.enum(NOTICE_KINDS as [string, ...string[]]))
    .min(1)
    .max(NOTICE_KINDS.length)
    .nullable(),
  /** Also what needs consent that the member has not given: the receiver sees to that. */
  withoutConsent: z.boolean(),
};
const newSchema = z.strictObject({
  programmeId: storedKey.optional(),
  url: settings.url,
  kinds: settings.kinds.default(null),
  withoutConsent: settings.withoutConsent.default(false),
});
const changeSchema = z.strictObject({
  url: settings.url.optional(),
  kinds: settings.kinds.optional(),
  withoutConsent: settings.withoutConsent.optional(),
  active: z.boolean().optional(),
});

const shownSchema = z.strictObject({
  endpointId: z.string(),
  programmeId: z.string(),
  url: z.string(),
  kinds: z.array(z.string()).nullable(),
  withoutConsent: z.boolean(),
  active: z.boolean(),
  disabledReason: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
const secretSchema = z.strictObject({ endpointId: z.string(), secret: z.string() });

/** Where integrators are told what happens to members. */
export function webhookEndpoints(deps: WebhookApiDeps): Endpoint[] {
  return [creation(deps), ...reading(deps), ...changing(deps), rotation(deps)];
}

/** @throws AppError NOT_FOUND, the same for what is not there and what is not theirs */
export async function reachWebhook(db: Db, principal: Principal, endpointId: string): Promise<WebhookEndpoint> {
  const found = await findWebhookEndpoint(db, endpointId);
  if (!found || !reaches(principal, found.programme_id)) throw new AppError('NOT_FOUND', { resource: 'webhook' });
  return found;
}

function creation({ context: { db, clock, ids }, sealer, allowPrivateUrls }: WebhookApiDeps): Endpoint {
  return endpoint({
    method: 'post',
    path: '/admin/webhooks',
    scope: 'webhooks:write',
    tag: webhookTag,
    summary: 'Adds an endpoint; the secret that signs its messages is shown this once.',
    body: newSchema,
    answers: { 201: { description: 'The endpoint', body: secretSchema } },
    refusals: ['NOT_FOUND', 'CONFLICT', 'OUTGOING_URL_REFUSED'],
    handle: async ({ body: { programmeId: asked, ...given }, principal }) => {
      const programmeId = neededProgramme(principal, asked);
      await requireProgramme(db, programmeId);
      assertSecureUrl(given.url, allowPrivateUrls);
      if ((await countWebhookEndpoints(db, programmeId)) >= MAX_ENDPOINTS) {
        throw new AppError('CONFLICT', { reason: 'too_many_endpoints', most: MAX_ENDPOINTS });
      }
      const created = { endpointId: ids.next(), secret: newWebhookSecret(ids) };
      await insertWebhookEndpoint(db, sealer, { ...created, programmeId, ...given }, clock.now());
      return { status: 201, body: created, headers: { 'cache-control': 'no-store' } };
    },
  });
}

function reading({ context: { db } }: WebhookApiDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/webhooks',
      scope: 'webhooks:read',
      tag: webhookTag,
      summary: 'Lists endpoints without their secrets.',
      query: afterQuery.extend({ programmeId: storedKey.optional() }),
      answers: {
        200: { description: 'A page', body: z.strictObject({ webhooks: z.array(shownSchema), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query, principal }) => {
        const found = await listWebhookEndpoints(db, reachedProgramme(principal, query.programmeId), query.after, PAGE);
        return { body: { webhooks: found.map(shown), next: nextOf(found, (one) => one.endpoint_id) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/webhooks/:endpointId',
      scope: 'webhooks:read',
      tag: webhookTag,
      summary: 'An endpoint.',
      params: webhookParams,
      answers: { 200: { description: 'The endpoint', body: shownSchema } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { endpointId }, principal }) => ({ body: shown(await reachWebhook(db, principal, endpointId)) }),
    }),
  ];
}

function changing({ context: { db, clock }, allowPrivateUrls }: WebhookApiDeps): Endpoint[] {
  return [
    endpoint({
      method: 'patch',
      path: '/admin/webhooks/:endpointId',
      scope: 'webhooks:write',
      tag: webhookTag,
      summary: 'Changes what is given; `active: false` stops sending, and true goes on with what waited.',
      params: webhookParams,
      body: changeSchema,
      answers: { 200: { description: 'The endpoint', body: shownSchema } },
      refusals: ['NOT_FOUND', 'OUTGOING_URL_REFUSED'],
      handle: async ({ params: { endpointId }, body, principal }) => {
        await reachWebhook(db, principal, endpointId);
        if (body.url !== undefined) assertSecureUrl(body.url, allowPrivateUrls);
        await changeWebhookEndpoint(db, endpointId, body, clock.now());
        return { body: shown(await reachWebhook(db, principal, endpointId)) };
      },
    }),
    endpoint({
      method: 'delete',
      path: '/admin/webhooks/:endpointId',
      scope: 'webhooks:write',
      tag: webhookTag,
      summary: 'Removes an endpoint with everything that waits for it.',
      params: webhookParams,
      answers: { 200: { description: 'It is removed', body: z.strictObject({ endpointId: z.string() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { endpointId }, principal }) => {
        await reachWebhook(db, principal, endpointId);
        await inTransaction(db, (trx) => removeWebhookEndpoint(trx, endpointId));
        return { body: { endpointId } };
      },
    }),
  ];
}

function rotation({ context: { db, clock, ids }, sealer }: WebhookApiDeps): Endpoint {
  return endpoint({
    method: 'post',
    path: '/admin/webhooks/:endpointId/secret',
    scope: 'webhooks:write',
    tag: webhookTag,
    summary: 'A new secret, shown this once; the one before signs beside it until `previousUntil`.',
    params: webhookParams,
    answers: { 200: { description: 'The secret', body: secretSchema.extend({ previousUntil: z.string() }) } },
    refusals: ['NOT_FOUND'],
    handle: async ({ params: { endpointId }, principal }) => {
      const found = await reachWebhook(db, principal, endpointId);
      const secret = newWebhookSecret(ids);
      const now = clock.now();
      await rotateWebhookSecret(db, sealer, found, secret, now);
      const previousUntil = addMs(now, SECRET_OVERLAP_MS);
      return { body: { endpointId, secret, previousUntil }, headers: { 'cache-control': 'no-store' } };
    },
  });
}

/** @throws AppError OUTGOING_URL_REFUSED */
function assertSecureUrl(url: string, allowPrivate: boolean): void {
  assertPublicUrl(url, allowPrivate);
  if (!allowPrivate && new URL(url).protocol !== 'https:') {
    throw new AppError('OUTGOING_URL_REFUSED', { reason: 'only https is allowed' });
  }
}

function shown(row: WebhookEndpoint): z.input<typeof shownSchema> {
  return {
    endpointId: row.endpoint_id,
    programmeId: row.programme_id,
    url: row.url,
    kinds: row.kinds === null ? null : (JSON.parse(row.kinds) as string[]),
    withoutConsent: row.without_consent === 1,
    active: row.active === 1,
    disabledReason: row.disabled_reason,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
