import { insertOnce, type Trx } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';

export interface InvitedCustomer {
  readonly programmeId: string;
  readonly memberId: string;
  readonly registeredAt: string;
  readonly referralCode?: string | null;
}

/** Keeps who came by whose link, bought or not: only so can one say how many of the invited buy. The first link counts. */
export async function recordInvitation(trx: Trx, customer: InvitedCustomer): Promise<void> {
  const { programmeId, memberId, registeredAt, referralCode = null } = customer;
  if (referralCode === null) return;
  const code = await trx
    .selectFrom('referral_code')
    .select(['code', 'member_id'])
    .where('programme_id', '=', programmeId)
    .where('code', '=', referralCode.toUpperCase())
    .executeTakeFirst();
  if (!code) return;
  const referrerId = await presentMemberId(trx, code.member_id);
  if (referrerId === memberId) return;
  await insertOnce(trx, 'referral_invitation', {
    programme_id: programmeId,
    friend_member_id: memberId,
    referrer_member_id: referrerId,
    code: code.code,
    registered_at: registeredAt,
  });
}
