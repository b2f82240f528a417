import type { FriendCodeMirror } from '../domain/mirror';
import { generateReferralCode } from '../domain/referral';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, insertOnce, type Trx } from '../storage/transaction';
import { setDesired } from '../stores/desired-state-store';
import { markDone } from '../stores/inbox-store';
import { findMember } from '../stores/member-store';
import type { OperationContext } from './context';
import { ensureMember } from './ensure-member';
import { projectMember } from './project-member';

export interface RegisterCustomerInput {
  readonly programmeId: string;
  readonly shopId: string;
  readonly customerId: string;
  readonly emailHash: string | null;
  readonly customerGroup: string | null;
  readonly registeredAt: string;
  readonly messageIds: readonly string[];
}

const CODE_TRIES = 10;

/** Opens a member for a customer, or refreshes what is known of them, with their referral code and mirror. */
export async function registerCustomer(context: OperationContext, input: RegisterCustomerInput): Promise<string> {
  return inTransaction(context.db, async (trx) => {
    const { memberId } = await ensureMember(trx, context.ids, { ...input, at: input.registeredAt });
    const member = await lockMember(trx, memberId);
    await ensureReferralCode(trx, context, input, memberId);
    await projectMember(trx, context, member);
    await markDone(trx, input.messageIds, context.clock.now());
    return memberId;
  });
}

async function ensureReferralCode(
  trx: Trx,
  context: OperationContext,
  input: RegisterCustomerInput,
  memberId: string,
): Promise<void> {
  const now = context.clock.now();
  const published = await context.programmes.effectiveAt(trx, input.programmeId, now);
  const terms = published?.programme.referral;
  if (!terms) return;
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
