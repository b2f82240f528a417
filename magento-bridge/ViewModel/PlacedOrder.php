<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\EarningPreview;
use Loyalty\Sidecar\Model\Shopper;
use Magento\Checkout\Model\Session;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Sales\Model\Order;

/** What the order that was just placed will earn. */
class PlacedOrder implements ArgumentInterface
{
    public function __construct(
        private readonly Session $session,
        private readonly EarningPreview $preview,
        private readonly Shopper $shopper,
    ) {
    }

    public function isGuest(): bool
    {
        return !$this->order()->getCustomerId();
    }

    public function earned(): int
    {
        $gross = 0.0;
        $net = 0.0;
        foreach ($this->order()->getAllVisibleItems() as $item) {
            $left = (float) $item->getRowTotal() - (float) $item->getDiscountAmount() + (float) $item->getDiscountTaxCompensationAmount();
            $net += $left;
            $gross += $left + (float) $item->getTaxAmount();
        }

        return $this->preview->of($gross, $net, (string) $this->order()->getOrderCurrencyCode(), $this->shopper->tier());
    }

    public function lockDays(): int
    {
        return $this->preview->lockDays();
    }

    private function order(): Order
    {
        return $this->session->getLastRealOrder();
    }
}
