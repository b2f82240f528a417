import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

export type TermsAcceptance = Row<'terms_acceptance'>;

/** Versions are few, and each is accepted once. */
const MAX_READ = 100;

/** Everything a member accepted, latest first. */
export async function acceptancesOf(db: Db, memberId: string): Promise<TermsAcceptance[]> {
  return db
    .selectFrom('terms_acceptance')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('accepted_at', 'desc')
    .orderBy('acceptance_id', 'desc')
    .limit(MAX_READ)
    .execute();
}

export async function insertAcceptance(trx: Trx, acceptance: TermsAcceptance): Promise<void> {
  await trx.insertInto('terms_acceptance').values(acceptance).execute();
}

/** The last member of whom shops were told since a moment of the terms; empty = none. */
export async function termsRunCursor(db: Db, programmeId: string, moment: string): Promise<string> {
  const row = await db
    .selectFrom('terms_run')
    .select('after_member')
    .where('programme_id', '=', programmeId)
    .where('moment', '=', moment)
    .executeTakeFirst();
  return row?.after_member ?? '';
}

/** Moves forward only. */
export async function moveTermsRunCursor(db: Db, programmeId: string, moment: string, afterMember: string): Promise<void> {
  await insertOnce(db, 'terms_run', { programme_id: programmeId, moment, after_member: '' });
  await db
    .updateTable('terms_run')
    .set({ after_member: afterMember })
    .where('programme_id', '=', programmeId)
    .where('moment', '=', moment)
    .where('after_member', '<', afterMember)
    .execute();
}
