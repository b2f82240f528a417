import { mayApprove } from '../domain/company';
import { addDays } from '../domain/instant';
import { reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { lockMember } from '../ledger/locked-member';
import { inTransaction, type Trx } from '../storage/transaction';
import { decidePending, expireApproval, findApproval, lapsedApprovals, type Approval } from '../stores/approval-store';
import { findBuyer, findCompany } from '../stores/company-store';
import { recordDecision } from '../stores/decision-store';
import type { OperationContext } from './context';
import { projectConcerned } from './project-company';

export interface ApprovalDecision {
  readonly companyId: string;
  readonly approvalId: string;
  readonly decision: 'approved' | 'refused';
  /** Null = staff decide. */
  readonly approverId: string | null;
  readonly reason: string;
  /** Who staff are; of an approver what the caller calls them. */
  readonly actor: string;
}

export type ApprovalRefusal = 'unknown_approval' | 'not_an_approver' | 'own_request' | 'already_decided' | 'request_expired';

/** Answers a buyer's request. The same answer again changes nothing; another one is refused. */
export async function decideApproval(
  context: OperationContext,
  input: ApprovalDecision,
): Promise<Result<Approval, ApprovalRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const { companyId, approvalId, approverId } = input;
    const seen = await findApproval(trx, companyId, approvalId);
    if (!seen) return refuse('unknown_approval');
    const company = await findCompany(trx, companyId);
    const account = await lockMember(trx, company.account_member_id);
    if (approverId !== null) {
      const approver = await findBuyer(trx, approverId);
      if (approver?.company_id !== companyId || !mayApprove(approver.role)) return refuse('not_an_approver');
      if (approverId === seen.member_id) return refuse('own_request');
    }
    const now = context.clock.now();
    const decided = await decidePending(trx, approvalId, {
      status: input.decision,
      expires_at: addDays(now, company.approval_days),
      decided_by: approverId,
      decided_at: now,
    });
    const present = await findApproval(trx, companyId, approvalId);
    if (!present) return refuse('unknown_approval');
    if (!decided) {
      if (present.status === input.decision) return success(present);
      return present.status === 'pending' ? refuse('request_expired') : refuse('already_decided', { status: present.status });
    }
    await recordAnswer(trx, context, present, input);
    await projectConcerned(trx, context, { company, account }, present.member_id);
    return success(present);
  });
}

async function recordAnswer(trx: Trx, context: OperationContext, approval: Approval, input: ApprovalDecision): Promise<void> {
  const { points } = approval;
  const isApproved = input.decision === 'approved';
  const why = { points, reason: input.reason, actor: input.actor };
  await recordDecision(trx, {
    decisionId: context.ids.next(),
    programmeId: approval.programme_id,
    memberId: approval.member_id,
    kind: 'company_approval',
    subject: `approval:${approval.approval_id}`,
    programmeVersionId: null,
    decidedAt: context.clock.now(),
    inputs: { companyId: approval.company_id, approverId: input.approverId, points },
    outcome: { status: approval.status, points },
    reasons: [reason('approval_decided', isApproved, why)],
  });
}

const PAGE = 200;

/** Ends requests and unused approvals whose time is over. */
export async function expireApprovals(context: OperationContext, now: string): Promise<number> {
  let expired = 0;
  for (;;) {
    const due = await lapsedApprovals(context.db, now, PAGE);
    for (const approval of due) {
      await inTransaction(context.db, async (trx) => {
        const company = await findCompany(trx, approval.company_id);
        const account = await lockMember(trx, company.account_member_id);
        if (!(await expireApproval(trx, approval.approval_id, now))) return;
        await projectConcerned(trx, context, { company, account }, approval.member_id);
        expired += 1;
      });
    }
    if (due.length < PAGE) return expired;
  }
}
