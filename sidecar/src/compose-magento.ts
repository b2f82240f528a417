/** Wires what Magento asks of us while a shopper waits. */
import type { MountedRouter } from './api/app';
import { createSignedRouter } from './api/signed-router';
import { createCheckoutGatewayRouter } from './api/storefront/checkout-gateway';
import type { Parts } from './compose';
import { checkoutDeps, connectedShopNamed, decideCheckout } from './compose-checkout';
import { AppError } from './errors';
import { isFriendCode } from './operations/check-friend-code';
import { grantWish } from './operations/grant-wish';
import { checkoutAnswer, readCheckout, signingScheme, type MagentoCheckout } from './platform/magento/checkout';
import type { CheckoutDenial } from './platform/platform';
import { readWish, wishAnswer } from './platform/magento/wish';
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

async function decide(parts: Parts, checkout: MagentoCheckout): Promise<CheckoutDenial | null> {
  const { db } = parts.context;
  const row = await findShop(db, 'magento', checkout.externalShopId);
  if (!row) return null;
  // Most coupons of a shop are the merchant's own.
  const isFriends = checkout.code !== null && (await isFriendCode(db, row.programme_id, checkout.code));
  return decideCheckout(parts, parts.magento, row, { ...checkout, code: isFriends ? checkout.code : null });
}
