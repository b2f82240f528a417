import { Router, type Request } from 'express';
import { z } from 'zod';
import { MAX_RULE_PRIORITY } from '../../domain/shop-settings';
import { AppError } from '../../errors';
import { changeShopSettings } from '../../operations/change-shop-settings';
import type { OperationContext } from '../../operations/context';
import { withdrawShop } from '../../operations/withdraw-shop';
import { findShopById, isConnected, listShops, type ShopRow } from '../../stores/shop-store';
import { parseBody } from '../parse-body';

const settingsSchema = z.strictObject({
  rulePriority: z.int().min(0).max(MAX_RULE_PRIORITY).nullable().optional(),
  salesChannelIds: z
    .array(z.string().regex(/^[0-9a-f]{32}$/, 'must be an id of 32 hexadecimal digits'))
    .min(1)
    .max(500)
    .nullable()
    .optional(),
  useCustomerGroups: z.boolean().nullable().optional(),
});

/** Connected shops and what the merchant decides about them. */
export function createShopRouter(context: OperationContext): Router {
  const router = Router();
  router.get('/', async (_request, response) => {
    response.json({ shops: (await listShops(context.db)).map(shown) });
  });
  router.patch('/:shopId/settings', async (request: Request<{ shopId: string }>, response) => {
    const settings = parseBody(settingsSchema, request.body);
    if (!(await changeShopSettings(context, request.params.shopId, settings))) throw new AppError('NOT_FOUND');
    const row = await findShopById(context.db, request.params.shopId);
    if (!row) throw new AppError('NOT_FOUND');
    response.json(shown(row));
  });
  router.post('/:shopId/withdraw', async (request: Request<{ shopId: string }>, response) => {
    const { shopId } = request.params;
    const row = await findShopById(context.db, shopId);
    if (!row) throw new AppError('NOT_FOUND');
    if (!isConnected(row.status)) throw new AppError('SHOP_NOT_ACTIVE');
    response.status(202).json(await withdrawShop(context, shopId));
  });
  return router;
}

/** Without secrets and keys. */
function shown(row: ShopRow): Record<string, unknown> {
  return {
    shopId: row.shop_id,
    platform: row.platform,
    programmeId: row.programme_id,
    url: row.url,
    status: row.status,
    appVersion: row.app_version,
    settings: JSON.parse(row.settings) as unknown,
  };
}
