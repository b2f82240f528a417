<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\GiftItem;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Magento\Quote\Model\Quote;
use Magento\Quote\Model\Quote\Item\AbstractItem;
use Magento\Sales\Model\Order;
use Magento\Tax\Model\Config as TaxConfig;

/** A cart's points become the order's: Magento's own copying covers the order's standard columns only. */
class CarryToOrder implements ObserverInterface
{
    private const PRECISION = 2;

    public function __construct(private readonly TaxConfig $tax)
    {
    }

    public function execute(Observer $observer): void
    {
        /** @var Order $order */
        $order = $observer->getEvent()->getData('order');
        /** @var Quote $quote */
        $quote = $observer->getEvent()->getData('quote');
        $order->setData('loyalty_referral_code', $quote->getData('loyalty_referral_code'));
        $total = 0.0;
        $baseTotal = 0.0;
        foreach ($order->getItems() as $item) {
            $quoteItem = $quote->getItemById($item->getQuoteItemId());
            if (!$quoteItem) {
                continue;
            }
            $item->setData('loyalty_gift', GiftItem::ruleOf($quoteItem));
            $discount = (float) $quoteItem->getData('loyalty_discount');
            $baseDiscount = (float) $quoteItem->getData('base_loyalty_discount');
            $item->setData('loyalty_discount', $discount);
            $item->setData('base_loyalty_discount', $baseDiscount);
            $item->setData('loyalty_discount_incl_tax', $this->inclTax($discount, $quoteItem, $quote));
            $total += $discount;
            $baseTotal += $baseDiscount;
        }
        if ($total > 0) {
            $order->setData('loyalty_points', (int) $quote->getData('loyalty_points_used'));
            $order->setData('loyalty_hold_id', $quote->getData('loyalty_intent'));
            $order->setData('loyalty_discount', $total);
            $order->setData('base_loyalty_discount', $baseTotal);
        }
    }

    /** Off a price with tax, a discount has the tax in it. */
    private function inclTax(float $discount, AbstractItem $item, Quote $quote): float
    {
        if ($this->tax->priceIncludesTax($quote->getStore()) || $this->tax->discountTax($quote->getStore())) {
            return $discount;
        }

        return round($discount * (1 + (float) $item->getTaxPercent() / 100), self::PRECISION);
    }
}
