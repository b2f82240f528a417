/** Wires what Magento asks of us while a shopper waits. */
import type { MountedRouter } from './api/app';
import { createCheckoutGatewayRouter } from './api/storefront/checkout-gateway';
import type { Parts } from './compose';
import { checkoutDeps, connectedShopNamed, decideCheckout } from './compose-checkout';
import { isFriendCode } from './operations/check-friend-code';
import { checkoutAnswer, readCheckout, signingScheme, type MagentoCheckout } from './platform/magento/checkout';
import type { CheckoutDenial } from './platform/platform';
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

async function decide(parts: Parts, checkout: MagentoCheckout): Promise<CheckoutDenial | null> {
  const { db } = parts.context;
  const row = await findShop(db, 'magento', checkout.externalShopId);
  if (!row) return null;
  // Most coupons of a shop are the merchant's own.
  const isFriends = checkout.code !== null && (await isFriendCode(db, row.programme_id, checkout.code));
  return decideCheckout(parts, parts.magento, row, { ...checkout, code: isFriends ? checkout.code : null });
}
