<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Shopper;
use Magento\Framework\App\ActionInterface;
use Magento\Framework\App\Http\Context;

/** Pages are cached once for every tier and every choice of price lists. */
class NoteTier
{
    public function __construct(private readonly Shopper $shopper, private readonly Context $context)
    {
    }

    public function beforeExecute(ActionInterface $subject): void
    {
        $member = $this->shopper->member();
        $this->context->setValue(Shopper::CONTEXT, (string) ($member['tier'] ?? ''), '');
        $this->context->setValue(Shopper::PRICES_CONTEXT, implode(',', MemberTable::priceKeys($member)), '');
    }
}
