import { success, type Result } from '../domain/result';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import { StateMoved, type Trx } from '../storage/transaction';
import { findNamedMember, type MemberRef } from './find-member';

/**
 * The member whom a sender means, locked. Whom a customer or an address stands for can change while the lock is waited for, so it
 * is looked up again under it.
 * @throws StateMoved when it is another member by then
 */
export async function lockNamedMember(
  trx: Trx,
  programmeId: string,
  ref: MemberRef,
): Promise<Result<LockedMember, 'unknown_member'>> {
  const named = await findNamedMember(trx, programmeId, ref);
  if (!named.ok) return named;
  const member = await lockMember(trx, named.value);
  const present = await findNamedMember(trx, programmeId, ref);
  if (!present.ok || present.value !== member.memberId)
    throw new StateMoved(`another member than ${member.memberId} is meant now`);
  return success(member);
}
