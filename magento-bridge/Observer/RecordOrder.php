<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\Recorder;
use Loyalty\Sidecar\Service\OrderEvent;
use Magento\Framework\App\ResourceConnection;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Magento\Sales\Model\Order;

/** In the transaction of the order: it is saved with its message or not at all. */
class RecordOrder implements ObserverInterface
{
    public function __construct(
        private readonly Recorder $recorder,
        private readonly OrderEvent $event,
        private readonly ResourceConnection $resource,
    ) {
    }

    public function execute(Observer $observer): void
    {
        /** @var Order $order */
        $order = $observer->getEvent()->getData('order');
        // A new order has no original data at all; isObjectNew() is false here already.
        $before = $order->getOrigData() === null ? null : (string) $order->getOrigData('state');
        $after = (string) $order->getState();
        if ($this->event->isCompletion($before, $after)) {
            $this->noteCompletion((int) $order->getId());
        }
        $this->recorder->recordOrder($this->event->type($before, $after), $order->getId(), $order->getStoreId());
    }

    /** Not through the order: saving it again from within its saving would go on for ever. */
    private function noteCompletion(int $orderId): void
    {
        $connection = $this->resource->getConnection('sales');
        $completed = ['loyalty_completed_at' => gmdate('Y-m-d H:i:s')];
        $connection->update($this->resource->getTableName('sales_order', 'sales'), $completed, ['entity_id = ?' => $orderId]);
    }
}
