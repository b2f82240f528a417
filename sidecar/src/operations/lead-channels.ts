import type { Db } from '../storage/transaction';
import { activeWebhookEndpoints, wantsKind, type WebhookEndpoint } from '../stores/webhook-endpoint-store';

export const LEAD_KIND = 'lead_confirmation_requested';

/** Who is asked to mail the confirmation of an address: nobody else knows it. */
export async function leadEndpoints(db: Db, programmeId: string): Promise<WebhookEndpoint[]> {
  return (await activeWebhookEndpoints(db, programmeId)).filter((endpoint) => wantsKind(endpoint, LEAD_KIND));
}

export async function hasLeadChannel(db: Db, programmeId: string): Promise<boolean> {
  return (await leadEndpoints(db, programmeId)).length > 0;
}
