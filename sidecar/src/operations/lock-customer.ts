import { lockMember, type LockedMember } from '../ledger/locked-member';
import { StateMoved, type Trx } from '../storage/transaction';
import { findIdentity } from '../stores/member-store';

/**
 * The member behind a customer of a shop, locked; null when the customer is unknown. Whose account it is can change while the lock
 * is waited for, so it is read again under it.
 * @throws StateMoved when the account went to another member meanwhile
 */
export async function lockCustomer(trx: Trx, shopId: string, customerId: string): Promise<LockedMember | null> {
  const identity = await findIdentity(trx, shopId, customerId);
  if (!identity) return null;
  const member = await lockMember(trx, identity.member_id);
  const present = await findIdentity(trx, shopId, customerId);
  if (present?.member_id !== member.memberId)
    throw new StateMoved(`customer ${customerId} is no longer member ${member.memberId}`);
  return member;
}
