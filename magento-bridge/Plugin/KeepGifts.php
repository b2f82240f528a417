<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\Gifts;
use Magento\Quote\Model\Quote;

/** Totals say what a cart has earned; a gift that comes or goes has them collected once more. */
class KeepGifts
{
    private bool $isSyncing = false;

    public function __construct(private readonly Gifts $gifts)
    {
    }

    public function aroundCollectTotals(Quote $subject, callable $proceed): Quote
    {
        $isCollected = (bool) $subject->getTotalsCollectedFlag();
        $proceed();
        if ($isCollected || $this->isSyncing) {
            return $subject;
        }
        $this->isSyncing = true;
        try {
            if ($this->gifts->sync($subject)) {
                $subject->setTotalsCollectedFlag(false);
                $proceed();
            }
        } finally {
            $this->isSyncing = false;
        }

        return $subject;
    }
}
