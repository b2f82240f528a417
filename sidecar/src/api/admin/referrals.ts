import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { decideReferral } from '../../operations/decide-referral';
import { listReferrals } from '../../operations/list-referrals';
import { referralStatistics } from '../../operations/referral-statistics';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachedProgramme, reachMember } from '../principal';
import { reasonSchema } from '../reason-schema';

const tag = 'Referrals';
const statusSchema = z.enum(['open', 'review', 'rewarded', 'refused', 'reversed']);
const verdictSchema = z.enum(['approve', 'refuse']);
const whole = z.int().min(0);

const decisionSchema = z.strictObject({
  decision: verdictSchema,
  reason: z.string().trim().min(3).max(500),
  actor: z.string().trim().min(1).max(100),
});

const listedSchema = z.strictObject({
  friendMemberId: z.string(),
  referrerMemberId: z.string(),
  code: z.string(),
  shopId: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  createdAt: z.string(),
  dueAt: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  status: statusSchema,
  reason: z.string().nullable(),
  score: whole.max(100).nullable(),
  reasons: z.array(reasonSchema),
  rewardedPoints: whole,
  friendPoints: whole,
  decision: z.strictObject({ verdict: verdictSchema, actor: z.string(), reason: z.string(), at: z.string() }).nullable(),
});

const decidedSchema = z.strictObject({ status: statusSchema, reason: z.string().nullable(), repeated: z.boolean() });

const statisticsSchema = z.strictObject({
  code: z.string().nullable(),
  invited: whole,
  ordered: whole,
  conversionBps: whole.nullable(),
  pending: whole,
  inReview: whole,
  rewarded: whole,
  refused: whole,
  reversed: whole,
  points: whole,
  vouchers: z.strictObject({ count: whole, valueMinor: whole }),
  revenueMinor: z.int(),
});

/** Friends' first orders: what became of each, what staff say of the doubtful ones, and what a member's come to. */
export function referralEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/admin/referrals',
      scope: 'members:read',
      tag,
      summary:
        'Lists referrals with their fraud score explained; `status=review` is the queue of staff, `referrerId` a member’s own.',
      query: afterQuery.extend({
        programmeId: storedKey.optional(),
        status: statusSchema.optional(),
        referrerId: storedKey.optional(),
      }),
      answers: {
        200: { description: 'A page', body: z.strictObject({ referrals: z.array(listedSchema), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query, principal }) => {
        const programmeId = reachedProgramme(principal, query.programmeId);
        const { status = null, referrerId, after } = query;
        const referrals = await listReferrals(db, { programmeId, status, referrerId, after, limit: PAGE });
        return { body: { referrals, next: nextOf(referrals, ({ friendMemberId }) => friendMemberId) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/referrals/:friendMemberId/decision',
      scope: 'members:write',
      tag,
      summary: 'Approves or refuses a referral in review, and settles it at once. Said again it changes nothing.',
      params: z.object({ friendMemberId: storedKey }),
      body: decisionSchema,
      answers: { 200: { description: 'What became of it', body: decidedSchema } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { friendMemberId }, body, principal }) => {
        await reachMember(db, principal, friendMemberId);
        const result = await decideReferral(context, { friendMemberId, shopId: null, ...body });
        if (result.ok) return { body: result.value };
        if (result.code === 'unknown_referral') throw new AppError('NOT_FOUND', { resource: 'referral' });
        throw new AppError('CONFLICT', { problem: result.code, ...result.details });
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/referrals/statistics',
      scope: 'members:read',
      tag,
      summary: 'What a member’s recommendations came to.',
      params: z.object({ memberId: storedKey }),
      answers: { 200: { description: 'Figures', body: statisticsSchema } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, principal }) => ({
        body: await referralStatistics(db, await reachMember(db, principal, memberId)),
      }),
    }),
  ];
}
