<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\Shopper;
use Loyalty\Sidecar\Model\TierPriceTable;
use Loyalty\Sidecar\Service\TierRows;
use Magento\Catalog\Model\Product;
use Magento\Catalog\Model\Product\Attribute\Backend\Tierprice;
use Magento\Customer\Api\Data\GroupInterface;

/**
 * The prices of the shopper's contracts or tier join the product's own wherever those are read: list, page, cart, order, REST and
 * GraphQL all go through here.
 */
class PriceByTier
{
    public function __construct(
        private readonly Shopper $shopper,
        private readonly TierPriceTable $prices,
        private readonly TierRows $rows,
    ) {
    }

    /** @param Product $object */
    public function afterSetPriceData(Tierprice $subject, mixed $result, $object): mixed
    {
        $keys = $this->shopper->priceKeys();
        $ours = $keys === [] ? [] : $this->prices->find($this->shopper->scope(), $keys, (int) $object->getId());
        if ($ours !== []) {
            $present = $object->getData('tier_price');
            $websiteId = (int) $object->getStore()->getWebsiteId();
            $merged = $this->rows->merged(is_array($present) ? $present : [], $ours, GroupInterface::CUST_GROUP_ALL, $websiteId);
            $object->setData('tier_price', $merged);
        }

        return $result;
    }
}
