<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Api\Data;

/**
 * Points of an order.
 *
 * @api
 */
interface OrderLoyaltyInterface
{
    /**
     * As the sidecar of the order's store named the shop when it was paired.
     *
     * @return string
     */
    public function getShopId(): string;

    /**
     * Points that paid.
     *
     * @return int
     */
    public function getPoints(): int;

    /**
     * What reserved them.
     *
     * @return string|null
     */
    public function getHoldId(): ?string;

    /**
     * A friend's code.
     *
     * @return string|null
     */
    public function getReferralCode(): ?string;

    /**
     * When the first invoice was paid, UTC.
     *
     * @return string|null
     */
    public function getPaidAt(): ?string;

    /**
     * When the order was completed, UTC.
     *
     * @return string|null
     */
    public function getCompletedAt(): ?string;
}
