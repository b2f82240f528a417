import { hasBudget } from '../domain/campaign';
import type { Programme } from '../domain/programme';
import { reason, type Reason } from '../domain/reason';

type Part = readonly [boolean, Reason];

const present = (parts: readonly Part[]): Reason[] => parts.flatMap(([isThere, what]) => (isThere ? [what] : []));

/** What of a draft is replayed beside the points of orders, and on what ground; see docs/what-if.md. */
export function replayedOf(draft: Programme): Reason[] {
  return present([
    [draft.campaigns.some(hasBudget), reason('what_if_with_budgets', true)],
    [draft.activities.length > 0, reason('what_if_with_activities', true)],
    [draft.referral !== null, reason('what_if_with_referrals', true)],
    [draft.occasions.length > 0, reason('what_if_with_occasions', true)],
    [draft.nextPurchase.length > 0 || draft.welcomeVoucher !== null, reason('what_if_with_vouchers', true)],
    [draft.memberships.length > 0, reason('what_if_with_memberships', true)],
    [draft.tiers.levels.length > 0, reason('what_if_with_manual_tiers', true)],
  ]);
}

/** What a draft gives that its replay does not know of, and why. */
export function leftOutOf(draft: Programme): Reason[] {
  return present([
    [draft.challenges.length > 0, reason('what_if_without_challenges', false)],
    [draft.tiers.levels.length > 0, reason('what_if_without_ended_tiers', false)],
    // Staff are not foreseen by any programme.
    [true, reason('what_if_without_corrections', false)],
  ]);
}
