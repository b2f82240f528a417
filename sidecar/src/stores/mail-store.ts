/** Mails of ours: written with what happened, leased by a worker, sent until they are taken or given up. */
import type { Row } from '../storage/tables';
import { toInteger, type Db } from '../storage/transaction';

export type MailDelivery = Row<'mail_delivery'>;

export interface NewMail {
  readonly mailId: string;
  readonly programmeId: string;
  readonly kind: string;
  readonly occurredAt: string;
  readonly figures: Readonly<Record<string, string | number>>;
  /** Null = as the shop says. */
  readonly language: string | null;
  readonly to:
    | { readonly memberId: string; readonly shopId: string | null }
    /** Sealed under `mailAddressContext(mailId)`. */
    | { readonly sealedAddress: string };
  readonly leadId?: string;
}

/** What a mail's address is sealed for. */
export function mailAddressContext(mailId: string): string {
  return `mail:${mailId}`;
}

export async function insertMail(db: Db, mail: NewMail, now: string): Promise<void> {
  await db
    .insertInto('mail_delivery')
    .values({
      mail_id: mail.mailId,
      programme_id: mail.programmeId,
      member_id: 'memberId' in mail.to ? mail.to.memberId : null,
      shop_id: 'memberId' in mail.to ? mail.to.shopId : null,
      sealed_address: 'memberId' in mail.to ? null : mail.to.sealedAddress,
      kind: mail.kind,
      figures: JSON.stringify(mail.figures),
      language: mail.language,
      status: 'pending',
      attempts: 0,
      next_attempt_at: now,
      lease_owner: null,
      lease_until: null,
      last_error: null,
      occurred_at: mail.occurredAt,
      created_at: now,
      finished_at: null,
      lead_id: mail.leadId ?? null,
    })
    .execute();
}

/** Takes mails about a lead that wait or failed. */
export async function dropLeadMails(db: Db, leadId: string): Promise<void> {
  await db.deleteFrom('mail_delivery').where('lead_id', '=', leadId).where('status', 'in', ['pending', 'dead']).execute();
}

export interface MailOutcome {
  /** `dropped`: it is not to be sent any more. */
  readonly status: MailDelivery['status'];
  readonly error: string | null;
  /** Of the next try, while there is one. */
  readonly retryAt: string;
}

/** Stores what came of a try, unless the lease was lost meanwhile. An address that was kept for it goes with it. */
export async function settleMail(
  db: Db,
  token: string,
  mail: Pick<MailDelivery, 'mail_id' | 'attempts' | 'sealed_address'>,
  { status, error, retryAt }: MailOutcome,
  now: string,
): Promise<void> {
  await db
    .updateTable('mail_delivery')
    .set({
      status,
      attempts: mail.attempts + 1,
      last_error: error,
      next_attempt_at: retryAt,
      lease_owner: null,
      lease_until: null,
      finished_at: status === 'pending' ? null : now,
      sealed_address: status === 'pending' ? mail.sealed_address : null,
    })
    .where('mail_id', '=', mail.mail_id)
    .where('lease_owner', '=', token)
    .execute();
}

export interface MailFilter {
  /** Null = of all. */
  readonly programmeId: string | null;
  readonly status: MailDelivery['status'] | undefined;
  readonly before: string;
}

/** A page of a programme's mails, newest first. */
export async function listMails(db: Db, { programmeId, status, before }: MailFilter, limit: number): Promise<MailDelivery[]> {
  let query = db.selectFrom('mail_delivery').selectAll().orderBy('mail_id', 'desc').limit(limit);
  if (programmeId !== null) query = query.where('programme_id', '=', programmeId);
  if (before !== '') query = query.where('mail_id', '<', before);
  if (status !== undefined) query = query.where('status', '=', status);
  return query.execute();
}

/** Gives a programme's dead mails (null = of all) their attempts back; without ids, all of them. Whose address is gone stays dead. Returns how many. */
export async function replayMails(
  db: Db,
  programmeId: string | null,
  ids: readonly string[] | null,
  now: string,
): Promise<number> {
  if (ids?.length === 0) return 0;
  let query = db
    .updateTable('mail_delivery')
    .set({ status: 'pending', attempts: 0, next_attempt_at: now, finished_at: null })
    .where('status', '=', 'dead')
    .where('member_id', 'is not', null);
  if (programmeId !== null) query = query.where('programme_id', '=', programmeId);
  if (ids !== null) query = query.where('mail_id', 'in', ids);
  return toInteger((await query.executeTakeFirst()).numUpdatedRows);
}
