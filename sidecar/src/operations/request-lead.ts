import { leadStep, type LeadTerms } from '../domain/lead';
import { addDays, addMinutes } from '../domain/instant';
import { refuse, success, type Result } from '../domain/result';
import type { Sealer } from '../security/sealer';
import { sha256Hex } from '../storage/canonical-json';
import { inTransaction, type Trx } from '../storage/transaction';
import { dropLeadMails, mailAddressContext } from '../stores/mail-store';
import { changeLead, findLead, insertLead, mailsBy, type Lead } from '../stores/lead-store';
import { insertWebhookDelivery } from '../stores/webhook-delivery-store';
import type { OperationContext } from './context';
import { enqueueMailTo } from './enqueue-mails';
import { LEAD_KIND, leadChannel, type LeadChannel } from './lead-channels';

export interface LeadContext extends OperationContext {
  readonly sealer: Sealer;
  readonly hashEmail: (email: string) => string;
}

export interface LeadRequest {
  readonly programmeId: string;
  readonly shopId: string;
  readonly email: string;
  readonly language: string;
  /** Of the text that was shown. */
  readonly textVersion: string;
  /** Where the form stood, e.g. `footer`. */
  readonly source: string;
  /** Keyed hash of the network address; null = a sender who answers for it. */
  readonly requestedBy: string | null;
}

export type LeadRefusal = 'no_leads' | 'unknown_text' | 'no_channel' | 'too_many';

/** From one network address, which a whole office may share. */
const MAILS_A_DAY = 20;

/**
 * Keeps an address until its owner confirms it, and has the mail sent. The answer is the same whether the address is known
 * or not, so that nobody learns who is a customer.
 */
export async function requestLead(context: LeadContext, request: LeadRequest): Promise<Result<null, LeadRefusal>> {
  const { db, clock, programmes } = context;
  const now = clock.now();
  const { programmeId } = request;
  const programme = (await programmes.effectiveAt(db, programmeId, now))?.programme ?? null;
  const leads = programme?.leads ?? null;
  if (programme === null || leads === null) return refuse('no_leads');
  const text = leads.consent.texts[request.language];
  if (request.textVersion !== leads.consent.version || text === undefined) return refuse('unknown_text');
  const channel = await leadChannel(db, context, { programmeId, messages: programme.messages });
  if (channel === null) return refuse('no_channel');
  const { requestedBy } = request;
  if (requestedBy !== null && (await mailsBy(db, requestedBy, addDays(now, -1))) >= MAILS_A_DAY) return refuse('too_many');
  await inTransaction(db, (trx) => keep(trx, context, request, { leads, text, channel, now }));
  return success(null);
}

interface Asked {
  readonly leads: LeadTerms;
  readonly text: string;
  readonly channel: LeadChannel;
  readonly now: string;
}

async function keep(trx: Trx, context: LeadContext, request: LeadRequest, asked: Asked): Promise<void> {
  const { now } = asked;
  const known = await findLead(trx, request.programmeId, context.hashEmail(request.email));
  const step = leadStep(
    known ? { status: known.status, expiresAt: known.expires_at, mails: known.mails, mailedAt: known.mailed_at } : null,
    now,
  );
  if (step === 'nothing') return;
  const lead =
    known && step === 'again'
      ? { ...known, mails: known.mails + 1, mailed_at: now }
      : newLead(context, request, asked, known?.lead_id ?? context.ids.next());
  const isOurs = known ? await changeLead(trx, known, lead) : await insertLead(trx, lead);
  // Whoever was first has had the mail sent.
  if (isOurs) await tell(trx, context, lead, { email: request.email, channel: asked.channel });
}

function newLead(context: LeadContext, request: LeadRequest, { leads, text, now }: Asked, leadId: string): Lead {
  const { programmeId, shopId, language, textVersion, source, requestedBy } = request;
  return {
    lead_id: leadId,
    programme_id: programmeId,
    shop_id: shopId,
    email_hash: context.hashEmail(request.email),
    email: context.sealer.seal(request.email, `lead/${leadId}`),
    language,
    text_version: textVersion,
    text_hash: sha256Hex(text),
    source,
    status: 'requested',
    requested_at: now,
    expires_at: addMinutes(now, leads.confirmWithinHours * 60),
    mails: 1,
    mailed_at: now,
    requested_by: requestedBy,
    confirmed_at: null,
    confirmed_by: null,
    updated_at: now,
    member_id: null,
  };
}

/** The address where its owner confirms it. Asked anew, the older ones end. */
export function confirmationUrl(
  { links }: Pick<OperationContext, 'links'>,
  lead: Pick<Lead, 'lead_id' | 'requested_at'>,
): string {
  return `${links.base}/leads/confirm/${lead.lead_id}.${links.sign('lead', [lead.lead_id, lead.requested_at])}`;
}

/** Sealed as it waits, since it has the address. */
async function tell(
  trx: Trx,
  context: LeadContext,
  lead: Lead,
  { email, channel }: { readonly email: string; readonly channel: LeadChannel },
): Promise<void> {
  const { lead_id: leadId, programme_id: programmeId, shop_id: shopId, language, expires_at: expiresAt } = lead;
  const url = confirmationUrl(context, lead);
  if (channel.by === 'smtp') {
    // What still waits has the same link, or one that is over.
    await dropLeadMails(trx, leadId);
    const mailId = context.ids.next();
    const sealedAddress = context.sealer.seal(email, mailAddressContext(mailId));
    await enqueueMailTo(trx, context, {
      mailId,
      programmeId,
      kind: LEAD_KIND,
      figures: { url, expiresAt },
      language,
      sealedAddress,
      leadId,
    });
    return;
  }
  const data = { programmeId, leadId, shopId, email, language, figures: { url, expiresAt } };
  const body = JSON.stringify({ type: `loyalty.${LEAD_KIND}`, timestamp: lead.mailed_at, data });
  for (const { endpoint_id: endpointId } of channel.endpoints) {
    const deliveryId = context.ids.next();
    const sealed = context.sealer.seal(body, `webhook_delivery/${deliveryId}`);
    const delivery = { deliveryId, endpointId, programmeId, memberId: null, kind: LEAD_KIND, body: sealed, leadId };
    await insertWebhookDelivery(trx, delivery, lead.mailed_at);
  }
}
