import type { Purpose } from '../domain/milestone';
import type { Trx } from '../storage/transaction';
import { identitiesOf, isGuestKey } from '../stores/member-store';
import { insertWebhookDelivery } from '../stores/webhook-delivery-store';
import { activeWebhookEndpoints, wantsKind, type WebhookEndpoint } from '../stores/webhook-endpoint-store';
import type { OperationContext } from './context';

/** What an endpoint is told of a happening. */
export interface WebhookNews {
  readonly programmeId: string;
  readonly memberId: string;
  readonly noticeId: string;
  readonly kind: string;
  readonly occurredAt: string;
  readonly figures: Readonly<Record<string, string | number>>;
  readonly purpose: Purpose;
  readonly consent: boolean;
  readonly language: string;
}

/** Writes for each endpoint that asked for the kind what it is to be told, in the transaction in which it happened. */
export async function enqueueWebhooks(trx: Trx, context: OperationContext, news: WebhookNews): Promise<void> {
  const { programmeId, memberId, kind, occurredAt, ...said } = news;
  const endpoints = (await activeWebhookEndpoints(trx, programmeId)).filter((one) => isWanted(one, news));
  if (endpoints.length === 0) return;
  const accounts = (await identitiesOf(trx, memberId))
    .filter((identity) => !isGuestKey(identity.customer_id))
    .map((identity) => ({ shopId: identity.shop_id, customerId: identity.customer_id }));
  const data = { programmeId, memberId, accounts, ...said };
  const body = JSON.stringify({ type: `loyalty.${kind}`, timestamp: occurredAt, data });
  for (const { endpoint_id: endpointId } of endpoints) {
    const delivery = { deliveryId: context.ids.next(), endpointId, programmeId, memberId, kind, body };
    await insertWebhookDelivery(trx, delivery, context.clock.now());
  }
}

function isWanted(endpoint: WebhookEndpoint, { kind, consent }: WebhookNews): boolean {
  return wantsKind(endpoint, kind) && (consent || endpoint.without_consent === 1);
}
