import { z } from 'zod';
import { AppError, type ErrorCode } from '../../errors';
import { askApproval, type AskRefusal } from '../../operations/ask-approval';
import type { OperationContext } from '../../operations/context';
import { decideApproval, type ApprovalRefusal } from '../../operations/decide-approval';
import { listApprovals, listWaiting, type Approval } from '../../stores/approval-store';
import { reachCompany } from '../admin/companies';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachedProgramme, reachMember, reachShop } from '../principal';

const tag = 'Companies';
const params = z.object({ companyId: storedKey });
const statuses = ['pending', 'approved', 'refused', 'withdrawn', 'expired'] as const;

const shownApproval = z.strictObject({
  approvalId: z.string(),
  memberId: z.string(),
  shopId: z.string(),
  cartRef: z.string(),
  points: z.int(),
  status: z.enum(statuses),
  isUsed: z.boolean(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
});

/** Whoever calls vouches for the approver; without one staff decide. */
const decisionSchema = z.strictObject({
  decision: z.enum(['approved', 'refused']),
  approverId: storedKey.nullable().default(null),
  reason: z.string().min(3).max(500),
  actor: z.string().min(1).max(100),
});

/** Redemptions that want an approval, and the answers. */
export function approvalEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/v1/companies/:companyId/approvals',
      scope: 'companies:approve',
      tag,
      summary: 'Requests of a company in the order they were made.',
      params,
      query: afterQuery.extend({ status: z.enum(statuses).optional() }),
      answers: {
        200: {
          description: 'A page',
          body: z.strictObject({ approvals: z.array(shownApproval), next: z.string().nullable() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { companyId }, query: { status, after }, principal }) => {
        await reachCompany(db, principal, companyId);
        const page = await listApprovals(db, companyId, { status: status ?? null, after }, PAGE);
        return { body: { approvals: page.map(shown), next: nextOf(page, (approval) => approval.approval_id) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/companies/:companyId/approvals',
      scope: 'companies:approve',
      tag,
      summary: 'Asks for a redemption before it is tried. The same buyer and points find the request again.',
      params,
      body: z.strictObject({
        memberId: storedKey,
        shopId: storedKey,
        cartRef: storedKey,
        points: z.int().min(1).max(1_000_000_000),
      }),
      answers: {
        200: {
          description: 'Whether an approval is needed, and the one there is',
          body: z.strictObject({ needed: z.boolean(), approvalId: z.string().nullable() }),
        },
      },
      refusals: ['NOT_FOUND', 'UNKNOWN_SHOP', 'CONFLICT', 'REDEMPTION_REFUSED', 'RATE_LIMITED'],
      handle: async ({ params: { companyId }, body, principal }) => {
        await reachCompany(db, principal, companyId);
        await reachShop(db, principal, body.shopId);
        await reachMember(db, principal, body.memberId);
        const asked = await askApproval(context, { ...body, companyId });
        if (!asked.ok) throw new AppError(ASK_REFUSALS[asked.code], { reason: asked.code, ...asked.details });
        return { body: asked.value };
      },
    }),
    decisionEndpoint(context),
    waitingEndpoint(context),
  ];
}

function waitingEndpoint({ db, clock }: OperationContext): Endpoint {
  const waiting = shownApproval.extend({ companyId: z.string(), companyName: z.string() });
  return endpoint({
    method: 'get',
    path: '/admin/company-approvals',
    scope: 'companies:read',
    tag,
    summary: 'Requests of all companies that wait for an answer, in the order they were made.',
    query: afterQuery.extend({ programmeId: storedKey.optional() }),
    answers: {
      200: { description: 'A page', body: z.strictObject({ approvals: z.array(waiting), next: z.string().nullable() }) },
    },
    refusals: ['NOT_FOUND'],
    handle: async ({ query: { after, programmeId: asked }, principal }) => {
      const page = await listWaiting(db, { programmeId: reachedProgramme(principal, asked), after, limit: PAGE }, clock.now());
      const approvals = page.map((row) => ({ ...shown(row), companyId: row.company_id, companyName: row.company_name }));
      return { body: { approvals, next: nextOf(page, ({ approval_id }) => approval_id) } };
    },
  });
}

function decisionEndpoint(context: OperationContext): Endpoint {
  const { db } = context;
  return endpoint({
    method: 'post',
    path: '/v1/companies/:companyId/approvals/:approvalId/decision',
    scope: 'companies:approve',
    tag,
    summary: 'Answers a request, once. An approval is used up by one redemption.',
    params: params.extend({ approvalId: storedKey }),
    body: decisionSchema,
    answers: { 200: { description: 'The request', body: shownApproval } },
    refusals: ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT'],
    handle: async ({ params: { companyId, approvalId }, body, principal }) => {
      await reachCompany(db, principal, companyId);
      const decided = await decideApproval(context, { companyId, approvalId, ...body });
      if (!decided.ok) throw new AppError(DECISION_REFUSALS[decided.code], { reason: decided.code, ...decided.details });
      return { body: shown(decided.value) };
    },
  });
}

const ASK_REFUSALS: Readonly<Record<AskRefusal, ErrorCode>> = {
  not_a_buyer: 'CONFLICT',
  no_programme: 'CONFLICT',
  above_order_limit: 'REDEMPTION_REFUSED',
  above_month_limit: 'REDEMPTION_REFUSED',
  asked_too_often: 'RATE_LIMITED',
};

const DECISION_REFUSALS: Readonly<Record<ApprovalRefusal, ErrorCode>> = {
  unknown_approval: 'NOT_FOUND',
  not_an_approver: 'FORBIDDEN',
  own_request: 'FORBIDDEN',
  already_decided: 'CONFLICT',
  request_expired: 'CONFLICT',
};

function shown(approval: Approval): z.input<typeof shownApproval> {
  return {
    approvalId: approval.approval_id,
    memberId: approval.member_id,
    shopId: approval.shop_id,
    cartRef: approval.cart_ref,
    points: approval.points,
    status: approval.status,
    isUsed: approval.hold_id !== null,
    requestedAt: approval.requested_at,
    expiresAt: approval.expires_at,
    decidedAt: approval.decided_at,
    decidedBy: approval.decided_by,
  };
}
