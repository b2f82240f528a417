import { Router } from 'express';
import { renderSVG } from 'uqr';
import { AppError } from '../../errors';
import type { Db } from '../../storage/transaction';
import { codeMadeAt } from '../../stores/referral-store';
import { findShopById, isConnected } from '../../stores/shop-store';

/** Longer ones make codes that cameras read badly. */
const MAX_LINK = 300;
const KEPT_SECONDS = 86_400;

/** A member's referral link as a picture for cameras, for shops that cannot draw one. Of links with a known code alone, so that nobody draws others here. */
export function createReferralQrRouter(db: Db): Router {
  const router = Router();
  router.get('/:shop/:code.svg', async (request, response) => {
    const { shop: shopId, code } = request.params;
    const link = referralLink(request.query['link'], code);
    const shop = await findShopById(db, shopId.slice(0, 64));
    const isKnown = shop && isConnected(shop.status) && (await codeMadeAt(db, shop.programme_id, code.slice(0, 64))) !== null;
    if (link === null || !isKnown) throw new AppError('NOT_FOUND');
    response.setHeader('cache-control', `public, max-age=${KEPT_SECONDS}`);
    // The shop shows it in pages of its own.
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    response.type('image/svg+xml').send(renderSVG(link, { ecc: 'M', border: 4 }));
  });
  return router;
}

/** What a shop's page asked for, when it is an address that carries the code; null = it is not. */
function referralLink(asked: unknown, code: string): string | null {
  if (typeof asked !== 'string' || asked.length > MAX_LINK || !URL.canParse(asked)) return null;
  const { protocol, searchParams } = new URL(asked);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && [...searchParams.values()].includes(code) ? asked : null;
}
