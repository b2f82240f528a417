<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Magento\Framework\View\Element\Block\ArgumentInterface;

/** A page of the account that not every customer has. */
interface OwnPage extends ArgumentInterface
{
    public function isThere(): bool;
}
