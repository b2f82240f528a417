/**
 * How a Shopware shop becomes known: it registers (we answer with a new secret) and confirms (signed with that secret, with
 * its API keys). Nothing in force changes before the confirmation.
 */
import express, { Router, type Request } from 'express';
import type { Clock } from '../clock';
import { AppError } from '../errors';
import type { Ids } from '../ids';
import type { RawDelivery } from '../platform/platform';
import type { Sealer } from '../security/sealer';
import type { Db } from '../storage/transaction';
import {
  acceptedSecrets,
  createPendingShop,
  findShop,
  isConnected,
  pendingSecret,
  saveConfirmation,
  savePendingRegistration,
  setBranchStatus,
  type ShopRow,
} from '../stores/shop-store';
import { assertShopId, assertShopUrl, reportConnected, type ConnectionListener } from './registered-shop';

type Headers = RawDelivery['headers'];

/** Shopware's side of the protocol, given by its platform folder. Every `verify…` throws AppError MISSING_SIGNATURE or BAD_SIGNATURE. */
export interface ShopwareProtocol {
  verifyRegistrationQuery(rawQuery: string, headers: Headers, appSecret: string): ShopwareRegistrationQuery;
  registrationProof(shopId: string, shopUrl: string, appName: string, appSecret: string): string;
  verifyReRegistration(rawQuery: string, headers: Headers, currentSecret: string): void;
  /** @throws AppError MALFORMED_JSON, INVALID_INPUT */
  parseConfirmation(body: Buffer): ShopwareConfirmation;
  /** With a previous secret, the confirmation must be signed with that as well. */
  verifyConfirmation(body: Buffer, headers: Headers, pendingSecret: string, previousSecret: string | null): void;
}

export interface ShopwareRegistrationQuery {
  readonly shopId: string;
  readonly shopUrl: string;
  /** Unix seconds. */
  readonly timestamp: number | string;
}

export interface ShopwareConfirmation {
  readonly shopId: string;
  readonly apiKey: string;
  readonly secretKey: string;
}

export interface ShopwareRegistrationDeps extends ConnectionListener {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly protocol: ShopwareProtocol;
  readonly appName: string;
  readonly appSecret: string;
  /** No slash at the end. */
  readonly publicUrl: string;
  readonly programmeId: string;
  readonly allowPrivateUrls: boolean;
  readonly allowUnsignedReregistration: boolean;
  readonly bodyLimitBytes: number;
}

const TOLERANCE_MS = 5 * 60_000;
/** Shopware may still have webhooks signed with the old secret under way. */
const OLD_SECRET_MS = 60_000;
const SECRET_BYTES = 32;
const SHOP_SIGNATURE = 'shopware-shop-signature';

/** `GET /shopware/register`, `POST /shopware/confirm`; to be mounted at `/shopware`. */
export function createShopwareRegistrationRouter(deps: ShopwareRegistrationDeps): Router {
  const router = Router();
  router.get('/register', async (request, response) => {
    response.json(await register(deps, rawQueryOf(request), headersOf(request)));
  });
  // Raw, whatever the content type says: the signature is over the bytes.
  router.post(
    '/confirm',
    express.raw({ type: () => true, limit: deps.bodyLimitBytes, inflate: false }),
    async (request, response) => {
      const body: unknown = request.body;
      await confirm(deps, Buffer.isBuffer(body) ? body : Buffer.alloc(0), headersOf(request));
      response.json({ status: 'confirmed' });
    },
  );
  return router;
}

function headersOf(request: Request): Headers {
  return request.headers as Headers;
}

/** Exactly as sent: the signature is over these characters, and Shopware does not percent-encode all of them. */
function rawQueryOf(request: Request): string {
  const { originalUrl } = request;
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start + 1);
}

async function register(
  deps: ShopwareRegistrationDeps,
  rawQuery: string,
  headers: Headers,
): Promise<{ proof: string; secret: string; confirmation_url: string }> {
  const { shopId, shopUrl, timestamp } = deps.protocol.verifyRegistrationQuery(rawQuery, headers, deps.appSecret);
  requireFresh(deps, timestamp);
  assertShopId(shopId);
  assertShopUrl(shopUrl, deps.allowPrivateUrls);
  const secret = deps.ids.secret(SECRET_BYTES);
  const shop = {
    shopId: deps.ids.next(),
    platform: 'shopware' as const,
    externalShopId: shopId,
    programmeId: deps.programmeId,
    url: shopUrl,
  };
  let known = await findShop(deps.db, 'shopware', shopId);
  if (!known && !(await createPendingShop(deps.db, deps.sealer, shop, secret, deps.clock.now()))) {
    known = await findShop(deps.db, 'shopware', shopId);
  }
  if (known) {
    requireCurrentSecret(deps, known, rawQuery, headers);
    await savePendingRegistration(deps.db, deps.sealer, known.shop_id, { secret, url: shopUrl });
  }
  return {
    proof: deps.protocol.registrationProof(shopId, shopUrl, deps.appName, deps.appSecret),
    secret,
    confirmation_url: `${deps.publicUrl}/shopware/confirm`,
  };
}

function requireFresh(deps: ShopwareRegistrationDeps, timestamp: number | string): void {
  const ageMs = deps.clock.nowMs() - Number(timestamp) * 1000;
  // Written so that a timestamp that is no number is refused as well.
  if (!(Math.abs(ageMs) <= TOLERANCE_MS)) throw new AppError('TIMESTAMP_OUT_OF_TOLERANCE');
}

/**
 * The app's secret alone is known to every shop admin, so whoever registers a connected shop again must also know that
 * shop's secret.
 */
function requireCurrentSecret(deps: ShopwareRegistrationDeps, shop: ShopRow, rawQuery: string, headers: Headers): void {
  const current = currentSecret(deps, shop);
  if (current === null) return;
  if (mustProveSecret(deps, shop) || headers[SHOP_SIGNATURE] !== undefined)
    deps.protocol.verifyReRegistration(rawQuery, headers, current);
}

/**
 * A shop that deleted the app has forgotten its secret. So has one whose installation broke off after the confirmation:
 * it never told us the app's version, which every installed app does.
 */
function mustProveSecret(deps: ShopwareRegistrationDeps, shop: ShopRow): boolean {
  const isInstalled = shop.app_version !== null && (isConnected(shop.status) || shop.status === 'inactive');
  return isInstalled && !deps.allowUnsignedReregistration;
}

function currentSecret(deps: ShopwareRegistrationDeps, shop: ShopRow): string | null {
  return acceptedSecrets(shop, deps.sealer, deps.clock.now())[0] ?? null;
}

async function confirm(deps: ShopwareRegistrationDeps, body: Buffer, headers: Headers): Promise<void> {
  const confirmation = deps.protocol.parseConfirmation(body);
  assertShopId(confirmation.shopId);
  const shop = await findShop(deps.db, 'shopware', confirmation.shopId);
  if (!shop) throw new AppError('UNKNOWN_SHOP');
  const pending = pendingSecret(shop, deps.sealer);
  if (pending === null) throw new AppError('CONFLICT', { reason: 'no registration waits for a confirmation' });
  const previous = mustProveSecret(deps, shop) || headers[`${SHOP_SIGNATURE}-previous`] !== undefined;
  deps.protocol.verifyConfirmation(body, headers, pending, previous ? currentSecret(deps, shop) : null);
  const now = deps.clock.now();
  const confirmed = await saveConfirmation(deps.db, deps.sealer, shop, {
    secret: pending,
    url: shop.pending_url ?? shop.url,
    credentials: { apiKey: confirmation.apiKey, secretKey: confirmation.secretKey },
    previousValidUntil: new Date(deps.clock.nowMs() + OLD_SECRET_MS).toISOString(),
    now,
  });
  if (!confirmed) throw new AppError('CONFLICT', { reason: 'the shop registered again meanwhile' });
  await setBranchStatus(deps.db, shop.shop_id, 'active', now);
  await reportConnected(deps, shop.shop_id);
}
