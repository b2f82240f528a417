import { z } from 'zod';
import { AppError, type ErrorCode } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { payCashback, type CashbackRefusal } from '../../operations/pay-cashback';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { shownPayout, showPayout } from '../payout-schema';
import { actorOf } from '../principal';
import { askedProgramme, memberRef, programmeOf, sentMember } from './sent-member';

const payoutRequest = z.strictObject({
  member: sentMember,
  programmeId: askedProgramme,
  /** Null = as many as can be paid out. */
  points: z.int().min(1).max(1_000_000_000).nullable().default(null),
  idempotencyKey: storedKey,
});

const REFUSALS: Readonly<Record<CashbackRefusal, ErrorCode>> = {
  unknown_member: 'NOT_FOUND',
  no_programme: 'NOT_FOUND',
  unknown_cashback: 'NOT_FOUND',
  idempotency_mismatch: 'IDEMPOTENCY_MISMATCH',
  no_account: 'REDEMPTION_REFUSED',
  refused: 'REDEMPTION_REFUSED',
  insufficient_points: 'INSUFFICIENT_POINTS',
};

/** Points for money. */
export function cashbackEndpoints(context: OperationContext, hashEmail: (email: string) => string): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'post',
      path: '/v1/cashback/:code/payouts',
      scope: 'rewards:write',
      tag: 'Rewards',
      summary: 'Turns points into money at their value; the same idempotency key pays once.',
      params: z.object({ code: storedKey }),
      body: payoutRequest,
      answers: {
        200: { description: 'It was paid before; the payout as it is now', body: shownPayout },
        201: { description: 'The payout', body: shownPayout },
      },
      refusals: ['NOT_FOUND', 'UNKNOWN_SHOP', 'IDEMPOTENCY_MISMATCH', 'INSUFFICIENT_POINTS', 'REDEMPTION_REFUSED'],
      handle: async ({ params: { code }, body: { member, programmeId: asked, ...rest }, principal }) => {
        const programmeId = await programmeOf(db, principal, { programmeId: asked, member });
        const actor = actorOf(principal);
        const paid = await payCashback(context, { ...rest, programmeId, code, actor, member: memberRef(hashEmail, member) });
        if (!paid.ok) throw new AppError(REFUSALS[paid.code], { reason: paid.code, ...paid.details });
        return { status: paid.value.repeated ? 200 : 201, body: showPayout(paid.value.payout) };
      },
    }),
  ];
}
