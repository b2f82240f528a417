import { refuse, success, type Result } from '../domain/result';
import type { Db } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';
import { findIdentity, findMemberRow, isGuestKey } from '../stores/member-store';

/** How those who are no shop name a member. */
export type MemberRef =
  | { readonly memberId: string }
  | { readonly shopId: string; readonly customerId: string }
  /** Keyed hash of the address. */
  | { readonly emailHash: string };

/** The member of a programme whom a sender means. A customer's account comes before what a guest opened. */
export async function findNamedMember(db: Db, programmeId: string, ref: MemberRef): Promise<Result<string, 'unknown_member'>> {
  const memberId = await named(db, programmeId, ref);
  return memberId === null ? refuse('unknown_member') : success(memberId);
}

async function named(db: Db, programmeId: string, ref: MemberRef): Promise<string | null> {
  if ('memberId' in ref) {
    const member = await findMemberRow(db, ref.memberId);
    return member?.programme_id === programmeId ? presentMemberId(db, member.member_id) : null;
  }
  if ('customerId' in ref) {
    const identity = await findIdentity(db, ref.shopId, ref.customerId);
    return identity?.programme_id === programmeId ? identity.member_id : null;
  }
  const identities = await db
    .selectFrom('member_identity')
    .select(['member_id', 'customer_id'])
    .where('programme_id', '=', programmeId)
    .where('email_hash', '=', ref.emailHash)
    .orderBy('linked_at')
    .orderBy('shop_id')
    .orderBy('customer_id')
    .execute();
  return (identities.find(({ customer_id: id }) => !isGuestKey(id)) ?? identities[0])?.member_id ?? null;
}
