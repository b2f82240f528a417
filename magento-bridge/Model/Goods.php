<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Quote\Model\Quote;
use Magento\Quote\Model\Quote\Item\AbstractItem;
use Magento\Sales\Model\Order;
use Magento\Sales\Model\Order\Item as OrderItem;

/** What the goods of a cart or an order come to, in its currency, without shipping; gifts are worth nothing. */
class Goods
{
    /** @return array{gross: float, net: float, points: float} gross and net after all discounts, points = what points pay of the gross */
    public function ofCart(Quote $quote): array
    {
        return $this->sum($quote->getAllVisibleItems(), static fn (AbstractItem $item): array => $item->getChildren());
    }

    /** @return array{gross: float, net: float, points: float} as of a cart */
    public function ofOrder(Order $order): array
    {
        return $this->sum($order->getAllVisibleItems(), static fn (OrderItem $item): array => $item->getChildrenItems());
    }

    /**
     * @param array<int, AbstractItem|OrderItem> $items
     * @param callable(AbstractItem|OrderItem): array<int, AbstractItem|OrderItem> $partsOf of a bundle
     * @return array{gross: float, net: float, points: float}
     */
    private function sum(array $items, callable $partsOf): array
    {
        $gross = 0.0;
        $net = 0.0;
        $points = 0.0;
        foreach ($items as $item) {
            $parts = $item->isChildrenCalculated() ? $partsOf($item) : [];
            foreach ($parts === [] ? [$item] : $parts as $part) {
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
