import type { FriendCodeMirror } from '../domain/mirror';
import type { ReferralTerms } from '../domain/programme';
import { generateReferralCode } from '../domain/referral';
import { lockMember } from '../ledger/locked-member';
import type { Row } from '../storage/tables';
import { inTransaction, insertOnce, type Db, type Trx } from '../storage/transaction';
import { setDesired, showAgain } from '../stores/desired-state-store';
import { markDone } from '../stores/inbox-store';
import { findIdentity, findMember } from '../stores/member-store';
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
  /** The shop shows nothing of the member. */
  readonly mirrorMissing: boolean;
  /** The shop has proof that the address is theirs: what they earned as a guest is theirs too. */
  readonly emailVerified: boolean;
  readonly messageIds: readonly string[];
}

const CODE_TRIES = 10;

/** Opens a member for a customer, or refreshes what is known of them, with their referral code and mirror. */
export async function registerCustomer(context: OperationContext, input: RegisterCustomerInput): Promise<string> {
  return inTransaction(context.db, async (trx) => {
    const known = await findIdentity(trx, input.shopId, input.customerId);
    const published = await context.programmes.effectiveAt(trx, input.programmeId, context.clock.now());
    const terms = published?.programme.referral ?? null;
    if (known && (await isUpToDate(trx, known, input, terms))) {
      if (input.mirrorMissing) await showAgain(trx, input.shopId, 'member', input.customerId, context.clock.now());
      await markDone(trx, input.messageIds, context.clock.now());
      return known.member_id;
    }
    const { memberId } = await ensureMember(trx, context.ids, {
      ...input,
      at: input.registeredAt,
      claimsGuest: input.emailVerified,
    });
    const member = await lockMember(trx, memberId);
    if (terms) await ensureReferralCode(trx, context, input, memberId, terms);
    await projectMember(trx, context, member);
    await markDone(trx, input.messageIds, context.clock.now());
    return memberId;
  });
}

/** Whether the books have a customer exactly so, and the shop shows them. */
export async function isCustomerCurrent(
  context: OperationContext,
  input: Omit<RegisterCustomerInput, 'messageIds' | 'emailVerified'>,
): Promise<boolean> {
  const { db, clock, programmes } = context;
  const known = await findIdentity(db, input.shopId, input.customerId);
  if (!known || input.mirrorMissing) return false;
  const published = await programmes.effectiveAt(db, input.programmeId, clock.now());
  return isUpToDate(db, known, input, published?.programme.referral ?? null);
}

/** Shops tell of every write to a customer, ours too: answering each with a write would go on for ever. */
async function isUpToDate(
  db: Db,
  known: Row<'member_identity'>,
  input: Pick<RegisterCustomerInput, 'emailHash' | 'customerGroup'>,
  terms: ReferralTerms | null,
): Promise<boolean> {
  const same =
    (input.emailHash ?? known.email_hash) === known.email_hash &&
    (input.customerGroup ?? known.customer_group) === known.customer_group;
  return same && (terms === null || (await findMember(db, known.member_id)).referral_code !== null);
}

async function ensureReferralCode(
  trx: Trx,
  context: OperationContext,
  input: RegisterCustomerInput,
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
