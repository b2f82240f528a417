<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\OpenGoods;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

class MarkClosedGoods implements ObserverInterface
{
    public function __construct(private readonly OpenGoods $goods)
    {
    }

    public function execute(Observer $observer): void
    {
        $this->goods->mark($observer->getEvent()->getData('quote'));
    }
}
