<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Model\TierPriceTable;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

/** One question for the prices of a whole list. */
class LoadTierPrices implements ObserverInterface
{
    public function __construct(private readonly Shopper $shopper, private readonly TierPriceTable $prices)
    {
    }

    public function execute(Observer $observer): void
    {
        $keys = $this->shopper->priceKeys();
        if ($keys !== []) {
            $this->prices->load($this->shopper->scope(), $keys, array_map('intval', array_keys($observer->getEvent()->getData('collection')->getItems())));
        }
    }
}
