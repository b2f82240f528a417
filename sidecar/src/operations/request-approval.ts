import { addDays } from '../domain/instant';
import { reason } from '../domain/reason';
import type { Trx } from '../storage/transaction';
import { countRequestsSince, insertApproval, pendingOf, withdrawApprovals } from '../stores/approval-store';
import type { Buyer, Company } from '../stores/company-store';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';

/** Whoever asks more often in a day is given no further request, so that approvers are not flooded. */
const MAX_REQUESTS_A_DAY = 50;

/**
 * Asks a company's approvers for a redemption. A buyer has one request at a time: the same number of points finds it
 * again, another replaces it. Null when they have asked too often. The caller holds the locks of `lockSpender` and
 * brings the shops up to date.
 */
export async function requestApproval(
  trx: Trx,
  context: OperationContext,
  { company, buyer }: { readonly company: Company; readonly buyer: Buyer },
  wish: { readonly shopId: string; readonly cartRef: string; readonly points: number },
): Promise<string | null> {
  const now = context.clock.now();
  const memberId = buyer.member_id;
  const known = await pendingOf(trx, memberId, now);
  if (known?.points === wish.points) return known.approval_id;
  if ((await countRequestsSince(trx, memberId, addDays(now, -1))) >= MAX_REQUESTS_A_DAY) return known?.approval_id ?? null;
  await withdrawApprovals(trx, memberId, ['pending']);
  const approvalId = context.ids.next();
  await insertApproval(trx, {
    approval_id: approvalId,
    company_id: company.company_id,
    programme_id: company.programme_id,
    member_id: memberId,
    shop_id: wish.shopId,
    cart_ref: wish.cartRef,
    points: wish.points,
    status: 'pending',
    requested_at: now,
    expires_at: addDays(now, company.approval_days),
    decided_at: null,
    decided_by: null,
    hold_id: null,
  });
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: company.programme_id,
    memberId,
    kind: 'company_approval',
    subject: `approval:${approvalId}`,
    programmeVersionId: null,
    decidedAt: now,
    inputs: { companyId: company.company_id, company: company.name, ...wish },
    outcome: { status: 'pending', points: wish.points },
    reasons: [reason('approval_requested', true, { points: wish.points, approvalAbove: buyer.approval_above })],
  });
  return approvalId;
}
