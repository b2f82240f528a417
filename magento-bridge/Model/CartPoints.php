<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Api\CartPointsInterface;
use Loyalty\Sidecar\Api\Data\CartPointsDataInterface;
use Magento\Framework\Exception\InputException;
use Magento\Quote\Api\CartRepositoryInterface;
use Magento\Quote\Model\Quote;

class CartPoints implements CartPointsInterface
{
    public function __construct(
        private readonly CartRepositoryInterface $carts,
        private readonly Programmes $programmes,
        private readonly Goods $goods,
        private readonly EarningPreview $preview,
        private readonly PointsWish $wish,
    ) {
    }

    public function get(int $cartId): CartPointsDataInterface
    {
        return $this->shown($this->cart($cartId));
    }

    public function set(int $cartId, int $points): CartPointsDataInterface
    {
        if ($points < 0 || $points > PointsWish::MOST) {
            throw new InputException(__('points must be a whole number from 0 to %1.', PointsWish::MOST));
        }
        $cart = $this->cart($cartId);
        $this->wish->set($cart, $points);
        $cart->setTotalsCollectedFlag(false)->collectTotals();
        $this->carts->save($cart);

        return $this->shown($cart);
    }

    private function cart(int $cartId): Quote
    {
        $cart = $this->carts->getActive($cartId);
        assert($cart instanceof Quote);

        return $cart;
    }

    /** Of a cart that is at hand. */
    public function shown(Quote $cart): CartPointsDataInterface
    {
        return new CartPointsData(
            (int) ($this->programmes->memberOf($cart)['available_points'] ?? 0),
            (int) $cart->getData('loyalty_points_used'),
            $this->goods->ofCart($cart)['points'],
            $this->preview->ofCart($cart),
        );
    }
}
