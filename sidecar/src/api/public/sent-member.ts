/** How requests name a member, and whose programme they are about. */
import { z } from 'zod';
import { AppError } from '../../errors';
import type { MemberRef } from '../../operations/find-member';
import type { Db } from '../../storage/transaction';
import { findMemberRow } from '../../stores/member-store';
import { storedKey } from '../parse-body';
import { neededProgramme, reachedProgramme, reachShop, type Principal } from '../principal';

export const sentMember = z.union([
  z.strictObject({ memberId: storedKey }),
  z.strictObject({ shopId: storedKey, customerId: storedKey }),
  z.strictObject({ shopId: storedKey, email: z.email().max(254) }),
]);

export type SentMember = z.output<typeof sentMember>;

/** Needed of operators with a member's id alone; a key has its own, a shop has one. */
export const askedProgramme = storedKey.optional();

export interface Addressed {
  readonly programmeId?: string | undefined;
  readonly member: SentMember;
}

export function shopOf(member: SentMember): string | null {
  return 'shopId' in member ? member.shopId : null;
}

/** @throws AppError UNKNOWN_SHOP or NOT_FOUND, the same for what is not there and what is not theirs */
export async function programmeOf(db: Db, principal: Principal, { programmeId, member }: Addressed): Promise<string> {
  const shopId = shopOf(member);
  if (shopId !== null) return (await reachShop(db, principal, shopId)).programme_id;
  if (!('memberId' in member) || reachedProgramme(principal, programmeId) !== null)
    return neededProgramme(principal, programmeId);
  const row = await findMemberRow(db, member.memberId);
  if (!row) throw new AppError('NOT_FOUND', { resource: 'member' });
  return row.programme_id;
}

/** @param hashEmail keyed; the address itself goes no further */
export function memberRef(hashEmail: (email: string) => string, sent: SentMember): MemberRef {
  return 'email' in sent ? { emailHash: hashEmail(sent.email) } : sent;
}
