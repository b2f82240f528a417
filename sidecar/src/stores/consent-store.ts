import { isConsented } from '../domain/consent';
import type { Purpose } from '../domain/milestone';
import type { Row } from '../storage/tables';
import type { Db, Trx } from '../storage/transaction';

export type ConsentRecord = Row<'consent_record'>;

/** What the member said last about a purpose; undefined = nothing yet. */
export async function latestConsent(db: Db, memberId: string, purpose: Purpose): Promise<ConsentRecord | undefined> {
  return db
    .selectFrom('consent_record')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('purpose', '=', purpose)
    .orderBy('occurred_at', 'desc')
    .orderBy('record_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Whether the member may be told things for the purpose. */
export async function hasConsent(db: Db, memberId: string, purpose: Purpose): Promise<boolean> {
  const latest = await latestConsent(db, memberId, purpose);
  return isConsented(purpose, latest && latest.granted === 1);
}

export async function insertConsent(trx: Trx, record: ConsentRecord): Promise<void> {
  await trx.insertInto('consent_record').values(record).execute();
}

/** Everything a member said, newest first, of what was recorded before the record with the id; empty = from the newest on. */
export async function listConsents(db: Db, memberId: string, before: string, limit: number): Promise<ConsentRecord[]> {
  const query = db
    .selectFrom('consent_record')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('record_id', 'desc')
    .limit(limit);
  return (before === '' ? query : query.where('record_id', '<', before)).execute();
}
