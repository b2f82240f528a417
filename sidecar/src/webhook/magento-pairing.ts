/** How a Magento shop becomes known: its module exchanges a one-time code for the secret it signs webhooks with. */
import { createHash } from 'node:crypto';
import express, { Router } from 'express';
import type { Clock } from '../clock';
import { AppError } from '../errors';
import type { Ids } from '../ids';
import type { Sealer } from '../security/sealer';
import { newWebhookSecret } from '../security/standard-webhook';
import { inTransaction, type Db } from '../storage/transaction';
import { notePairedShop, redeemPairingCode } from '../stores/pairing-store';
import { connectShop } from '../stores/shop-store';
import { assertShopUrl, reportConnected, type ConnectionListener } from './registered-shop';

export interface PairingRequest {
  readonly code: string;
  readonly shopUrl: string;
  /** Code of a website that is paired by itself; null = the whole installation. */
  readonly website: string | null;
  readonly websiteIds: readonly number[];
  /** ISO code; catalogue prices are in it. */
  readonly baseCurrency: string;
  readonly moduleVersion: string;
  readonly oauth: {
    readonly consumerKey: string;
    readonly consumerSecret: string;
    readonly accessToken: string;
    readonly accessTokenSecret: string;
  };
}

export interface MagentoPairingDeps extends ConnectionListener {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Reads the module's request. @throws AppError INVALID_INPUT naming the field */
  readonly parsePairingRequest: (body: unknown) => PairingRequest;
  /** No slash at the end. */
  readonly publicUrl: string;
  readonly allowPrivateUrls: boolean;
  readonly bodyLimitBytes: number;
}

/** What the module keeps. */
export interface PairedKeys {
  readonly shopId: string;
  /** `whsec_` and 32 bytes in base64, as in Standard Webhooks. */
  readonly webhookSecret: string;
  readonly webhookUrl: string;
}

/** The module's queue may hold deliveries it signed before it was paired again. */
const OLD_SECRET_MS = 24 * 3_600_000;
const MAX_VERSION_LENGTH = 255;

/** `POST /magento/pair`; to be mounted at `/magento`. */
export function createMagentoPairingRouter(deps: MagentoPairingDeps): Router {
  const router = Router();
  router.post('/pair', express.json({ limit: deps.bodyLimitBytes }), async (request, response) => {
    response.json(await pair(deps, deps.parsePairingRequest(request.body)));
  });
  return router;
}

async function pair(deps: MagentoPairingDeps, request: PairingRequest): Promise<PairedKeys> {
  // All of this comes before the code is used up: a typing mistake must not cost the merchant a new code.
  assertShopUrl(request.shopUrl, deps.allowPrivateUrls);
  const url = canonicalUrl(request.shopUrl);
  const now = deps.clock.now();
  const webhookSecret = newWebhookSecret(deps.ids);
  const { shopId, externalShopId } = await inTransaction(deps.db, async (trx) => {
    const programmeId = await redeemPairingCode(trx, request.code, now);
    if (programmeId === null) throw new AppError('PAIRING_CODE_INVALID');
    const shop = {
      shopId: deps.ids.next(),
      platform: 'magento' as const,
      externalShopId: externalIdOf(programmeId, url, request.website),
      programmeId,
      url,
    };
    const connectedId = await connectShop(trx, deps.sealer, shop, {
      secret: webhookSecret,
      url,
      credentials: { ...request.oauth },
      settings: { website: request.website, websiteIds: request.websiteIds, baseCurrency: request.baseCurrency },
      appVersion: request.moduleVersion.slice(0, MAX_VERSION_LENGTH),
      previousValidUntil: new Date(deps.clock.nowMs() + OLD_SECRET_MS).toISOString(),
      now,
    });
    await notePairedShop(trx, request.code, connectedId);
    return { shopId: connectedId, externalShopId: shop.externalShopId };
  });
  await reportConnected(deps, shopId);
  return { shopId: externalShopId, webhookSecret, webhookUrl: `${deps.publicUrl}/webhooks/magento` };
}

function canonicalUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

/**
 * Follows from programme, URL and website, so that a shop paired again, even twice at once, is the same shop. Websites of one
 * installation may share their address.
 */
function externalIdOf(programmeId: string, url: string, website: string | null): string {
  const parts = [programmeId, url, ...(website === null ? [] : [website])];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
