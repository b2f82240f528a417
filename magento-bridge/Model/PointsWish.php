<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\DataObject\IdentityGeneratorInterface;
use Magento\Quote\Model\Quote;

/** A shopper's wish to pay with points. */
class PointsWish
{
    public const MOST = 1000000000;

    public function __construct(private readonly IdentityGeneratorInterface $ids)
    {
    }

    /** @param int $points from 0 to {@see self::MOST}; what the cart allows of it, its totals say */
    public function set(Quote $quote, int $points): void
    {
        $quote->setData('loyalty_points', $points);
        // A new key with every setting: an order uses it up.
        $quote->setData('loyalty_intent', $points > 0 ? $this->ids->generateId() : null);
    }
}
