import { z } from 'zod';
import type { Refusal } from '../../domain/result';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { mergeMembers, type MergeRefusal } from '../../operations/merge-members';
import { splitAccount, type SplitRefusal } from '../../operations/split-account';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachMember } from '../principal';
import { idempotencyKey, reasonGiven } from './staff-fields';

const tag = 'Members';
const params = z.object({ memberId: storedKey });
const MAX_POINTS = 1_000_000_000;

const mergeSchema = z.strictObject({ absorb: storedKey, ...reasonGiven, idempotencyKey });
const splitSchema = z.strictObject({
  shopId: storedKey,
  customerId: storedKey,
  /** Of the member's other points, how many go along. */
  points: z.int().min(0).max(MAX_POINTS).default(0),
  ...reasonGiven,
  idempotencyKey,
});

/** Which accounts are one person, as staff know it. */
export function identityEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  const merged = z.strictObject({ memberId: z.string(), merged: z.boolean() });
  const split = z.strictObject({ memberId: z.string(), split: z.boolean() });
  return [
    endpoint({
      method: 'post',
      path: '/admin/members/:memberId/merge',
      scope: 'members:write',
      tag,
      summary: 'Makes another member part of this one, with points, orders and accounts; the same idempotency key does so once.',
      params,
      body: mergeSchema,
      answers: {
        200: { description: 'It was done before', body: merged },
        201: { description: 'They are one member', body: merged },
      },
      refusals: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_MISMATCH'],
      handle: async ({ params: { memberId }, body, principal }) => {
        await reachMember(db, principal, memberId);
        const result = await mergeMembers(context, { memberId, ...body });
        if (!result.ok) throw refusedMerge(result);
        return { status: result.value.merged ? 201 : 200, body: result.value };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/members/:memberId/unlink',
      scope: 'members:write',
      tag,
      summary: 'Parts a shop account from its member: it gets a member of its own, with its orders. Only staff link it again.',
      params,
      body: splitSchema,
      answers: {
        200: { description: 'It was done before', body: split },
        201: { description: 'The new member', body: split },
      },
      refusals: ['NOT_FOUND', 'CONFLICT', 'INSUFFICIENT_POINTS', 'IDEMPOTENCY_MISMATCH'],
      handle: async ({ params: { memberId }, body, principal }) => {
        await reachMember(db, principal, memberId);
        const result = await splitAccount(context, { memberId, ...body });
        if (!result.ok) throw refusedSplit(result);
        return { status: result.value.split ? 201 : 200, body: result.value };
      },
    }),
  ];
}

function refusedMerge({ code, details }: Refusal<MergeRefusal>): AppError {
  if (code === 'unknown_member') return new AppError('NOT_FOUND', { resource: 'member' });
  if (code === 'idempotency_mismatch') return new AppError('IDEMPOTENCY_MISMATCH');
  if (code === 'already_merged' || code === 'in_company') return new AppError('CONFLICT', { reason: code, ...details });
  // What is of another programme is not there.
  const problem = code === 'same_member' ? 'must be another member' : 'is no member of this programme';
  return new AppError('INVALID_INPUT', { fields: [{ field: 'absorb', problem }] });
}

function refusedSplit({ code, details }: Refusal<SplitRefusal>): AppError {
  switch (code) {
    case 'unknown_member':
      return new AppError('NOT_FOUND', { resource: 'member' });
    case 'idempotency_mismatch':
      return new AppError('IDEMPOTENCY_MISMATCH');
    case 'insufficient_points':
      return new AppError('INSUFFICIENT_POINTS', details);
    case 'unknown_account':
      return new AppError('INVALID_INPUT', { fields: [{ field: 'customerId', problem: 'is no account of this member' }] });
    case 'only_account':
    case 'points_held':
    case 'in_company':
      return new AppError('CONFLICT', { reason: code, ...details });
  }
}
