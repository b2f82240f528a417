<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\Config;
use Loyalty\Sidecar\Model\OrderFacts;
use Loyalty\Sidecar\Model\OrderLoyalty;
use Loyalty\Sidecar\Model\ProgrammeScope;
use Magento\Sales\Api\Data\OrderExtensionFactory;
use Magento\Sales\Api\Data\OrderInterface;
use Magento\Sales\Api\Data\OrderItemExtensionFactory;
use Magento\Sales\Api\Data\OrderItemInterface;
use Magento\Sales\Api\Data\OrderSearchResultInterface;
use Magento\Sales\Api\OrderRepositoryInterface;

/** Orders in the API tell what points did in them. */
class ShowPointsOfOrders
{
    public function __construct(
        private readonly OrderFacts $facts,
        private readonly ProgrammeScope $scope,
        private readonly Config $config,
        private readonly OrderExtensionFactory $orderExtensions,
        private readonly OrderItemExtensionFactory $itemExtensions,
    ) {
    }

    public function afterGet(OrderRepositoryInterface $subject, OrderInterface $order): OrderInterface
    {
        $this->show([$order]);

        return $order;
    }

    public function afterGetList(OrderRepositoryInterface $subject, OrderSearchResultInterface $orders): OrderSearchResultInterface
    {
        $this->show($orders->getItems());

        return $orders;
    }

    /** @param OrderInterface[] $orders */
    private function show(array $orders): void
    {
        $paidAt = $this->facts->paidAt(array_map(static fn (OrderInterface $order): int => (int) $order->getEntityId(), $orders));
        $items = array_merge([], ...array_map(static fn (OrderInterface $order): array => array_values($order->getItems()), array_values($orders)));
        $categories = $this->facts->categories(array_map(static fn (OrderItemInterface $item): int => (int) $item->getProductId(), $items));
        foreach ($orders as $order) {
            $extension = $order->getExtensionAttributes() ?? $this->orderExtensions->create();
            $extension->setLoyalty(new OrderLoyalty(
                $this->config->shopId($this->scope->ofStore($order->getStoreId())),
                (int) $order->getData('loyalty_points'),
                $order->getData('loyalty_hold_id'),
                $order->getData('loyalty_referral_code'),
                $paidAt[(int) $order->getEntityId()] ?? null,
                $order->getData('loyalty_completed_at'),
            ));
            $order->setExtensionAttributes($extension);
        }
        foreach ($items as $item) {
            $extension = $item->getExtensionAttributes() ?? $this->itemExtensions->create();
            $extension->setLoyaltyGift($item->getData('loyalty_gift'));
            $extension->setLoyaltyPointsDiscount((float) $item->getData('loyalty_discount_incl_tax'));
            $extension->setCategoryIds($categories[(int) $item->getProductId()] ?? []);
            $item->setExtensionAttributes($extension);
        }
    }
}
