<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Api;

/**
 * A customer's points in their cart.
 *
 * @api
 */
interface CartPointsInterface
{
    /**
     * @param int $cartId
     * @return \Loyalty\Sidecar\Api\Data\CartPointsDataInterface
     * @throws \Magento\Framework\Exception\NoSuchEntityException
     */
    public function get(int $cartId): Data\CartPointsDataInterface;

    /**
     * Sets how many points should pay; 0 takes them back.
     *
     * @param int $cartId
     * @param int $points
     * @return \Loyalty\Sidecar\Api\Data\CartPointsDataInterface
     * @throws \Magento\Framework\Exception\NoSuchEntityException
     * @throws \Magento\Framework\Exception\InputException
     */
    public function set(int $cartId, int $points): Data\CartPointsDataInterface;
}
