<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\Recorder;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Magento\Sales\Model\Order\Creditmemo;

class RecordCreditmemo implements ObserverInterface
{
    public function __construct(private readonly Recorder $recorder)
    {
    }

    public function execute(Observer $observer): void
    {
        /** @var Creditmemo $creditmemo */
        $creditmemo = $observer->getEvent()->getData('creditmemo');
        $this->recorder->recordOrder('order.refunded', $creditmemo->getOrderId(), $creditmemo->getStoreId());
    }
}
