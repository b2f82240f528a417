import { z } from 'zod';
import type { OperationContext } from '../../operations/context';
import {
  insertWebhookDelivery,
  listDeliveries,
  replayDeliveries,
  type WebhookDelivery,
} from '../../stores/webhook-delivery-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachWebhook, webhookParams, webhookTag } from './webhooks';

const shownSchema = z.strictObject({
  deliveryId: z.string(),
  kind: z.string(),
  memberId: z.string().nullable(),
  status: z.string(),
  attempts: z.int(),
  nextAttemptAt: z.string().nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  body: z.string(),
});

/** What endpoints were told, and how it is told again. */
export function webhookDeliveryEndpoints({ db, clock, ids }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/webhooks/:endpointId/deliveries',
      scope: 'webhooks:read',
      tag: webhookTag,
      summary: 'What the endpoint was or is to be told, newest first; pass `next` as `after` to go on.',
      params: webhookParams,
      query: afterQuery.extend({ status: z.enum(['pending', 'done', 'dead']).optional() }),
      answers: {
        200: { description: 'A page', body: z.strictObject({ deliveries: z.array(shownSchema), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { endpointId }, query: { after, status }, principal }) => {
        await reachWebhook(db, principal, endpointId);
        const found = await listDeliveries(db, { endpointId, status, before: after }, PAGE);
        return { body: { deliveries: found.map(shown), next: nextOf(found, (one) => one.delivery_id) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/webhooks/:endpointId/ping',
      scope: 'webhooks:write',
      tag: webhookTag,
      summary: 'Sends `loyalty.ping` the way everything else is sent; the list of deliveries says what came of it.',
      params: webhookParams,
      answers: { 202: { description: 'It is on its way', body: z.strictObject({ deliveryId: z.string() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { endpointId }, principal }) => {
        const { programme_id: programmeId } = await reachWebhook(db, principal, endpointId);
        const now = clock.now();
        const deliveryId = ids.next();
        const body = JSON.stringify({ type: 'loyalty.ping', timestamp: now, data: { programmeId } });
        await insertWebhookDelivery(db, { deliveryId, endpointId, programmeId, memberId: null, kind: 'ping', body }, now);
        return { status: 202, body: { deliveryId } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/webhooks/:endpointId/replay',
      scope: 'webhooks:write',
      tag: webhookTag,
      summary: 'Gives deliveries that were given up their attempts back.',
      params: webhookParams,
      body: z.strictObject({ deliveries: z.union([z.literal('all'), z.array(storedKey).min(1).max(1000)]) }),
      answers: { 200: { description: 'How many', body: z.strictObject({ replayed: z.int() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { endpointId }, body: { deliveries }, principal }) => {
        await reachWebhook(db, principal, endpointId);
        const chosen = deliveries === 'all' ? null : deliveries;
        return { body: { replayed: await replayDeliveries(db, endpointId, chosen, clock.now()) } };
      },
    }),
  ];
}

function shown(row: WebhookDelivery): z.input<typeof shownSchema> {
  return {
    deliveryId: row.delivery_id,
    kind: row.kind,
    memberId: row.member_id,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.status === 'pending' ? row.next_attempt_at : null,
    lastStatus: row.last_status,
    lastError: row.last_error,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    body: row.body,
  };
}
