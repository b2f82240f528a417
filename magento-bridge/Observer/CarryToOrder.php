<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Magento\Quote\Model\Quote;
use Magento\Sales\Model\Order;

/** A cart's points become the order's: Magento's own copying covers the order's standard columns only. */
class CarryToOrder implements ObserverInterface
{
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
            $discount = (float) $quoteItem->getData('loyalty_discount');
            $baseDiscount = (float) $quoteItem->getData('base_loyalty_discount');
            $item->setData('loyalty_discount', $discount);
            $item->setData('base_loyalty_discount', $baseDiscount);
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
}
