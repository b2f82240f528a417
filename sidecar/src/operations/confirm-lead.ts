import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { findLeadById, forgetLeadMessages, markConfirmed, type Lead } from '../stores/lead-store';
import { shownAccounts } from '../stores/member-store';
import type { OperationContext } from './context';
import { findNamedMember } from './find-member';
import { joinLead, waitingLead } from './join-lead';
import { projectMember } from './project-member';

export type ConfirmationRefusal = 'unknown_lead' | 'expired';

export interface ConfirmedLead {
  readonly lead: Lead;
  /** Somebody with an account in a shop. */
  readonly isMember: boolean;
}

/** The lead that a link is for; null when it is none of ours or was replaced by a newer one. */
export async function leadOfLink({ db, links }: OperationContext, token: string): Promise<Lead | null> {
  const [, leadId = '', signature = ''] = /^([\x21-\x2d\x2f-\x7e]{1,64})\.([\w-]{43})$/.exec(token) ?? [];
  const lead = leadId === '' ? undefined : await findLeadById(db, leadId);
  return lead && links.isSigned('lead', [leadId, lead.requested_at], signature) ? lead : null;
}

/**
 * The owner of the address says so. From then on only its hash is kept; who has an account already is joined at once, others
 * when they register. A second time changes nothing.
 */
export async function confirmLead(
  context: OperationContext,
  token: string,
  confirmedBy: string | null,
): Promise<Result<ConfirmedLead, ConfirmationRefusal>> {
  const asked = await leadOfLink(context, token);
  if (asked === null) return refuse('unknown_lead');
  const { lead_id: leadId, programme_id: programmeId, email_hash: emailHash } = asked;
  return inTransaction(context.db, async (trx) => {
    const named = await findNamedMember(trx, programmeId, { emailHash });
    const member = named.ok ? await lockMember(trx, named.value) : null;
    const now = context.clock.now();
    const isNew = await markConfirmed(trx, leadId, confirmedBy, now);
    const lead = await findLeadById(trx, leadId);
    if (!lead) return refuse('unknown_lead');
    if (!isNew && lead.status !== 'confirmed' && lead.status !== 'joined') return refuse('expired');
    if (isNew) await forgetLeadMessages(trx, leadId);
    const isMember = member !== null && (await shownAccounts(trx, [member.memberId])).length > 0;
    if (isNew && member && isMember) {
      const waiting = await waitingLead(trx, context, { programmeId, memberId: member.memberId, emailHash });
      if (waiting && (await joinLead(trx, context, member, waiting))) await projectMember(trx, context, member);
    }
    return success({ lead, isMember });
  });
}
