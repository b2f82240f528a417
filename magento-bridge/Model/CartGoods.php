<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Quote\Model\Quote;

/** What the goods of a cart come to, in its currency, without shipping; gifts are worth nothing. */
class CartGoods
{
    /** @return array{gross: float, net: float, points: float} gross and net after all discounts, points = what points pay of the gross */
    public function of(Quote $quote): array
    {
        $gross = 0.0;
        $net = 0.0;
        $points = 0.0;
        foreach ($quote->getAllVisibleItems() as $item) {
            $parts = $item->getHasChildren() && $item->isChildrenCalculated() ? $item->getChildren() : [$item];
            foreach ($parts as $part) {
                // As Magento sums up a line: what the discount took of the tax comes back as compensation.
                $left = (float) $part->getRowTotal() - (float) $part->getDiscountAmount() + (float) $part->getDiscountTaxCompensationAmount();
                $net += $left;
                $gross += $left + (float) $part->getTaxAmount();
                $points += (float) $part->getData('loyalty_discount');
            }
        }

        return ['gross' => $gross, 'net' => $net, 'points' => $points];
    }
}
