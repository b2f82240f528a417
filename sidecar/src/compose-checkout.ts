/** Wires what every platform's shop asks before it takes an order. */
import type { CheckoutGatewayDeps } from './api/storefront/checkout-gateway';
import type { Parts } from './compose';
import { reason } from './domain/reason';
import { checkEarlyAccess, type CartGoods } from './operations/check-early-access';
import { checkFriendCode } from './operations/check-friend-code';
import { recordRefusal, type RefusedWish } from './operations/record-refusal';
import type { CheckoutDenial, CheckoutRefusal, ConnectedShop, NotYetOpen, PlatformName, ShopPlatform } from './platform/platform';
import { isConnected, openShop, secretsValidAt, type ShopRow } from './stores/shop-store';
import { secureCheckout } from './sync/secure-checkout';
import { syncOrder } from './sync/sync-order';

/** A shopper should not notice us at all. */
const DEADLINE_MS = 250;
/** What is left for our own work when the shop has been asked. */
const SHOP_DEADLINE_MS = 150;

/** The cart of an order that is about to be placed. */
export interface AskedCheckout {
  /** Null for guests. */
  readonly customerId: string | null;
  readonly isPlacement: boolean;
  readonly currency: string;
  readonly email: string | null;
  /** A friend's code, or one that may be; null = none. */
  readonly code: string | null;
  /** Orders of this buyer that the shop knows of, perhaps before we do. */
  readonly ordersInShop?: number;
  /** Products in it, gifts left out. */
  readonly goods: readonly CartGoods[];
  /** Sales channel or store view; null = the shop did not say. */
  readonly place: string | null;
  readonly points: { readonly intent: string; readonly points: number; readonly valueMinor: number } | null;
}

export interface AskedPlatform extends ShopPlatform {
  orderOfIntent(shop: ConnectedShop, customerId: string, intent: string): Promise<string | null>;
}

export function checkoutDeps({
  clock,
  log,
  metrics,
}: Parts): Pick<CheckoutGatewayDeps<unknown>, 'clock' | 'log' | 'deadlineMs' | 'onAnswer'> {
  return {
    clock,
    log,
    deadlineMs: DEADLINE_MS,
    onAnswer: (result, startedMs) => metrics.checkoutDuration.observe({ result }, (clock.nowMs() - startedMs) / 1000),
  };
}

export async function connectedShopNamed({ directory, clock }: Parts, platform: PlatformName, externalShopId: string) {
  const shop = await directory.find(platform, externalShopId);
  return shop && isConnected(shop.status) ? { shopId: shop.shopId, secrets: secretsValidAt(shop.secrets, clock.now()) } : null;
}

export async function decideCheckout(
  parts: Parts,
  platform: AskedPlatform,
  row: ShopRow,
  checkout: AskedCheckout,
): Promise<CheckoutRefusal | null> {
  const closed = await notYetOpen(parts, row, checkout);
  if (closed !== null) return closed;
  const denial = (await friendCodeDenial(parts, row, checkout)) ?? (await pointsDenial(parts, platform, row, checkout));
  if (denial !== null) await keepDenial(parts, row, checkout, denial);
  return denial;
}

async function keepDenial(parts: Parts, row: ShopRow, checkout: AskedCheckout, denial: CheckoutDenial): Promise<void> {
  const { currency, code, points, isPlacement } = checkout;
  const figures = { points: points?.points ?? null, valueMinor: points?.valueMinor ?? null, currency, code };
  await keepRefusal(parts, row, checkout, {
    wish: [points?.intent ?? null, points?.points ?? null, code],
    inputs: { ...figures, isPlacement },
    reason: reason(`checkout_${denial}`, false, figures),
  });
}

interface KeptRefusal extends Pick<RefusedWish, 'inputs' | 'reason'> {
  readonly wish: readonly (string | number | null)[];
}

/** A refusal stands, also where it could not be kept. */
async function keepRefusal(
  { context, log, hashEmail }: Parts,
  { shop_id: shopId, programme_id: programmeId }: ShopRow,
  { customerId, email }: AskedCheckout,
  { wish, inputs, reason: why }: KeptRefusal,
): Promise<void> {
  const buyer = customerId ?? (email === null ? 'nobody' : hashEmail(email));
  await recordRefusal(context.db, context, {
    kind: 'checkout_refused',
    programmeId,
    shopId,
    customerId,
    subject: `checkout:${shopId}`,
    wish: JSON.stringify([buyer, ...wish]),
    inputs,
    reason: why,
  }).catch((error: unknown) => log.warn({ error }, 'the refusal of a checkout could not be kept'));
}

/** Before points are reserved, so that a cart that cannot be bought holds none. */
async function notYetOpen(parts: Parts, row: ShopRow, checkout: AskedCheckout): Promise<NotYetOpen | null> {
  const { programme_id: programmeId, shop_id: shopId } = row;
  const { customerId, place, goods, isPlacement } = checkout;
  const closed = await checkEarlyAccess(parts.context, { programmeId, shopId, customerId, place, goods });
  if (closed === null) return null;
  const { product, tiers, opensAt, timeZone, tier } = closed;
  const { productNumber, name } = product;
  const figures = { product: name, productNumber, tier, tiers: tiers.join(', '), opensAt };
  await keepRefusal(parts, row, checkout, {
    wish: [productNumber, opensAt, tier],
    inputs: { ...figures, isPlacement },
    reason: reason('checkout_early_access', false, figures),
  });
  return { denial: 'early_access', productNumber, product: name, tiers, opensAt, timeZone };
}

async function friendCodeDenial(
  { context, hashEmail }: Parts,
  row: ShopRow,
  { code, customerId, email, ordersInShop = 0 }: AskedCheckout,
): Promise<CheckoutDenial | null> {
  if (code === null) return null;
  const checked = await checkFriendCode(context.db, {
    programmeId: row.programme_id,
    shopId: row.shop_id,
    customerId,
    emailHash: email === null ? null : hashEmail(email),
    code,
  });
  if (checked.ok) return ordersInShop > 0 ? 'friend_code_not_first' : null;
  return checked.code === 'own_code' ? 'own_friend_code' : 'friend_code_not_first';
}

async function pointsDenial(
  parts: Parts,
  platform: AskedPlatform,
  row: ShopRow,
  { points, customerId, isPlacement, currency }: AskedCheckout,
): Promise<CheckoutDenial | null> {
  if (points === null) return null;
  const { context, log } = parts;
  const shop = await openShop(context.db, row, parts.sealer);
  return secureCheckout(
    {
      context,
      orderOfIntent: (customer, intent) => inTime(platform.orderOfIntent(shop, customer, intent)),
      onUnknownOrder: (orderId) => {
        syncOrder(context, platform, shop, orderId).catch((error: unknown) => log.warn({ error }, 'an order could not be read'));
      },
    },
    { programmeId: row.programme_id, shopId: row.shop_id, customerId, isPlacement, currency, ...points },
  );
}

function inTime<T>(asked: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the shop did not answer in time')), SHOP_DEADLINE_MS);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
