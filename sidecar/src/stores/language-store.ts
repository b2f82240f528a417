/** Members' languages, from one source each. */
import type { Language } from '../domain/language';
import { insertOnce, type Db, type Trx } from '../storage/transaction';
import { TOLD_BY_API } from './profile-store';

export interface ToldLanguage {
  readonly memberId: string;
  readonly programmeId: string;
  /** A shop, or `TOLD_BY_API`. */
  readonly by: string;
  /** Null = nothing is known, or no longer. */
  readonly language: Language | null;
}

/** Null = nobody has said. */
export async function findLanguage(db: Db, memberId: string): Promise<Language | null> {
  return (await findToldLanguage(db, memberId))?.language ?? null;
}

async function findToldLanguage(db: Db, memberId: string) {
  return db.selectFrom('member_language').select(['language', 'told_by']).where('member_id', '=', memberId).executeTakeFirst();
}

/**
 * Whether what is told changes anything. The first shop that knows a language is the one that may change it: two shops that
 * differ would go on correcting each other for ever. What was told over the API stands before both.
 */
export async function isNewLanguage(db: Db, { memberId, by, language }: Omit<ToldLanguage, 'programmeId'>): Promise<boolean> {
  const known = await findToldLanguage(db, memberId);
  if (!known) return language !== null;
  if (by !== TOLD_BY_API && known.told_by !== by) return false;
  return known.language !== language || known.told_by !== by;
}

/** The member's lock is held. Returns whether it changed anything. */
export async function tellLanguage(trx: Trx, told: ToldLanguage, now: string): Promise<boolean> {
  if (!(await isNewLanguage(trx, told))) return false;
  const { memberId, programmeId, by, language } = told;
  await trx.deleteFrom('member_language').where('member_id', '=', memberId).execute();
  if (language === null) return true;
  return insertOnce(trx, 'member_language', {
    member_id: memberId,
    programme_id: programmeId,
    language,
    told_by: by,
    updated_at: now,
  });
}
