/** Which members are one person: those that became part of another, and accounts that staff parted. */
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import { isGuestKey } from './member-store';

/** Who a member is now. */
export async function presentMemberId(db: Db, memberId: string): Promise<string> {
  return (await findMerge(db, memberId))?.member_id ?? memberId;
}

export async function findMerge(db: Db, absorbedMemberId: string): Promise<Row<'member_merge'> | undefined> {
  return db.selectFrom('member_merge').selectAll().where('absorbed_member_id', '=', absorbedMemberId).executeTakeFirst();
}

export async function findMergeByKey(db: Db, programmeId: string, sourceKey: string): Promise<Row<'member_merge'> | undefined> {
  return db
    .selectFrom('member_merge')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('source_key', '=', sourceKey)
    .executeTakeFirst();
}

export async function findSplitByKey(db: Db, programmeId: string, sourceKey: string): Promise<Row<'member_split'> | undefined> {
  return db
    .selectFrom('member_split')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('source_key', '=', sourceKey)
    .executeTakeFirst();
}

/** A member and all who became part of it, in the order in which they did. */
export async function idsOfPerson(db: Db, memberId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('member_merge')
    .select('absorbed_member_id')
    .where('member_id', '=', memberId)
    .orderBy('merged_at')
    .orderBy('absorbed_member_id')
    .execute();
  return [memberId, ...rows.map((row) => row.absorbed_member_id)];
}

/** Whether staff parted one of a person's accounts: only staff link it again. */
export async function wasParted(db: Db, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('member_split')
    .select('member_id')
    .where('member_id', 'in', await idsOfPerson(db, memberId))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Enough for one person; who has more accounts is looked at by staff. */
const ACCOUNTS_OF_ONE_PERSON = 20;

/** Other members with an account whose shop has proof of the same address, in the order of their ids. */
export async function verifiedOthers(db: Db, programmeId: string, emailHash: string, memberId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('member_identity')
    .select(['member_id', 'customer_id'])
    .where('programme_id', '=', programmeId)
    .where('email_hash', '=', emailHash)
    .where('email_verified', '=', 1)
    .where('member_id', '!=', memberId)
    .orderBy('member_id')
    .limit(ACCOUNTS_OF_ONE_PERSON)
    .execute();
  return [...new Set(rows.filter((row) => !isGuestKey(row.customer_id)).map((row) => row.member_id))];
}
