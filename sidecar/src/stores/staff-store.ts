/** Accounts of staff on the admin pages. */
import type { NewRow, Row } from '../storage/tables';
import { insertOnce, toInteger, type Db } from '../storage/transaction';

export type StaffRow = Row<'staff_account'>;

/** False when the name is taken. */
export function insertStaff(db: Db, row: NewRow<'staff_account'>): Promise<boolean> {
  return insertOnce(db, 'staff_account', row);
}

export function findStaffByName(db: Db, name: string): Promise<StaffRow | undefined> {
  return db.selectFrom('staff_account').selectAll().where('name', '=', name).executeTakeFirst();
}

export function findStaff(db: Db, staffId: string): Promise<StaffRow | undefined> {
  return db.selectFrom('staff_account').selectAll().where('staff_id', '=', staffId).executeTakeFirst();
}

/** @param programmeId null = of all programmes */
export function listStaff(db: Db, programmeId: string | null, after: string, limit: number): Promise<StaffRow[]> {
  const query = db.selectFrom('staff_account').selectAll().where('staff_id', '>', after).orderBy('staff_id').limit(limit);
  return (programmeId === null ? query : query.where('programme_id', '=', programmeId)).execute();
}

type StaffChange = Partial<Pick<StaffRow, 'role' | 'password_hash' | 'disabled'>>;

export async function changeStaff(db: Db, staffId: string, change: StaffChange, now: string): Promise<void> {
  const unlocked = change.password_hash === undefined ? {} : { failures: 0, locked_until: null };
  await db
    .updateTable('staff_account')
    .set({ ...change, ...unlocked, updated_at: now })
    .where('staff_id', '=', staffId)
    .execute();
}

/** Counts in the database, so that guesses at once are all counted. @returns failures in a row */
export async function countFailure(db: Db, staffId: string): Promise<number> {
  await db
    .updateTable('staff_account')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('staff_id', '=', staffId)
    .execute();
  const row = await db.selectFrom('staff_account').select('failures').where('staff_id', '=', staffId).executeTakeFirstOrThrow();
  return toInteger(row.failures);
}

export async function lockStaff(db: Db, staffId: string, until: string): Promise<void> {
  await db.updateTable('staff_account').set({ locked_until: until }).where('staff_id', '=', staffId).execute();
}

export async function clearFailures(db: Db, staffId: string): Promise<void> {
  await db
    .updateTable('staff_account')
    .set({ failures: 0, locked_until: null })
    .where('staff_id', '=', staffId)
    .where('failures', '>', 0)
    .execute();
}
