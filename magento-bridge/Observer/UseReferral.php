<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\BuyerOrders;
use Loyalty\Sidecar\Model\ReferralCookie;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Magento\Quote\Model\Quote;

/** Who comes by a friend's link and has not ordered yet finds the friend's discount in the cart. */
class UseReferral implements ObserverInterface
{
    public function __construct(private readonly ReferralCookie $cookie, private readonly BuyerOrders $orders)
    {
    }

    public function execute(Observer $observer): void
    {
        $quote = $observer->getEvent()->getData('quote');
        if (!$quote instanceof Quote || $quote->getData('loyalty_referral_code') || $quote->getAllVisibleItems() === []) {
            return;
        }
        $code = $this->cookie->code();
        if ($code === null || $this->orders->before($quote) > 0) {
            return;
        }
        // Noted once: whoever takes the code out of the cart does not get it back with the next click.
        $quote->setData('loyalty_referral_code', $code);
        if (!$quote->getCouponCode()) {
            $quote->setCouponCode($code);
        }
    }
}
