<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\Gifts;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

class LockGifts implements ObserverInterface
{
    public function __construct(private readonly Gifts $gifts)
    {
    }

    public function execute(Observer $observer): void
    {
        $this->gifts->lock($observer->getEvent()->getData('quote'));
    }
}
