import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { listDueGifts } from '../../operations/list-due-gifts';
import { findShopById } from '../../stores/shop-store';
import { parseBody, storedKey } from '../parse-body';

const cartSchema = z.strictObject({
  shopId: storedKey,
  customerId: storedKey.nullable().default(null),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  goodsMinor: z.int().min(0),
});

/** `POST /due`: the free products a cart is due. */
export function createGiftRouter(context: OperationContext): Router {
  const router = Router();
  router.post('/due', async (request, response) => {
    const cart = parseBody(cartSchema, request.body);
    const shop = await findShopById(context.db, cart.shopId);
    if (!shop) throw new AppError('UNKNOWN_SHOP');
    const gifts = await listDueGifts(context, { ...cart, programmeId: shop.programme_id });
    response.json(gifts ?? { due: [], reasons: [] });
  });
  return router;
}
