import { Router, type Request } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { placeHold } from '../../operations/place-hold';
import { releaseHold } from '../../operations/release-hold';
import { findShopById } from '../../stores/shop-store';
import { parseBody, storedKey } from '../parse-body';

const holdSchema = z.strictObject({
  shopId: storedKey,
  customerId: storedKey,
  cartRef: storedKey,
  points: z.int().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  goodsMinor: z.int().min(0),
  idempotencyKey: storedKey,
});

/** `POST /` reserves points for a checkout, `DELETE /:holdId` gives them back. */
export function createHoldRouter(context: OperationContext): Router {
  const router = Router();
  router.post('/', async (request, response) => {
    const body = parseBody(holdSchema, request.body);
    const shop = await findShopById(context.db, body.shopId);
    if (!shop) throw new AppError('UNKNOWN_SHOP');
    const hold = await placeHold(context, { ...body, programmeId: shop.programme_id });
    if (!hold.ok) throw refusal(hold.code, hold.details);
    response.status(201).json(hold.value);
  });
  router.delete('/:holdId', async (request: Request<{ holdId: string }>, response) => {
    const released = await releaseHold(context, { holdId: request.params.holdId, shopId: null, status: 'released' });
    if (!released.ok) throw new AppError('NOT_FOUND');
    response.json(released.value);
  });
  return router;
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
