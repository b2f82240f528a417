<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Plugin;

use Loyalty\Sidecar\Model\Shopper;
use Magento\Framework\App\ActionInterface;
use Magento\Framework\App\Http\Context;

/** Pages are cached once for every tier. */
class NoteTier
{
    public function __construct(private readonly Shopper $shopper, private readonly Context $context)
    {
    }

    public function beforeExecute(ActionInterface $subject): void
    {
        $this->context->setValue(Shopper::CONTEXT, (string) ($this->shopper->member()['tier'] ?? ''), '');
    }
}
