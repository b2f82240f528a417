/** Wires what Shopware asks of us while a shopper waits. */
import { createHistoryRouter } from './api/storefront/history';
import { createFramedPageRouter } from './api/staff/framed-page';
import { createSignedRouter } from './api/signed-router';
import { createCheckoutGatewayRouter } from './api/storefront/checkout-gateway';
import type { MountedRouter } from './api/app';
import type { Parts } from './compose';
import { checkoutDeps, connectedShopNamed, decideCheckout } from './compose-checkout';
import { partOf, partsOf } from './domain/shop-branch';
import { AppError } from './errors';
import { memberBalance } from './ledger/queries';
import { orderPoints } from './operations/order-points';
import { buttonAnswer, pageAnswer, readButton } from './platform/shopware/action-button';
import { memberText, orderText, unknownText } from './platform/shopware/button-texts';
import { customerOfToken } from './platform/shopware/app-token';
import { friendCodeOf, gatewayAnswer, readCheckout, type Checkout } from './platform/shopware/checkout-gateway';
import { signingScheme } from './platform/shopware/signing-scheme';
import { readModuleRequest, verifyModuleRequest } from './platform/shopware/module-request';
import type { CheckoutRefusal } from './platform/platform';
import type { Row } from './storage/tables';
import { shownAccountOf } from './stores/company-store';
import { findIdentity, findMember, partOfCustomer } from './stores/member-store';
import { findShop, findShopById, installedShop } from './stores/shop-store';

/** Shopware lets its own permissions decide who may open the app's page, and does not say who did. */
const ACTOR = 'shop administration';
const MODULE_PATH = '/shopware/admin';

/** A cart of a business customer has hundreds of lines of 2 kB each. */
const GATEWAY_BODY_BYTES = 8 * 1024 * 1024;

export function checkoutGateway(parts: Parts): MountedRouter {
  const router = createCheckoutGatewayRouter({
    ...checkoutDeps(parts),
    scheme: signingScheme,
    read: readCheckout,
    answer: gatewayAnswer,
    secretsOf: async ({ externalShopId }) => (await connectedShopOf(parts, externalShopId))?.secrets ?? [],
    decide: async (checkout) => decide(parts, checkout),
    bodyLimitBytes: GATEWAY_BODY_BYTES,
  });
  return { path: '/shopware/checkout-gateway', router };
}

async function decide(parts: Parts, checkout: Checkout): Promise<CheckoutRefusal | null> {
  const row = await findShop(parts.context.db, 'shopware', checkout.externalShopId);
  if (!row) return null;
  const { shopId } = partOf(installedShop(row), checkout.place);
  const part = shopId === row.shop_id ? row : await findShopById(parts.context.db, shopId);
  if (!part) return null;
  return decideCheckout(parts, parts.shopware, part, { ...checkout, code: friendCodeOf(checkout, part.shop_id) });
}

/** Buttons of the app on the pages of customers and orders in the administration. */
export function actionButtons(parts: Parts): MountedRouter {
  const router = createSignedRouter({
    scheme: signingScheme,
    read: readButton,
    secretsOf: async ({ externalShopId }) => (await connectedShopOf(parts, externalShopId))?.secrets ?? [],
    answer: async (button, locale) => {
      const shop = await connectedShopOf(parts, button.externalShopId);
      const row = shop && (await findShopById(parts.context.db, shop.shopId));
      if (!row) return buttonAnswer({ found: false, message: unknownText(locale) });
      return button.entity === 'order' ? orderAnswer(parts, row, button.id, locale) : memberAnswer(parts, row, button.id, locale);
    },
    bodyLimitBytes: parts.config.bodyLimitBytes,
  });
  return { path: '/shopware/action', router };
}

async function orderAnswer({ context }: Parts, row: Row<'shop'>, orderId: string, locale: string): Promise<string> {
  for (const part of partsOf(installedShop(row))) {
    const points = await orderPoints(context.db, part.shopId, orderId);
    if (points) return buttonAnswer({ found: true, message: orderText(points, locale) });
  }
  return buttonAnswer({ found: false, message: unknownText(locale) });
}

/** The member's own page; the points in words where the administration's page is of another programme. */
async function memberAnswer({ context, config }: Parts, row: Row<'shop'>, customerId: string, locale: string): Promise<string> {
  const home = await partOfCustomer(context.db, partsOf(installedShop(row)), customerId);
  const identity = home && (await findIdentity(context.db, home.shopId, customerId));
  if (!home || !identity) return buttonAnswer({ found: false, message: unknownText(locale) });
  if (home.programmeId === row.programme_id) {
    return pageAnswer(`${config.publicUrl}${MODULE_PATH}#/members/${identity.member_id}`);
  }
  const balance = await memberBalance(context.db, await shownAccountOf(context.db, identity.member_id));
  if (!balance) return buttonAnswer({ found: false, message: unknownText(locale) });
  const { tier } = await findMember(context.db, balance.memberId);
  return buttonAnswer({ found: true, message: memberText({ ...balance, tier }, locale) });
}

/** The admin pages in the administration. */
export function adminModule(parts: Parts): MountedRouter {
  const { context, clock } = parts;
  const router = createFramedPageRouter({
    platform: 'shopware',
    pages: parts.adminPages,
    sessions: parts.staffSessions,
    authenticate: async (rawQuery) => {
      const request = readModuleRequest(rawQuery);
      const shop = await connectedShopOf(parts, request.externalShopId);
      verifyModuleRequest(request, shop?.secrets ?? [], clock.nowMs());
      const row = await findShop(context.db, 'shopware', request.externalShopId);
      if (!row) throw new AppError('UNKNOWN_SHOP');
      const { shopOrigin, locale } = request;
      return {
        shopId: row.shop_id,
        programmeId: row.programme_id,
        shopOrigin,
        locale,
        role: 'manage',
        actor: ACTOR,
        isPerson: false,
      };
    },
  });
  return { path: MODULE_PATH, router };
}

/** What the storefront's JavaScript asks for. */
export function storefrontApi(parts: Parts): MountedRouter {
  const router = createHistoryRouter({
    context: parts.context,
    authenticate: async (token, externalShopId) => {
      const shop = await connectedShopOf(parts, externalShopId);
      if (!shop) throw new AppError('UNAUTHORIZED');
      const customerId = await customerOfToken(token, { externalShopId, secrets: shop.secrets }, parts.clock.nowMs());
      const row = await findShopById(parts.context.db, shop.shopId);
      const home = row && (await partOfCustomer(parts.context.db, partsOf(installedShop(row)), customerId));
      return { shopId: home?.shopId ?? shop.shopId, customerId };
    },
  });
  return { path: '/storefront/shopware', router };
}

const connectedShopOf = (parts: Parts, externalShopId: string) => connectedShopNamed(parts, 'shopware', externalShopId);
