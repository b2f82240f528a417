<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\Programmes;
use Magento\Quote\Model\Quote;
use Magento\Quote\Model\Quote\Address\FreeShippingInterface;

/** Members whose tier says so pay no shipping. */
class ShipTiersFree
{
    public function __construct(private readonly Programmes $programmes)
    {
    }

    /** @param \Magento\Quote\Model\Quote\Item\AbstractItem[] $items */
    public function afterIsFreeShipping(FreeShippingInterface $subject, bool $isFree, Quote $quote, array $items): bool
    {
        $tier = $this->programmes->memberOf($quote)['tier'] ?? null;
        if ($tier === null || ($this->programmes->termsOf($quote)->perks((string) $tier)['freeShipping'] ?? false) !== true) {
            return $isFree;
        }
        // Carriers that count pieces look at the items, the others at the address.
        foreach ($items as $item) {
            $item->setFreeShipping(true);
        }

        return true;
    }
}
