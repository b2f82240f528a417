<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\OpenGoods;
use Magento\Checkout\Model\Session;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

/** Pages of the cart and the checkout show totals as they were stored: nothing is collected there, and days pass. */
class MarkClosedGoodsOfShopper implements ObserverInterface
{
    public function __construct(private readonly OpenGoods $goods, private readonly Session $session)
    {
    }

    public function execute(Observer $observer): void
    {
        $this->goods->mark($this->session->getQuote());
    }
}
