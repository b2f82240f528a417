import type { FriendCodeMirror } from '../domain/mirror';
import type { ReferralTerms } from '../domain/programme';
import { generateReferralCode } from '../domain/referral';
import { insertOnce, type Trx } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { findMember } from '../stores/member-store';
import type { OperationContext } from './context';

export interface CustomerOfShop {
  readonly programmeId: string;
  readonly shopId: string;
  readonly customerId: string;
}

const CODE_TRIES = 10;

/** The member's code in force in a shop; made when there is none. */
export async function ensureReferralCode(
  trx: Trx,
  context: OperationContext,
  input: CustomerOfShop,
  memberId: string,
  terms: ReferralTerms,
): Promise<void> {
  const now = context.clock.now();
  const known = (await findMember(trx, memberId)).referral_code;
  const code = known ?? (await newCode(trx, context, input.programmeId, memberId, terms.codePrefix));
  const state: FriendCodeMirror = {
    code,
    discount: terms.friendDiscount,
    minimumMinor: terms.friendMinimumMinor,
    referrerCustomerId: input.customerId,
  };
  await setDesired(trx, { shopId: input.shopId, type: 'friend-code', id: code, state }, now);
}

async function newCode(trx: Trx, context: OperationContext, programmeId: string, memberId: string, prefix: string) {
  for (let attempt = 0; attempt < CODE_TRIES; attempt += 1) {
    const code = generateReferralCode(prefix, context.ids.secret(16));
    const row = { programme_id: programmeId, code, member_id: memberId, created_at: context.clock.now() };
    if (!(await insertOnce(trx, 'referral_code', row))) continue;
    await trx.updateTable('member').set({ referral_code: code }).where('member_id', '=', memberId).execute();
    return code;
  }
  throw new Error(`no free referral code found in ${CODE_TRIES} tries`);
}
