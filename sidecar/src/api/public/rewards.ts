import { z } from 'zod';
import { CATALOGUE_KINDS } from '../../domain/catalogue-reward';
import { AppError, type ErrorCode } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { listRewards, type OfferedReward } from '../../operations/list-rewards';
import { redeemReward, type RewardRefusal } from '../../operations/redeem-reward';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { actorOf } from '../principal';
import { reasonSchema } from '../reason-schema';
import { showRedemption, shownRedemption } from '../redemption-schema';
import { askedProgramme, memberRef, programmeOf, sentMember, shopOf, type SentMember } from './sent-member';

const tag = 'Rewards';
const MAX_QUANTITY = 20;

const askedMember = z
  .strictObject({
    memberId: storedKey.optional(),
    shopId: storedKey.optional(),
    customerId: storedKey.optional(),
    programmeId: askedProgramme,
  })
  .refine(({ memberId, shopId, customerId }) => (memberId === undefined) === (shopId !== undefined && customerId !== undefined), {
    path: ['memberId'],
    message: 'must be given, or else shopId and customerId',
  });

const redemptionRequest = z.strictObject({
  member: sentMember,
  programmeId: askedProgramme,
  quantity: z.int().min(1).max(MAX_QUANTITY).default(1),
  /** Where the member is; absent = the shop that names them. */
  shopId: storedKey.optional(),
  note: z.string().trim().min(1).max(500).nullable().default(null),
  idempotencyKey: storedKey,
});

const offeredReward = z.strictObject({
  code: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  kind: z.enum(CATALOGUE_KINDS),
  pointsPrice: z.int(),
  perMember: z.int().nullable(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  image: z.string().nullable(),
  /** Null = without limit. */
  left: z.int().nullable(),
  available: z.boolean(),
  /** Why the member cannot have one now. */
  obstacles: z.array(reasonSchema),
});

const REFUSALS: Readonly<Record<RewardRefusal, ErrorCode>> = {
  unknown_member: 'NOT_FOUND',
  no_programme: 'NOT_FOUND',
  unknown_reward: 'NOT_FOUND',
  idempotency_mismatch: 'IDEMPOTENCY_MISMATCH',
  no_account: 'REDEMPTION_REFUSED',
  refused: 'REDEMPTION_REFUSED',
  insufficient_points: 'INSUFFICIENT_POINTS',
};

export interface RewardApiDeps {
  readonly context: OperationContext;
  readonly hashEmail: (email: string) => string;
}

/** The reward catalogue as a member finds it, and taking something from it. */
export function rewardEndpoints({ context, hashEmail }: RewardApiDeps): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'get',
      path: '/v1/rewards',
      scope: 'rewards:read',
      tag,
      summary: 'The catalogue as a member finds it now: what they can have, and why not what they cannot.',
      query: askedMember,
      answers: {
        200: {
          description: 'The catalogue',
          body: z.strictObject({ memberId: z.string(), points: z.int(), rewards: z.array(offeredReward) }),
        },
      },
      refusals: ['NOT_FOUND', 'UNKNOWN_SHOP'],
      handle: async ({ query: { programmeId: asked, memberId = '', shopId, customerId }, principal }) => {
        const member: SentMember = shopId === undefined || customerId === undefined ? { memberId } : { shopId, customerId };
        const programmeId = await programmeOf(db, principal, { programmeId: asked, member });
        const listed = await listRewards(context, programmeId, memberRef(hashEmail, member));
        if (!listed.ok) throw new AppError('NOT_FOUND', { resource: 'member' });
        return { body: { ...listed.value, rewards: listed.value.rewards.map(shownOffer) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/rewards/:code/redemptions',
      scope: 'rewards:write',
      tag,
      summary: 'Buys a reward with points; the same idempotency key buys once.',
      params: z.object({ code: storedKey }),
      body: redemptionRequest,
      answers: {
        200: { description: 'It was redeemed before; the redemption as it is now', body: shownRedemption },
        201: { description: 'It is redeemed', body: shownRedemption },
      },
      refusals: ['NOT_FOUND', 'UNKNOWN_SHOP', 'IDEMPOTENCY_MISMATCH', 'INSUFFICIENT_POINTS', 'REDEMPTION_REFUSED'],
      handle: async ({ params: { code: rewardCode }, body, principal }) => {
        const { member, programmeId: asked, shopId = shopOf(member), ...rest } = body;
        const programmeId = await programmeOf(db, principal, { programmeId: asked, member });
        if (shopId !== null) await programmeOf(db, principal, { member: { shopId, customerId: '-' } });
        const actor = actorOf(principal);
        const request = { ...rest, programmeId, rewardCode, shopId, actor, member: memberRef(hashEmail, member) };
        const redeemed = await redeemReward(context, request);
        if (!redeemed.ok) throw new AppError(REFUSALS[redeemed.code], { reason: redeemed.code, ...redeemed.details });
        const { redemption, repeated } = redeemed.value;
        return { status: repeated ? 200 : 201, body: await showRedemption(db, redemption) };
      },
    }),
  ];
}

function shownOffer({ reward, left, obstacles }: OfferedReward): z.input<typeof offeredReward> {
  const { code, name, description, kind, pointsPrice, perMember, scope, image } = reward;
  const { from = null, until = null } = scope;
  const shown = { code, name, description, kind, pointsPrice, perMember, from, until, image, left };
  return { ...shown, available: obstacles.length === 0, obstacles: [...obstacles] };
}
