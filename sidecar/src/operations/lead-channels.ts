import type { MessageTerms } from '../domain/milestone';
import type { Db } from '../storage/transaction';
import { activeWebhookEndpoints, wantsKind, type WebhookEndpoint } from '../stores/webhook-endpoint-store';
import type { OperationContext } from './context';

export const LEAD_KIND = 'lead_confirmation_requested';

/** Who mails the confirmation of an address: we, or the endpoints that are told. Never both, so that nobody gets two mails. */
export type LeadChannel = { readonly by: 'smtp' } | { readonly by: 'webhook'; readonly endpoints: readonly WebhookEndpoint[] };

/**
 * We where the programme has this mail sent by our mail server and there is one; else whoever asked to be told, since nobody else knows
 * the address. Null = nobody would mail it.
 */
export async function leadChannel(
  db: Db,
  { hasMailServer = false }: Pick<OperationContext, 'hasMailServer'>,
  { programmeId, messages }: { readonly programmeId: string; readonly messages: MessageTerms },
): Promise<LeadChannel | null> {
  if (hasMailServer && messages.channels[LEAD_KIND].smtp) return { by: 'smtp' };
  const endpoints = (await activeWebhookEndpoints(db, programmeId)).filter((endpoint) => wantsKind(endpoint, LEAD_KIND));
  return endpoints.length > 0 ? { by: 'webhook', endpoints } : null;
}
