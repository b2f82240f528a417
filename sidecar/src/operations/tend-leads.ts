import { inTransaction } from '../storage/transaction';
import { changeLead, deleteLeads, findLead, forgetLeadMessages, overdueLeads } from '../stores/lead-store';
import type { OperationContext } from './context';

const LEADS_A_PAGE = 200;

/** Addresses that nobody confirmed in time are forgotten; their hash stays until retention comes to it. */
export async function expireLeads(context: OperationContext, now: string): Promise<{ expired: number }> {
  let expired = 0;
  for (;;) {
    const page = await overdueLeads(context.db, now, LEADS_A_PAGE);
    for (const lead of page) {
      await inTransaction(context.db, async (trx) => {
        const change = { status: 'expired', email: null, requested_by: null, updated_at: now } as const;
        if (await changeLead(trx, lead, change)) await forgetLeadMessages(trx, lead.lead_id);
      });
      expired += 1;
    }
    if (page.length < LEADS_A_PAGE) return { expired };
  }
}

/** Somebody takes back what they allowed before they had an account, or wants to be forgotten altogether. False = nothing is known. */
export async function withdrawLead(
  context: OperationContext,
  input: { readonly programmeId: string; readonly emailHash: string; readonly erase: boolean },
): Promise<boolean> {
  const { programmeId, emailHash, erase } = input;
  return inTransaction(context.db, async (trx) => {
    if (erase) return (await deleteLeads(trx, programmeId, [emailHash])) > 0;
    const lead = await findLead(trx, programmeId, emailHash);
    // Who has joined takes it back as a member.
    if (!lead || lead.status === 'joined' || lead.status === 'withdrawn') return false;
    const change = { status: 'withdrawn', email: null, requested_by: null, updated_at: context.clock.now() } as const;
    if (!(await changeLead(trx, lead, change))) return false;
    await forgetLeadMessages(trx, lead.lead_id);
    return true;
  });
}
