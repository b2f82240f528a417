import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { placeHold } from '../../operations/place-hold';
import { releaseHold } from '../../operations/release-hold';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachShop } from '../principal';

export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');

const holdSchema = z.strictObject({
  shopId: storedKey,
  customerId: storedKey,
  cartRef: storedKey,
  points: z.int().min(1),
  currency: currencySchema,
  goodsMinor: z.int().min(0),
  idempotencyKey: storedKey,
});

const placedHold = z.strictObject({
  holdId: z.string(),
  points: z.int(),
  valueMinor: z.int(),
  currency: z.string(),
  status: z.enum(['placed', 'captured', 'released', 'expired']),
  expiresAt: z.string(),
});

const tag = 'Checkout';

/** Reserving points for a checkout, and giving them back. */
export function holdEndpoints(context: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/holds',
      scope: 'checkout:write',
      tag,
      summary: 'Reserves points for a checkout; the same idempotency key gives the same hold.',
      body: holdSchema,
      answers: { 201: { description: 'The hold', body: placedHold } },
      refusals: ['UNKNOWN_SHOP', 'NOT_FOUND', 'INSUFFICIENT_POINTS', 'IDEMPOTENCY_MISMATCH', 'REDEMPTION_REFUSED'],
      handle: async ({ body, principal }) => {
        const shop = await reachShop(context.db, principal, body.shopId);
        const hold = await placeHold(context, { ...body, programmeId: shop.programme_id });
        if (!hold.ok) throw refusal(hold.code, hold.details);
        return { status: 201, body: hold.value };
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/holds/:holdId',
      scope: 'checkout:write',
      tag,
      summary: 'Gives reserved points back.',
      params: z.object({ holdId: storedKey }),
      answers: { 200: { description: 'Whether they were still reserved', body: z.strictObject({ released: z.boolean() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { holdId }, principal }) => {
        const programmeId = principal.kind === 'operator' ? null : principal.programmeId;
        const released = await releaseHold(context, { holdId, programmeId, status: 'released' });
        if (!released.ok) throw new AppError('NOT_FOUND');
        return { body: released.value };
      },
    }),
  ];
}

function refusal(code: string, details: Readonly<Record<string, unknown>>): AppError {
  switch (code) {
    case 'unknown_member':
      return new AppError('NOT_FOUND', { resource: 'member' });
    case 'insufficient_points':
      return new AppError('INSUFFICIENT_POINTS', details);
    case 'idempotency_mismatch':
      return new AppError('IDEMPOTENCY_MISMATCH');
    default:
      return new AppError('REDEMPTION_REFUSED', { reason: code, ...details });
  }
}
