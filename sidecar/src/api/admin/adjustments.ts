import { z } from 'zod';
import { AppError, type ErrorCode } from '../../errors';
import { adjustPoints, type AdjustmentRefusal } from '../../operations/adjust-points';
import type { OperationContext } from '../../operations/context';
import { decideAdjustment, isOwnRequest, type AnswerRefusal } from '../../operations/decide-adjustment';
import { findRequest, listRequests, type AdjustmentRequest } from '../../stores/adjustment-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { actorOf, isPerson, mayUse, reachedProgramme, reaches, reachMember, type Principal } from '../principal';
import { idempotencyKey, reasonGiven } from './staff-fields';

const tag = 'Members';
const statuses = ['pending', 'confirmed', 'refused', 'withdrawn', 'expired'] as const;

const adjustmentSchema = z.strictObject({
  points: z
    .int()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .refine((value) => value !== 0, 'must not be 0'),
  ...reasonGiven,
  idempotencyKey,
});

const shownRequest = z.strictObject({
  requestId: z.string(),
  programmeId: z.string(),
  memberId: z.string(),
  points: z.int(),
  reason: z.string(),
  requestedBy: z.string(),
  status: z.enum(statuses),
  requestedAt: z.string(),
  expiresAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedReason: z.string().nullable(),
  entryId: z.string().nullable(),
  /** Of who reads it. */
  isOwn: z.boolean(),
  /** Whether who reads it may confirm or refuse it. */
  mayAnswer: z.boolean(),
});

/** Corrections of points by hand; above the programme's limit a second person confirms them. */
export function adjustmentEndpoints(context: OperationContext): Endpoint[] {
  return [adjustEndpoint(context), listEndpoint(context), answerEndpoint(context)];
}

function adjustEndpoint(context: OperationContext): Endpoint {
  const { db } = context;
  const adjusted = z.strictObject({
    entryId: z.string().nullable(),
    /** Null = nobody has to confirm. */
    request: shownRequest.nullable(),
  });
  return endpoint({
    method: 'post',
    path: '/admin/members/:memberId/adjustments',
    scope: 'members:write',
    tag,
    summary:
      'Corrects a balance, or asks a second person where the programme says so; the same idempotency key posts, or asks, once.',
    params: z.object({ memberId: storedKey }),
    body: adjustmentSchema,
    answers: {
      200: { description: 'It was posted, or answered, before', body: adjusted },
      201: { description: 'It is posted', body: adjusted },
      202: { description: 'It waits for a second person', body: adjusted },
    },
    refusals: ['NOT_FOUND', 'INSUFFICIENT_POINTS', 'IDEMPOTENCY_MISMATCH', 'RATE_LIMITED'],
    handle: async ({ params: { memberId }, body, principal }) => {
      const { programme_id: programmeId } = await reachMember(db, principal, memberId);
      const result = await adjustPoints(context, {
        programmeId,
        memberId,
        requester: actorOf(principal),
        ...body,
      });
      if (!result.ok) throw new AppError(ADJUST_REFUSALS[result.code], { reason: result.code, ...result.details });
      const { entryId, request } = result.value;
      const shownOne = request && shown(request, principal, context.clock.now());
      const isWaiting = shownOne?.status === 'pending';
      return { status: isWaiting ? 202 : entryId === null ? 200 : 201, body: { entryId, request: shownOne } };
    },
  });
}

function listEndpoint({ db, clock }: OperationContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/admin/adjustment-requests',
    scope: 'members:read',
    tag,
    summary: 'Lists corrections that want a second person, newest first; `status=pending` is the queue of staff.',
    query: afterQuery.extend({
      programmeId: storedKey.optional(),
      memberId: storedKey.optional(),
      status: z.enum(statuses).optional(),
    }),
    answers: {
      200: { description: 'A page', body: z.strictObject({ requests: z.array(shownRequest), next: z.string().nullable() }) },
    },
    refusals: ['NOT_FOUND'],
    handle: async ({ query: { status = null, memberId, after, programmeId: asked }, principal }) => {
      const now = clock.now();
      const programmeId = reachedProgramme(principal, asked);
      const rows = await listRequests(db, { programmeId, status, memberId, after, limit: PAGE }, now);
      return {
        body: { requests: rows.map((row) => shown(row, principal, now)), next: nextOf(rows, ({ request_id }) => request_id) },
      };
    },
  });
}

function answerEndpoint(context: OperationContext): Endpoint {
  const { db, clock } = context;
  return endpoint({
    method: 'post',
    path: '/admin/adjustment-requests/:requestId/decision',
    scope: 'members:write',
    tag,
    summary: 'Confirms or refuses a request, by somebody known by name who is not who asked; who asked may withdraw it. Once.',
    params: z.object({ requestId: storedKey }),
    body: z.strictObject({ decision: z.enum(['confirmed', 'refused', 'withdrawn']), ...reasonGiven }),
    answers: { 200: { description: 'The request', body: shownRequest } },
    refusals: ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT', 'INSUFFICIENT_POINTS'],
    handle: async ({ params: { requestId }, body, principal }) => {
      const request = await findRequest(db, requestId);
      if (!request || !reaches(principal, request.programme_id)) throw new AppError('NOT_FOUND', { resource: 'request' });
      if (!isPerson(principal) && body.decision !== 'withdrawn') throw new AppError('FORBIDDEN', { reason: 'not_a_person' });
      const answered = await decideAdjustment(context, { requestId, answerer: actorOf(principal), ...body });
      if (!answered.ok) throw new AppError(ANSWER_REFUSALS[answered.code], { reason: answered.code, ...answered.details });
      return { body: shown(answered.value, principal, clock.now()) };
    },
  });
}

const ADJUST_REFUSALS: Readonly<Record<AdjustmentRefusal, ErrorCode>> = {
  unknown_member: 'NOT_FOUND',
  insufficient_points: 'INSUFFICIENT_POINTS',
  idempotency_mismatch: 'IDEMPOTENCY_MISMATCH',
  wants_approval: 'CONFLICT',
  too_many_requests: 'RATE_LIMITED',
};

const ANSWER_REFUSALS: Readonly<Record<AnswerRefusal, ErrorCode>> = {
  unknown_request: 'NOT_FOUND',
  own_request: 'FORBIDDEN',
  foreign_request: 'FORBIDDEN',
  already_decided: 'CONFLICT',
  request_expired: 'CONFLICT',
  insufficient_points: 'INSUFFICIENT_POINTS',
};

function shown(row: AdjustmentRequest, principal: Principal, now: string): z.input<typeof shownRequest> {
  const actor = actorOf(principal);
  const isOwn = isOwnRequest(row, { actor, answerer: actor });
  const status = row.status === 'pending' && row.expires_at <= now ? 'expired' : row.status;
  return {
    requestId: row.request_id,
    programmeId: row.programme_id,
    memberId: row.member_id,
    points: row.points,
    reason: row.reason,
    requestedBy: row.requested_by,
    status,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    decidedReason: row.decided_reason,
    entryId: row.entry_id,
    isOwn,
    mayAnswer: status === 'pending' && isPerson(principal) && !isOwn && mayUse(principal, 'members:write'),
  };
}
