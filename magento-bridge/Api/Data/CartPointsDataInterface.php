<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Api\Data;

/**
 * @api
 */
interface CartPointsDataInterface
{
    /**
     * Points the customer could spend.
     *
     * @return int
     */
    public function getAvailable(): int;

    /**
     * Points that pay in this cart.
     *
     * @return int
     */
    public function getUsed(): int;

    /**
     * What they pay, in the cart's currency.
     *
     * @return float
     */
    public function getDiscount(): float;

    /**
     * Points the cart earns as it is.
     *
     * @return int
     */
    public function getEarned(): int;
}
