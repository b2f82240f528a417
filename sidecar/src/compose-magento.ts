/** Wires what Magento asks of us while a shopper or staff wait. */
import type { MountedRouter } from './api/app';
import { createSignedRouter } from './api/signed-router';
import { createFramedPageRouter, type OpenedPage } from './api/staff/framed-page';
import { roleSchema } from './api/staff/role';
import { createCheckoutGatewayRouter } from './api/storefront/checkout-gateway';
import type { Parts } from './compose';
import { checkoutDeps, connectedShopNamed, decideCheckout } from './compose-checkout';
import { AppError } from './errors';
import { companyView } from './operations/company-view';
import { isFriendCode } from './operations/check-friend-code';
import { grantWish } from './operations/grant-wish';
import { readAdminAddress, verifyAdminAddress } from './platform/magento/admin-address';
import { checkoutAnswer, readCheckout, signingScheme, type MagentoCheckout } from './platform/magento/checkout';
import { readCompanyQuestion } from './platform/magento/company';
import type { CheckoutRefusal } from './platform/platform';
import { TOLERANCE_MS } from './platform/magento/signature';
import { readWish, wishAnswer } from './platform/magento/wish';
import { openOnce } from './stores/opened-address-store';
import { findShop } from './stores/shop-store';

export function magentoCheckout(parts: Parts): MountedRouter {
  const router = createCheckoutGatewayRouter({
    ...checkoutDeps(parts),
    scheme: signingScheme(parts.clock),
    read: readCheckout,
    answer: checkoutAnswer,
    secretsOf: async ({ externalShopId }) => (await connectedShopNamed(parts, 'magento', externalShopId))?.secrets ?? [],
    decide: (checkout) => decide(parts, checkout),
    bodyLimitBytes: parts.config.bodyLimitBytes,
  });
  return { path: '/magento/checkout', router };
}

/** Buttons of the account page: rewards, and points as money. */
export function magentoWishes(parts: Parts): MountedRouter {
  const router = createSignedRouter({
    scheme: signingScheme(parts.clock),
    read: readWish,
    secretsOf: async ({ externalShopId }) => (await connectedShopNamed(parts, 'magento', externalShopId))?.secrets ?? [],
    answer: async ({ externalShopId, customerId, ...wish }) => {
      const { context, clock } = parts;
      const row = await findShop(context.db, 'magento', externalShopId);
      if (!row) throw new AppError('UNKNOWN_SHOP');
      const { programme_id: programmeId, shop_id: shopId } = row;
      return wishAnswer(await grantWish(context, { programmeId, shopId, customerId, wish: { ...wish, askedAt: clock.now() } }));
    },
    bodyLimitBytes: parts.config.bodyLimitBytes,
  });
  return { path: '/magento/wish', router };
}

/** The page of a company in the account of whoever buys for it. */
export function magentoCompanyPage(parts: Parts): MountedRouter {
  const router = createSignedRouter({
    scheme: signingScheme(parts.clock),
    read: readCompanyQuestion,
    secretsOf: async ({ externalShopId }) => (await connectedShopNamed(parts, 'magento', externalShopId))?.secrets ?? [],
    answer: async ({ externalShopId, customerId }) => {
      const { context, clock } = parts;
      const row = await findShop(context.db, 'magento', externalShopId);
      if (!row) throw new AppError('UNKNOWN_SHOP');
      const { programme_id: programmeId, shop_id: shopId } = row;
      return JSON.stringify({ company: await companyView(context.db, { programmeId, shopId, customerId, now: clock.now() }) });
    },
    bodyLimitBytes: parts.config.bodyLimitBytes,
  });
  return { path: '/magento/company', router };
}

/** The admin pages in the administration: Magento says who opens them, and what they may do. */
export function magentoAdminPage(parts: Parts): MountedRouter {
  const { adminPages: pages, staffSessions: sessions } = parts;
  const authenticate = (rawQuery: string): Promise<OpenedPage> => openAddress(parts, rawQuery);
  return { path: '/magento/admin', router: createFramedPageRouter({ platform: 'magento', pages, sessions, authenticate }) };
}

/** @throws AppError */
async function openAddress(parts: Parts, rawQuery: string): Promise<OpenedPage> {
  const { context, clock } = parts;
  const address = readAdminAddress(rawQuery);
  const { externalShopId, adminOrigin, user, locale, nonce, sentAtMs } = address;
  verifyAdminAddress(address, (await connectedShopNamed(parts, 'magento', externalShopId))?.secrets ?? [], clock.nowMs());
  const role = roleSchema.safeParse(address.role);
  if (!role.success) throw new AppError('INVALID_INPUT', { field: 'role' });
  const row = await findShop(context.db, 'magento', externalShopId);
  if (!row) throw new AppError('UNKNOWN_SHOP');
  const { shop_id: shopId, programme_id: programmeId } = row;
  const expires_at = new Date(sentAtMs + TOLERANCE_MS).toISOString();
  if (!(await openOnce(context.db, { shop_id: shopId, nonce, expires_at }))) throw new AppError('TIMESTAMP_OUT_OF_TOLERANCE');
  return { shopId, programmeId, shopOrigin: adminOrigin, locale, role: role.data, actor: user, isPerson: true };
}

async function decide(parts: Parts, checkout: MagentoCheckout): Promise<CheckoutRefusal | null> {
  const { db } = parts.context;
  const row = await findShop(db, 'magento', checkout.externalShopId);
  if (!row) return null;
  // Most coupons of a shop are the merchant's own.
  const isFriends = checkout.code !== null && (await isFriendCode(db, row.programme_id, checkout.code));
  return decideCheckout(parts, parts.magento, row, { ...checkout, code: isFriends ? checkout.code : null });
}
