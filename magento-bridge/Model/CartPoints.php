<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Loyalty\Sidecar\Api\CartPointsInterface;
use Loyalty\Sidecar\Api\Data\CartPointsDataInterface;
use Magento\Framework\DataObject\IdentityGeneratorInterface;
use Magento\Framework\Exception\InputException;
use Magento\Quote\Api\CartRepositoryInterface;
use Magento\Quote\Model\Quote;

class CartPoints implements CartPointsInterface
{
    private const MOST = 1000000000;

    public function __construct(
        private readonly CartRepositoryInterface $carts,
        private readonly MemberTable $members,
        private readonly CartGoods $goods,
        private readonly EarningPreview $preview,
        private readonly IdentityGeneratorInterface $ids,
    ) {
    }

    public function get(int $cartId): CartPointsDataInterface
    {
        return $this->shown($this->cart($cartId));
    }

    public function set(int $cartId, int $points): CartPointsDataInterface
    {
        if ($points < 0 || $points > self::MOST) {
            throw new InputException(__('points must be a whole number from 0 to %1.', self::MOST));
        }
        $cart = $this->cart($cartId);
        $cart->setData('loyalty_points', $points);
        // A new key with every setting: an order uses it up.
        $cart->setData('loyalty_intent', $points > 0 ? $this->ids->generateId() : null);
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

    private function shown(Quote $cart): CartPointsDataInterface
    {
        $member = $this->members->find((int) $cart->getCustomerId());

        return new CartPointsData(
            (int) ($member['available_points'] ?? 0),
            (int) $cart->getData('loyalty_points_used'),
            $this->goods->of($cart)['points'],
            $this->preview->ofCart($cart, $member['tier'] ?? null),
        );
    }
}
