import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors';
import { memberHistory } from '../../operations/member-history';
import type { Db } from '../../storage/transaction';
import { findIdentity } from '../../stores/member-store';
import { parseBody } from '../parse-body';

export interface ShopperOfShop {
  readonly shopId: string;
  readonly customerId: string;
}

export interface HistoryDeps {
  readonly db: Db;
  /** Who asks, by the platform's token. @throws AppError UNAUTHORIZED */
  readonly authenticate: (token: string, externalShopId: string) => Promise<ShopperOfShop>;
}

const TOKEN_HEADER = 'shopware-app-token';
const SHOP_HEADER = 'shopware-app-shop-id';
const PAGE = 20;

const querySchema = z.object({ before: z.coerce.number().int().positive().optional() });

/** A shopper's own ledger, for the account page. The token is the right; no cookie is read, so any origin may ask. */
export function createHistoryRouter(deps: HistoryDeps): Router {
  const router = Router();
  router.use(allowStorefronts);
  router.get('/history', async (request, response) => {
    const { before } = parseBody(querySchema, request.query);
    const token = request.get(TOKEN_HEADER) ?? '';
    if (token === '') throw new AppError('UNAUTHORIZED');
    const { shopId, customerId } = await deps.authenticate(token, request.get(SHOP_HEADER) ?? '');
    const identity = await findIdentity(deps.db, shopId, customerId);
    response.setHeader('cache-control', 'no-store');
    response.json(identity ? await memberHistory(deps.db, identity.member_id, before ?? null, PAGE) : { items: [], next: null });
  });
  return router;
}

const allowStorefronts: RequestHandler = (request, response, next) => {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.setHeader('access-control-allow-methods', 'GET');
  response.setHeader('access-control-allow-headers', `${TOKEN_HEADER}, ${SHOP_HEADER}`);
  response.setHeader('access-control-max-age', '600');
  response.status(204).end();
};
