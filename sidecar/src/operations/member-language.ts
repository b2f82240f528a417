import { knownLanguage, type Language } from '../domain/language';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, type Db } from '../storage/transaction';
import { findLanguage, tellLanguage } from '../stores/language-store';
import { findMember } from '../stores/member-store';
import { TOLD_BY_API } from '../stores/profile-store';
import type { OperationContext } from './context';

/** What a member reads: their own language, else that of the programme, else English. */
export async function memberLanguage(
  context: Pick<OperationContext, 'clock' | 'programmes'> & { readonly db: Db },
  memberId: string,
): Promise<Language> {
  const own = await findLanguage(context.db, memberId);
  if (own !== null) return own;
  const { programme_id: programmeId } = await findMember(context.db, memberId);
  const published = await context.programmes.effectiveAt(context.db, programmeId, context.clock.now());
  return knownLanguage(published?.programme.messages.language) ?? 'en';
}

/** Sets a language by hand, which then stands before what shops say; null leaves it to the shops again. */
export async function setLanguage(
  context: OperationContext,
  input: { readonly memberId: string; readonly language: Language | null },
): Promise<{ changed: boolean }> {
  return inTransaction(context.db, async (trx) => {
    const { programmeId, memberId } = await lockMember(trx, input.memberId);
    const told = { memberId, programmeId, by: TOLD_BY_API, language: input.language };
    return { changed: await tellLanguage(trx, told, context.clock.now()) };
  });
}
