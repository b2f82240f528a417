<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model\Total;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Loyalty\Sidecar\Service\Redemption;
use Magento\Quote\Api\Data\ShippingAssignmentInterface;
use Magento\Quote\Model\Quote;
use Magento\Quote\Model\Quote\Address\Total;
use Magento\Quote\Model\Quote\Address\Total\AbstractTotal;
use Magento\Quote\Model\Quote\Item\AbstractItem;
use Magento\SalesRule\Model\Validator;

/** Lets points pay for goods: a discount of each line, bounded by what the shop knows the customer to have. */
class PointsDiscount extends AbstractTotal
{
    /** Decimals of every amount in Magento. */
    private const PRECISION = 2;

    public function __construct(
        private readonly Programmes $programmes,
        private readonly Redemption $redemption,
        private readonly Validator $validator,
    ) {
        $this->setCode('loyalty_points');
    }

    public function collect(Quote $quote, ShippingAssignmentInterface $shippingAssignment, Total $total): self
    {
        parent::collect($quote, $shippingAssignment, $total);
        $items = $this->payable($shippingAssignment->getItems());
        if ($items === []) {
            return $this;
        }
        foreach ($items as $item) {
            $item->setData('loyalty_discount', 0.0);
            $item->setData('base_loyalty_discount', 0.0);
        }
        $quote->setData('loyalty_points_used', 0);
        $wished = (int) $quote->getData('loyalty_points');
        $member = $wished > 0 ? $this->programmes->memberOf($quote) : null;
        if ($member === null || $quote->getIsMultiShipping() || $quote->getData('loyalty_intent') === $member['spent_intent']) {
            return $this;
        }
        $terms = $this->programmes->termsOf($quote);
        $unit = $terms->unit((string) $quote->getQuoteCurrencyCode());
        $lines = array_map(fn (AbstractItem $item): int => $this->minorOf($item, $unit), $items);
        $quoted = $this->redemption->of(
            $terms->section('redemption'),
            (string) $quote->getQuoteCurrencyCode(),
            $wished,
            MemberTable::spendable($member),
            array_sum($lines),
        );
        if ($quoted['points'] > 0) {
            $quote->setData('loyalty_points_used', $quoted['points']);
            $shares = $this->redemption->split($quoted['valueMinor'], $lines);
            $this->takeOff($quote, $total, $items, array_map(static fn (int $share): float => $share / $unit, $shares));
        }

        return $this;
    }

    /**
     * @param AbstractItem[] $items
     * @return AbstractItem[] those that carry a price: of a bundle priced by its parts, the parts
     */
    private function payable(array $items): array
    {
        $payable = [];
        foreach ($items as $item) {
            if ($item->getParentItem()) {
                continue;
            }
            if ($item->getHasChildren() && $item->isChildrenCalculated()) {
                array_push($payable, ...$item->getChildren());
            } else {
                $payable[] = $item;
            }
        }

        return $payable;
    }

    /** What is left to pay for a line, with or without tax as the shop gives its discounts. */
    private function minorOf(AbstractItem $item, int $unit): int
    {
        $price = (float) $this->validator->getItemPrice($item) * (float) $item->getTotalQty();

        return max(0, (int) round(($price - (float) $item->getDiscountAmount()) * $unit));
    }

    /**
     * @param AbstractItem[] $items
     * @param float[] $shares by the keys of the items
     */
    private function takeOff(Quote $quote, Total $total, array $items, array $shares): void
    {
        $rate = (float) $quote->getBaseToQuoteRate() ?: 1.0;
        $sum = 0.0;
        $baseSum = 0.0;
        foreach ($items as $key => $item) {
            $share = $shares[$key];
            $baseShare = round($share / $rate, self::PRECISION);
            $item->setDiscountAmount((float) $item->getDiscountAmount() + $share);
            $item->setBaseDiscountAmount((float) $item->getBaseDiscountAmount() + $baseShare);
            $item->setData('loyalty_discount', $share);
            $item->setData('base_loyalty_discount', $baseShare);
            $sum += $share;
            $baseSum += $baseShare;
        }
        $total->addTotalAmount('discount', -$sum);
        $total->addBaseTotalAmount('discount', -$baseSum);
        $total->setSubtotalWithDiscount($total->getSubtotal() + $total->getDiscountAmount());
        $total->setBaseSubtotalWithDiscount($total->getBaseSubtotal() + $total->getBaseDiscountAmount());
        $address = $this->_getAddress();
        $labels = (array) $address->getDiscountDescriptionArray();
        $address->setDiscountDescriptionArray($labels + ['loyalty_points' => (string) __('Points')]);
    }
}
