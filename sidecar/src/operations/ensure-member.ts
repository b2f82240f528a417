import { openAccount } from '../ledger/locked-member';
import { insertOnce, PersonErased, type Trx } from '../storage/transaction';
import { erasedAt } from '../stores/erasure-store';
import { findIdentity, guestKey, identitiesOf, isGuestKey, refreshIdentity, type IdentityInput } from '../stores/member-store';
import type { OperationContext } from './context';

/**
 * The member behind a customer of a shop; opened on first sight. Two racing openers end with one member.
 * @throws PersonErased when the account is of somebody who was erased; guests come back with an order placed afterwards
 */
export async function ensureMember(
  trx: Trx,
  context: OperationContext,
  input: IdentityInput,
): Promise<{ memberId: string; opened: boolean }> {
  const known = await findIdentity(trx, input.shopId, input.customerId);
  if (known) {
    await refreshIdentity(trx, known, input);
    return { memberId: known.member_id, opened: false };
  }
  const erased = await erasedAt(trx, input.shopId, context.hashCustomer(input.shopId, input.customerId));
  if (erased !== null && (!isGuestKey(input.customerId) || input.at <= erased)) {
    throw new PersonErased('a shop speaks of somebody who was erased');
  }
  const guest = input.claimsGuest && input.emailHash !== null ? await unclaimedGuest(trx, input.shopId, input.emailHash) : null;
  const memberId = guest ?? context.ids.next();
  const inserted = await insertOnce(trx, 'member_identity', {
    shop_id: input.shopId,
    customer_id: input.customerId,
    programme_id: input.programmeId,
    member_id: memberId,
    email_hash: input.emailHash,
    customer_group: input.customerGroup,
    linked_at: input.at,
    email_verified: input.emailVerified === true ? 1 : 0,
    company_name: input.company ?? null,
  });
  if (!inserted) {
    const winner = await findIdentity(trx, input.shopId, input.customerId);
    if (!winner) throw new Error(`identity of customer ${input.customerId} vanished`);
    return { memberId: winner.member_id, opened: false };
  }
  if (guest !== null) return { memberId, opened: false };
  await openMember(trx, { memberId, programmeId: input.programmeId, at: input.at });
  return { memberId, opened: true };
}

/** A member with nothing yet, and their books; also one that stands for a company. */
export async function openMember(
  trx: Trx,
  opened: { readonly memberId: string; readonly programmeId: string; readonly at: string; readonly companyId?: string },
): Promise<void> {
  const { memberId, programmeId, at, companyId = null } = opened;
  await trx
    .insertInto('member')
    .values({
      member_id: memberId,
      programme_id: programmeId,
      tier: null,
      tier_since: null,
      tier_missed_since: null,
      joined_at: at,
      referral_code: null,
      rewarded_referrals: 0,
      company_id: companyId,
    })
    .execute();
  await openAccount(trx, memberId, programmeId);
}

/** The member of a guest whom no customer of the shop has taken over yet. */
async function unclaimedGuest(trx: Trx, shopId: string, emailHash: string): Promise<string | null> {
  const guest = await findIdentity(trx, shopId, guestKey(emailHash));
  if (!guest) return null;
  const taken = (await identitiesOf(trx, guest.member_id)).some(
    (identity) => identity.shop_id === shopId && !isGuestKey(identity.customer_id),
  );
  return taken ? null : guest.member_id;
}
