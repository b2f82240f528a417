<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\Recorder;
use Magento\Customer\Api\Data\CustomerInterface;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

class RecordCustomer implements ObserverInterface
{
    public function __construct(private readonly Recorder $recorder)
    {
    }

    public function execute(Observer $observer): void
    {
        /** @var CustomerInterface $customer */
        $customer = $observer->getEvent()->getData('customer_data_object');
        $isNew = $observer->getEvent()->getData('orig_customer_data_object') === null;
        $this->recorder->recordCustomer($isNew ? 'customer.registered' : 'customer.saved', $customer->getId(), $customer->getWebsiteId());
    }
}
