import type { MonthDay } from '../domain/occasion';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { TOLD_BY_API, tellBirthday } from '../stores/profile-store';
import type { OperationContext } from './context';

/** Sets a birthday by hand, which then stands before what shops say; null leaves it to the shops again. */
export async function setBirthday(
  context: OperationContext,
  input: { readonly memberId: string; readonly birthday: MonthDay | null },
): Promise<{ changed: boolean }> {
  return inTransaction(context.db, async (trx) => {
    const { programmeId, memberId } = await lockMember(trx, input.memberId);
    const told = { memberId, programmeId, by: TOLD_BY_API, birthday: input.birthday };
    return { changed: await tellBirthday(trx, told, context.clock.now()) };
  });
}
