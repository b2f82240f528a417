<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\PointsWish;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Magento\Sales\Model\AdminOrder\Create;

/** Staff who make an order may let the customer's points pay. */
class SetPointsOfAdminOrder implements ObserverInterface
{
    public function __construct(private readonly PointsWish $wish)
    {
    }

    public function execute(Observer $observer): void
    {
        $wish = $observer->getEvent()->getData('request')['order']['loyalty_points'] ?? null;
        if (!is_string($wish) || !ctype_digit($wish) || (int) $wish > PointsWish::MOST) {
            return;
        }
        /** @var Create $create */
        $create = $observer->getEvent()->getData('order_create_model');
        $this->wish->set($create->getQuote(), (int) $wish);
        $create->setRecollect(true);
    }
}
