import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import type { OperationContext } from './context';
import { endHold } from './end-hold';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const HOLDS_PER_PAGE = 200;

/** Gives held points back, at the shop's word or because the hold lapsed. Repeating it changes nothing. */
export async function releaseHold(
  context: OperationContext,
  input: { holdId: string; /** Null = of any programme. */ programmeId: string | null; status: 'released' | 'expired' },
): Promise<Result<{ released: boolean }, 'unknown_hold'>> {
  return inTransaction(context.db, async (trx) => {
    const hold = await trx.selectFrom('hold').selectAll().where('hold_id', '=', input.holdId).executeTakeFirst();
    if (!hold || (input.programmeId !== null && hold.programme_id !== input.programmeId)) return refuse('unknown_hold');
    const member = await lockMember(trx, hold.member_id);
    const released = await endHold(trx, context, member, hold, input.status);
    if (released) await projectMember(trx, context, member);
    return success({ released });
  });
}

/** Lapses holds past their time. */
export async function expireHolds(context: OperationContext, now: string): Promise<{ expired: number }> {
  let expired = 0;
  for (;;) {
    const due = await context.db
      .selectFrom('hold')
      .select('hold_id')
      .where('status', '=', 'placed')
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .orderBy('hold_id')
      .limit(HOLDS_PER_PAGE)
      .execute();
    for (const { hold_id: holdId } of due) {
      const work = releaseHold(context, { holdId, programmeId: null, status: 'expired' });
      const result = await unlessErased(work, success({ released: false }));
      if (result.ok && result.value.released) expired += 1;
    }
    if (due.length < HOLDS_PER_PAGE) return { expired };
  }
}
