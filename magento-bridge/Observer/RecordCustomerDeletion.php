<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\Recorder;
use Magento\Customer\Model\Customer;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

class RecordCustomerDeletion implements ObserverInterface
{
    public function __construct(private readonly Recorder $recorder)
    {
    }

    public function execute(Observer $observer): void
    {
        /** @var Customer $customer */
        $customer = $observer->getEvent()->getData('customer');
        $this->recorder->recordCustomer('customer.deleted', $customer->getId(), $customer->getWebsiteId());
    }
}
