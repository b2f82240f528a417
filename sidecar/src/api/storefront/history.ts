import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors';
import { explainChange } from '../../explain/explain-change';
import { LANGUAGES, languageOf, type Language } from '../../explain/language';
import type { OperationContext } from '../../operations/context';
import { memberHistory, type HistoryItem } from '../../operations/member-history';
import { shownAccountOf } from '../../stores/company-store';
import { findLanguage } from '../../stores/language-store';
import { findIdentity } from '../../stores/member-store';
import { parseBody } from '../parse-body';

export interface ShopperOfShop {
  readonly shopId: string;
  readonly customerId: string;
}

export interface HistoryDeps {
  readonly context: Pick<OperationContext, 'db' | 'programmes'>;
  /** Who asks, by the platform's token. @throws AppError UNAUTHORIZED */
  readonly authenticate: (token: string, externalShopId: string) => Promise<ShopperOfShop>;
}

const TOKEN_HEADER = 'shopware-app-token';
const SHOP_HEADER = 'shopware-app-shop-id';
const PAGE = 20;

/** Of an order of many lines; what matters comes first. */
const MAX_EXPLAINED = 12;

const querySchema = z.object({
  before: z.coerce.number().int().positive().optional(),
  language: z.enum(LANGUAGES).optional(),
});

/** A shopper's own ledger, for the account page. The token is the right; no cookie is read, so any origin may ask. */
export function createHistoryRouter(deps: HistoryDeps): Router {
  const router = Router();
  router.use(allowStorefronts);
  router.get('/history', async (request, response) => {
    const { before, language: wished } = parseBody(querySchema, request.query);
    const token = request.get(TOKEN_HEADER) ?? '';
    if (token === '') throw new AppError('UNAUTHORIZED');
    const { shopId, customerId } = await deps.authenticate(token, request.get(SHOP_HEADER) ?? '');
    const { db } = deps.context;
    const identity = await findIdentity(db, shopId, customerId);
    response.setHeader('cache-control', 'no-store');
    const own = identity && (await findLanguage(db, identity.member_id));
    const language = wished ?? own ?? languageOf(request.get('accept-language') ?? '');
    const page = identity
      ? await memberHistory(db, await shownAccountOf(db, identity.member_id), before ?? null, PAGE)
      : { items: [], next: null };
    const items: unknown[] = [];
    for (const item of page.items) items.push(await explained(deps, item, language));
    response.json({ items, next: page.next });
  });
  return router;
}

/** The change with the rules that made it, each once. */
async function explained({ context }: HistoryDeps, { decision, ...item }: HistoryItem, language: Language) {
  if (decision === null) return { ...item, explanation: [] };
  const { programmeVersionId: versionId } = decision;
  const version = versionId === null ? null : await context.programmes.byVersion(context.db, versionId);
  return { ...item, explanation: explainChange(decision, version?.programme ?? null, language, MAX_EXPLAINED) };
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
