<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\Programmes;
use Magento\Framework\App\RequestInterface;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Sales\Api\OrderRepositoryInterface;
use Magento\Sales\Model\Order;

/** What staff see of points in an order. */
class OrderPoints implements ArgumentInterface
{
    public function __construct(
        private readonly RequestInterface $request,
        private readonly OrderRepositoryInterface $orders,
        private readonly Programmes $programmes,
    ) {
    }

    public function order(): Order
    {
        $order = $this->orders->get((int) $this->request->getParam('order_id'));
        assert($order instanceof Order);

        return $order;
    }

    /** @return array<string, mixed>|null row of the mirror */
    public function member(): ?array
    {
        return $this->programmes->memberOf($this->order());
    }

    public function tierName(string $code): string
    {
        return $this->programmes->termsOf($this->order())->tierName($code);
    }

    /** @return string[] names of what was given for nothing */
    public function gifts(): array
    {
        $gifts = [];
        foreach ($this->order()->getAllVisibleItems() as $item) {
            if ($item->getData('loyalty_gift')) {
                $gifts[] = (string) $item->getName();
            }
        }

        return $gifts;
    }
}
