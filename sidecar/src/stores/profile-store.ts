/** Birthdays of members: month and day alone, from one source each. */
import type { MonthDay } from '../domain/occasion';
import type { Row } from '../storage/tables';
import { insertOnce, type Db, type Trx } from '../storage/transaction';

/** What was told over the API stands before what shops say. */
export const TOLD_BY_API = 'api';

export interface ToldBirthday {
  readonly memberId: string;
  readonly programmeId: string;
  /** A shop, or `TOLD_BY_API`. */
  readonly by: string;
  /** Null = there is none, or no longer. */
  readonly birthday: MonthDay | null;
}

export async function findProfile(db: Db, memberId: string): Promise<Row<'member_profile'> | undefined> {
  return db.selectFrom('member_profile').selectAll().where('member_id', '=', memberId).executeTakeFirst();
}

/**
 * Whether what is told changes anything. The first shop that has a birthday is the one that may change it: two shops that
 * differ would go on correcting each other for ever.
 */
export async function isNewBirthday(db: Db, { memberId, by, birthday }: Omit<ToldBirthday, 'programmeId'>): Promise<boolean> {
  const known = await findProfile(db, memberId);
  if (!known) return birthday !== null;
  if (by !== TOLD_BY_API && known.told_by !== by) return false;
  return birthday === null || known.birth_month !== birthday.month || known.birth_day !== birthday.day || known.told_by !== by;
}

/** The member's lock is held. Returns whether it changed anything. */
export async function tellBirthday(trx: Trx, told: ToldBirthday, now: string): Promise<boolean> {
  if (!(await isNewBirthday(trx, told))) return false;
  const { memberId, programmeId, by, birthday } = told;
  await trx.deleteFrom('member_profile').where('member_id', '=', memberId).execute();
  if (birthday === null) return true;
  return insertOnce(trx, 'member_profile', {
    member_id: memberId,
    programme_id: programmeId,
    birth_month: birthday.month,
    birth_day: birthday.day,
    told_by: by,
    updated_at: now,
  });
}
