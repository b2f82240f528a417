<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\GiftItem;
use Magento\Quote\Model\Quote;
use Magento\Quote\Model\Quote\Address\FreeShippingInterface;

/** A gift does not make shipping dearer where it is priced by the piece. */
class ShipGiftsFree
{
    /** @param \Magento\Quote\Model\Quote\Item\AbstractItem[] $items */
    public function afterIsFreeShipping(FreeShippingInterface $subject, bool $isFree, Quote $quote, array $items): bool
    {
        foreach ($items as $item) {
            if (GiftItem::ruleOf($item) !== null) {
                $item->setFreeShipping(true);
            }
        }

        return $isFree;
    }
}
