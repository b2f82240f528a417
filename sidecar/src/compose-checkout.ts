/** Wires what every platform's shop asks before it takes an order. */
import type { CheckoutGatewayDeps } from './api/storefront/checkout-gateway';
import type { Parts } from './compose';
import { reason } from './domain/reason';
import { checkFriendCode } from './operations/check-friend-code';
import { recordRefusal } from './operations/record-refusal';
import type { CheckoutDenial, ConnectedShop, PlatformName, ShopPlatform } from './platform/platform';
import { connectedShop, isConnected, secretsValidAt, type ShopRow } from './stores/shop-store';
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
): Promise<CheckoutDenial | null> {
  const denial = (await friendCodeDenial(parts, row, checkout)) ?? (await pointsDenial(parts, platform, row, checkout));
  if (denial !== null) await keepDenial(parts, row, checkout, denial);
  return denial;
}

/** A refusal stands, also where it could not be kept. */
async function keepDenial(
  { context, log, hashEmail }: Parts,
  { shop_id: shopId, programme_id: programmeId }: ShopRow,
  { customerId, currency, code, points, email, isPlacement }: AskedCheckout,
  denial: CheckoutDenial,
): Promise<void> {
  const figures = { points: points?.points ?? null, valueMinor: points?.valueMinor ?? null, currency, code };
  const buyer = customerId ?? (email === null ? 'nobody' : hashEmail(email));
  await recordRefusal(context.db, context, {
    kind: 'checkout_refused',
    programmeId,
    shopId,
    customerId,
    subject: `checkout:${shopId}`,
    wish: JSON.stringify([buyer, points?.intent ?? null, points?.points ?? null, code]),
    inputs: { ...figures, isPlacement },
    reason: reason(`checkout_${denial}`, false, figures),
  }).catch((error: unknown) => log.warn({ error }, 'the refusal of a checkout could not be kept'));
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
  const shop = connectedShop(row, parts.sealer);
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
