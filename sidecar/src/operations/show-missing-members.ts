import { lockMember } from '../ledger/locked-member';
import { inTransaction } from '../storage/transaction';
import { membersNotShown } from '../stores/desired-state-store';
import { presentMemberId } from '../stores/identity-store';
import { isShownKey } from '../stores/member-store';
import type { OperationContext } from './context';
import { ensureReferralCode } from './ensure-referral-code';
import { projectMember } from './project-member';
import { unlessErased } from './unless-erased';

const MEMBERS_A_PAGE = 200;

/** Members a shop does not show, since it had left: mirror and referral code, a transaction each. Returns how many. */
export async function showMissingMembers(
  context: OperationContext,
  shop: { readonly shopId: string; readonly programmeId: string },
): Promise<number> {
  const published = await context.programmes.effectiveAt(context.db, shop.programmeId, context.clock.now());
  const terms = published?.programme.referral ?? null;
  let shown = 0;
  let after = '';
  for (;;) {
    const page = await membersNotShown(context.db, shop.shopId, after, MEMBERS_A_PAGE);
    for (const { customerId, memberId } of page) {
      after = customerId;
      if (!isShownKey(customerId)) continue;
      const work = inTransaction(context.db, async (trx) => {
        const member = await lockMember(trx, await presentMemberId(trx, memberId));
        if (terms) await ensureReferralCode(trx, context, { ...shop, customerId }, member.memberId, terms);
        await projectMember(trx, context, member);
      });
      await unlessErased(work, undefined);
      shown += 1;
    }
    if (page.length < MEMBERS_A_PAGE) return shown;
  }
}
