<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\ReferralCookie;
use Magento\Framework\App\ResourceConnection;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Magento\Quote\Model\Quote;

/** Who comes by a friend's link and has not ordered yet finds the friend's discount in the cart. */
class UseReferral implements ObserverInterface
{
    public function __construct(private readonly ReferralCookie $cookie, private readonly ResourceConnection $resource)
    {
    }

    public function execute(Observer $observer): void
    {
        $quote = $observer->getEvent()->getData('quote');
        if (!$quote instanceof Quote || $quote->getData('loyalty_referral_code') || !$quote->getItemsCount()) {
            return;
        }
        $code = $this->cookie->code();
        if ($code === null || $this->hasOrdered((int) $quote->getCustomerId())) {
            return;
        }
        // Noted once: whoever takes the code out of the cart does not get it back with the next click.
        $quote->setData('loyalty_referral_code', $code);
        if (!$quote->getCouponCode()) {
            $quote->setCouponCode($code);
        }
    }

    private function hasOrdered(int $customerId): bool
    {
        if ($customerId === 0) {
            return false;
        }
        $connection = $this->resource->getConnection('sales');
        $orders = $connection->select()->from($this->resource->getTableName('sales_order', 'sales'), ['entity_id'])
            ->where('customer_id = ?', $customerId)->limit(1);

        return $connection->fetchOne($orders) !== false;
    }
}
