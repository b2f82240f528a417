import type { LeadStatus } from '../domain/lead';
import type { Row } from '../storage/tables';
import { insertOnce, toInteger, type Db, type Trx } from '../storage/transaction';

export type Lead = Row<'signup_lead'>;

export async function findLead(db: Db, programmeId: string, emailHash: string): Promise<Lead | undefined> {
  return db
    .selectFrom('signup_lead')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('email_hash', '=', emailHash)
    .executeTakeFirst();
}

export async function findLeadById(db: Db, leadId: string): Promise<Lead | undefined> {
  return db.selectFrom('signup_lead').selectAll().where('lead_id', '=', leadId).executeTakeFirst();
}

/** False when the address was left by another request at the same moment. */
export async function insertLead(trx: Trx, lead: Lead): Promise<boolean> {
  return insertOnce(trx, 'signup_lead', lead);
}

/** Changes a lead that is still as it was read. False when somebody was first. */
export async function changeLead(
  trx: Trx,
  { lead_id: leadId, status, mails, updated_at: updatedAt }: Lead,
  change: Partial<Lead>,
): Promise<boolean> {
  const changed = await trx
    .updateTable('signup_lead')
    .set(change)
    .where('lead_id', '=', leadId)
    .where('status', '=', status)
    .where('mails', '=', mails)
    .where('updated_at', '=', updatedAt)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Once, and only in time. */
export async function markConfirmed(trx: Trx, leadId: string, by: string | null, now: string): Promise<boolean> {
  const changed = await trx
    .updateTable('signup_lead')
    .set({ status: 'confirmed', confirmed_at: now, confirmed_by: by, updated_at: now, email: null })
    .where('lead_id', '=', leadId)
    .where('status', '=', 'requested')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Once: whoever gets true gives what it brings. */
export async function markJoined(trx: Trx, leadId: string, memberId: string, now: string): Promise<boolean> {
  const changed = await trx
    .updateTable('signup_lead')
    .set({ status: 'joined', member_id: memberId, updated_at: now })
    .where('lead_id', '=', leadId)
    .where('status', '=', 'confirmed')
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Mails that requests from a network address have caused since an instant. */
export async function mailsBy(db: Db, requestedBy: string, since: string): Promise<number> {
  const { mails } = await db
    .selectFrom('signup_lead')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('mails'), eb.lit(0)).as('mails'))
    .where('requested_by', '=', requestedBy)
    .where('mailed_at', '>', since)
    .executeTakeFirstOrThrow();
  return toInteger(mails);
}

export async function overdueLeads(db: Db, now: string, limit: number): Promise<Lead[]> {
  return db
    .selectFrom('signup_lead')
    .selectAll()
    .where('status', '=', 'requested')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
}

/** Messages that carry the address go with it, sent or not. */
export async function forgetLeadMessages(trx: Trx, leadId: string): Promise<void> {
  await trx.deleteFrom('webhook_delivery').where('lead_id', '=', leadId).execute();
  await trx.deleteFrom('mail_delivery').where('lead_id', '=', leadId).execute();
}

/** Everything of a person who left an address, also one that came to nothing. */
export async function deleteLeads(trx: Trx, programmeId: string, emailHashes: readonly string[]): Promise<number> {
  if (emailHashes.length === 0) return 0;
  const leads = await trx
    .selectFrom('signup_lead')
    .select('lead_id')
    .where('programme_id', '=', programmeId)
    .where('email_hash', 'in', emailHashes)
    .execute();
  for (const { lead_id: leadId } of leads) {
    await forgetLeadMessages(trx, leadId);
    await trx.deleteFrom('signup_lead').where('lead_id', '=', leadId).execute();
  }
  return leads.length;
}

/** Forgets up to `limit` leads that came to nothing before an instant; returns how many. */
export async function purgeLeads(db: Db, programmeId: string, before: string, limit: number): Promise<number> {
  const old = await db
    .selectFrom('signup_lead')
    .select('lead_id')
    .where('programme_id', '=', programmeId)
    .where('status', 'in', ['expired', 'withdrawn'])
    .where('updated_at', '<', before)
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  const ids = old.map((row) => row.lead_id);
  return toInteger((await db.deleteFrom('signup_lead').where('lead_id', 'in', ids).executeTakeFirst()).numDeletedRows);
}

export async function countLeads(db: Db, programmeId: string): Promise<Partial<Record<LeadStatus, number>>> {
  const rows = await db
    .selectFrom('signup_lead')
    .select(['status', (eb) => eb.fn.countAll<number>().as('leads')])
    .where('programme_id', '=', programmeId)
    .groupBy('status')
    .execute();
  return Object.fromEntries(rows.map(({ status, leads }) => [status, toInteger(leads)]));
}
