import { hasBudget } from '../domain/campaign';
import type { Programme } from '../domain/programme';
import { reason, type Reason } from '../domain/reason';

/** What a draft gives that its replay does not know of, for whoever reads the report; see docs/what-if.md. */
export function leftOutOf(draft: Programme): Reason[] {
  const without: readonly (readonly [boolean, Reason])[] = [
    [draft.campaigns.some(hasBudget), reason('what_if_without_budgets', false)],
    [draft.activities.length > 0, reason('what_if_without_activities', false)],
    [draft.challenges.length > 0, reason('what_if_without_challenges', false)],
    [draft.referral !== null, reason('what_if_without_referrals', false)],
    [draft.occasions.length > 0, reason('what_if_without_occasions', false)],
    [draft.nextPurchase.length > 0 || draft.welcomeVoucher !== null, reason('what_if_without_vouchers', false)],
    [draft.memberships.length > 0, reason('what_if_without_memberships', false)],
    // Staff are not foreseen by any programme.
    [true, reason('what_if_without_corrections', false)],
  ];
  return without.flatMap(([isLeftOut, what]) => (isLeftOut ? [what] : []));
}
