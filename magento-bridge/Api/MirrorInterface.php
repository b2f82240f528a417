<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Api;

/**
 * What the sidecar writes into the shop. Carts and pages read nothing else.
 *
 * @api
 */
interface MirrorInterface
{
    /**
     * Replaces what is shown of customers, at most 500 at once.
     *
     * @param string $shopId as the sidecar named the shop when it was paired; an installation may be several
     * @param mixed $members list of `{ customer_id, available_points, pending_points, debt_points, tier, next_tier, next_tier_missing,
     *     expiring_points, expiring_at, referral_code, rewarded_referrals, given_gifts, segments, held_points, spent_intent, history, details, version }`, or `{ customer_id, deleted: true }`
     * @return mixed[] one `{ customer_id, status: ok|stale|unknown_customer|error, message }` each
     * @throws \Magento\Framework\Exception\InputException
     */
    public function putMembers(string $shopId, $members): array;

    /**
     * Replaces the prices of products by tier and price list, at most 500 products at once.
     *
     * @param string $shopId
     * @param mixed $products list of `{ product_id, rows: [{ tier, quantity, price }] }`, `tier` = code of a tier, or `list:` and that of a price list; prices in the base currency, with or
     *     without tax as the catalogue has them
     * @return mixed[] one `{ product_id, status: ok|error, message }` each
     * @throws \Magento\Framework\Exception\InputException
     */
    public function putTierPrices(string $shopId, $products): array;

    /**
     * Replaces the programme; null takes it away.
     *
     * @param string $shopId
     * @param mixed $terms
     * @return bool
     * @throws \Magento\Framework\Exception\InputException
     */
    public function putTerms(string $shopId, $terms = null): bool;
}
