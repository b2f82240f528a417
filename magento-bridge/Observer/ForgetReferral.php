<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Observer;

use Loyalty\Sidecar\Model\ReferralCookie;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

/** A friend's link is for one order. */
class ForgetReferral implements ObserverInterface
{
    public function __construct(private readonly ReferralCookie $cookie)
    {
    }

    public function execute(Observer $observer): void
    {
        if ($this->cookie->code() !== null) {
            $this->cookie->forget();
        }
    }
}
