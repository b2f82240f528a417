/** Wires what Shopware asks of us while a shopper waits. */
import { createHistoryRouter } from './api/storefront/history';
import { createModuleRouter } from './api/shop-admin/module';
import { createModuleSessions } from './api/shop-admin/module-session';
import { createSignedRouter } from './api/signed-router';
import { createCheckoutGatewayRouter } from './api/storefront/checkout-gateway';
import type { MountedRouter } from './api/app';
import type { Parts } from './compose';
import { AppError } from './errors';
import { memberBalance } from './ledger/queries';
import { checkFriendCode } from './operations/check-friend-code';
import { orderPoints } from './operations/order-points';
import { buttonAnswer, readButton, type PressedButton } from './platform/shopware/action-button';
import { memberText, orderText, unknownText } from './platform/shopware/button-texts';
import { customerOfToken } from './platform/shopware/app-token';
import { friendCodeOf, gatewayAnswer, readCheckout, type Checkout } from './platform/shopware/checkout-gateway';
import { hmacHex, matchesHmac } from './platform/shopware/signature';
import { readModuleRequest, verifyModuleRequest } from './platform/shopware/module-request';
import type { CheckoutDenial } from './platform/platform';
import { findIdentity, findMember } from './stores/member-store';
import { connectedShop, findShop, findShopById, isConnected, secretsValidAt, type ShopRow } from './stores/shop-store';
import { enterStaffRefund } from './sync/enter-staff-refund';
import { secureCheckout } from './sync/secure-checkout';
import { syncOrder } from './sync/sync-order';

/** Shopware itself gives up after five seconds; a shopper should not notice us at all. */
const GATEWAY_DEADLINE_MS = 250;
/** What is left for our own work when the shop has been asked. */
const SHOP_DEADLINE_MS = 150;
/** A cart of a business customer has hundreds of lines of 2 kB each. */
const GATEWAY_BODY_BYTES = 8 * 1024 * 1024;

const scheme = { matches: matchesHmac, sign: hmacHex };

export function checkoutGateway(parts: Parts): MountedRouter {
  const { clock, log, metrics } = parts;
  const router = createCheckoutGatewayRouter({
    scheme,
    read: readCheckout,
    answer: gatewayAnswer,
    secretsOf: async ({ externalShopId }) => (await connectedShopOf(parts, externalShopId))?.secrets ?? [],
    decide: (checkout) => decide(parts, checkout),
    clock,
    log,
    deadlineMs: GATEWAY_DEADLINE_MS,
    bodyLimitBytes: GATEWAY_BODY_BYTES,
    onAnswer: (result, startedMs) => metrics.checkoutDuration.observe({ result }, (clock.nowMs() - startedMs) / 1000),
  });
  return { path: '/shopware/checkout-gateway', router };
}

/** Buttons of the app on the pages of customers and orders in the administration. */
export function actionButtons(parts: Parts): MountedRouter {
  const router = createSignedRouter({
    scheme,
    read: readButton,
    secretsOf: async ({ externalShopId }) => (await connectedShopOf(parts, externalShopId))?.secrets ?? [],
    answer: async (button, locale) => {
      const shop = await connectedShopOf(parts, button.externalShopId);
      const message = shop && (await noticeOf(parts, shop.shopId, button, locale));
      return buttonAnswer({ found: message !== null, message: message ?? unknownText(locale) });
    },
    bodyLimitBytes: parts.config.bodyLimitBytes,
  });
  return { path: '/shopware/action', router };
}

async function noticeOf({ context }: Parts, shopId: string, button: PressedButton, locale: string): Promise<string | null> {
  if (button.entity === 'order') {
    const points = await orderPoints(context.db, shopId, button.id);
    return points && orderText(points, locale);
  }
  const identity = await findIdentity(context.db, shopId, button.id);
  const balance = identity && (await memberBalance(context.db, identity.member_id));
  if (!balance) return null;
  const { tier } = await findMember(context.db, balance.memberId);
  return memberText({ ...balance, tier }, locale);
}

/** The app's page in the administration. */
export function adminModule(parts: Parts): MountedRouter {
  const { context, clock } = parts;
  const router = createModuleRouter({
    context,
    sessions: createModuleSessions(parts.sealer, clock),
    enterRefund: async (shopId, refund) => {
      const row = await findShopById(context.db, shopId);
      if (!row || !isConnected(row.status)) throw new AppError('SHOP_NOT_ACTIVE');
      return enterStaffRefund(context, parts.shopware, connectedShop(row, parts.sealer), refund);
    },
    authenticate: async (rawQuery) => {
      const request = readModuleRequest(rawQuery);
      const shop = await connectedShopOf(parts, request.externalShopId);
      verifyModuleRequest(request, shop?.secrets ?? [], clock.nowMs());
      const row = await findShop(context.db, 'shopware', request.externalShopId);
      if (!row) throw new AppError('UNKNOWN_SHOP');
      const { shopOrigin, locale } = request;
      return { shopId: row.shop_id, programmeId: row.programme_id, shopOrigin, locale };
    },
  });
  return { path: '/shopware/admin', router };
}

/** What the storefront's JavaScript asks for. */
export function storefrontApi(parts: Parts): MountedRouter {
  const router = createHistoryRouter({
    db: parts.context.db,
    authenticate: async (token, externalShopId) => {
      const shop = await connectedShopOf(parts, externalShopId);
      if (!shop) throw new AppError('UNAUTHORIZED');
      const { shopId, secrets } = shop;
      return { shopId, customerId: await customerOfToken(token, { externalShopId, secrets }, parts.clock.nowMs()) };
    },
  });
  return { path: '/storefront/shopware', router };
}

async function connectedShopOf({ directory, clock }: Parts, externalShopId: string) {
  const shop = await directory.find('shopware', externalShopId);
  return shop && isConnected(shop.status) ? { shopId: shop.shopId, secrets: secretsValidAt(shop.secrets, clock.now()) } : null;
}

/** A cart without points and promotions costs no statement. */
async function decide(parts: Parts, checkout: Checkout): Promise<CheckoutDenial | null> {
  if (checkout.points === null && checkout.promotions.length === 0) return null;
  const row = await findShop(parts.context.db, 'shopware', checkout.externalShopId);
  if (!row) return null;
  return (await friendCodeDenial(parts, row, checkout)) ?? (await pointsDenial(parts, row, checkout));
}

async function friendCodeDenial({ context, hashEmail }: Parts, row: ShopRow, checkout: Checkout): Promise<CheckoutDenial | null> {
  const code = friendCodeOf(checkout, row.shop_id);
  if (code === null) return null;
  const { customerId, email } = checkout;
  const checked = await checkFriendCode(context.db, {
    programmeId: row.programme_id,
    shopId: row.shop_id,
    customerId,
    emailHash: email === null ? null : hashEmail(email),
    code,
  });
  if (checked.ok) return null;
  return checked.code === 'own_code' ? 'own_friend_code' : 'friend_code_not_first';
}

async function pointsDenial(parts: Parts, row: ShopRow, checkout: Checkout): Promise<CheckoutDenial | null> {
  if (checkout.points === null) return null;
  const { context, log, shopware } = parts;
  const shop = connectedShop(row, parts.sealer);
  return secureCheckout(
    {
      context,
      orderOfIntent: (customerId, intent) => inTime(shopware.orderOfIntent(shop, customerId, intent)),
      onUnknownOrder: (orderId) => {
        syncOrder(context, shopware, shop, orderId).catch((error: unknown) => log.warn({ error }, 'an order could not be read'));
      },
    },
    wishOf(row, checkout, checkout.points),
  );
}

function wishOf(row: ShopRow, checkout: Checkout, points: NonNullable<Checkout['points']>) {
  const { customerId, isPlacement, currency } = checkout;
  return { programmeId: row.programme_id, shopId: row.shop_id, customerId, isPlacement, currency, ...points };
}

function inTime<T>(asked: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the shop did not answer in time')), SHOP_DEADLINE_MS);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
