import { refuse, success, type Result } from '../domain/result';
import type { Db } from '../storage/transaction';
import { presentMemberId } from '../stores/identity-store';
import { emailHashesOf, findIdentity } from '../stores/member-store';
import { ordersOfPerson } from './orders-of-person';

/** A buyer who is about to order with a friend's code. */
export interface FriendCodeUse {
  readonly programmeId: string;
  readonly shopId: string;
  /** Null for guests. */
  readonly customerId: string | null;
  readonly emailHash: string | null;
  readonly code: string;
}

/**
 * Whether a friend's code may give its discount: to somebody else than its owner, and for the very first order. Orders
 * that are still open count, and so do those of guests and of other accounts with the same address, which a shop's own
 * rules do not see.
 */
export async function checkFriendCode(db: Db, use: FriendCodeUse): Promise<Result<null, 'own_code' | 'not_first_order'>> {
  const { programmeId } = use;
  const identity = use.customerId === null ? undefined : await findIdentity(db, use.shopId, use.customerId);
  const memberId = identity?.member_id ?? null;
  const known = memberId === null ? [] : await emailHashesOf(db, memberId);
  const emailHashes = [...new Set([...known, ...(use.emailHash === null ? [] : [use.emailHash])])];
  const owner = await ownerOf(db, programmeId, use.code);
  if (owner) {
    const ownerHashes = await emailHashesOf(db, owner.member_id);
    if (owner.member_id === memberId || ownerHashes.some((hash) => emailHashes.includes(hash))) return refuse('own_code');
  }
  const orders = await ordersOfPerson(db, { programmeId, memberId, emailHashes, placedBefore: null });
  return orders > 0 ? refuse('not_first_order', { earlierOrders: orders }) : success(null);
}

/** Whether a code that a buyer typed belongs to a member of the programme. */
export async function isFriendCode(db: Db, programmeId: string, code: string): Promise<boolean> {
  return (await ownerOf(db, programmeId, code)) !== undefined;
}

async function ownerOf(db: Db, programmeId: string, code: string): Promise<{ member_id: string } | undefined> {
  const owner = await db
    .selectFrom('referral_code')
    .select('member_id')
    .where('programme_id', '=', programmeId)
    .where('code', '=', code.toUpperCase())
    .executeTakeFirst();
  return owner && { member_id: await presentMemberId(db, owner.member_id) };
}
