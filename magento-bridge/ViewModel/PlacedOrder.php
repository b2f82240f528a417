<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\EarningPreview;
use Magento\Checkout\Model\Session;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Magento\Sales\Model\Order;

/** What the order that was just placed will earn. */
class PlacedOrder implements ArgumentInterface
{
    public function __construct(private readonly Session $session, private readonly EarningPreview $preview)
    {
    }

    public function isGuest(): bool
    {
        return !$this->order()->getCustomerId();
    }

    public function earned(): int
    {
        return $this->preview->ofOrder($this->order());
    }

    public function lockDays(): int
    {
        return $this->preview->lockDays($this->order());
    }

    private function order(): Order
    {
        return $this->session->getLastRealOrder();
    }
}
