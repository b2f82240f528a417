import type { ReferralTerms } from '../domain/programme';
import type { LockedMember } from '../ledger/locked-member';
import type { Trx } from '../storage/transaction';
import { isDesired } from '../stores/desired-state-store';
import { findMember, shownAccounts } from '../stores/member-store';
import type { OperationContext } from './context';
import { ensureReferralCode } from './ensure-referral-code';

/** Every shop that shows a member's code takes it too: one that gained the member by a link does not have it yet. */
export async function showCodes(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  terms: ReferralTerms | null,
): Promise<void> {
  const { memberId, programmeId } = member;
  if (terms === null) return;
  for (const { shop_id: shopId, customer_id: customerId } of await shownAccounts(trx, [memberId])) {
    const { referral_code: code } = await findMember(trx, memberId);
    const isShown = code !== null && (await isDesired(trx, shopId, 'friend-code', code));
    if (!isShown) await ensureReferralCode(trx, context, { programmeId, shopId, customerId }, memberId, terms);
  }
}
