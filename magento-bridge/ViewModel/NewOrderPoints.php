<?php declare(strict_types=1);

namespace Loyalty\Sidecar\ViewModel;

use Loyalty\Sidecar\Model\MemberTable;
use Loyalty\Sidecar\Model\Programmes;
use Magento\Backend\Model\Session\Quote;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** Points of the customer for whom staff make an order. */
class NewOrderPoints implements ArgumentInterface
{
    public function __construct(private readonly Quote $session, private readonly Programmes $programmes)
    {
    }

    public function spendable(): int
    {
        $member = $this->programmes->memberOf($this->session->getQuote());

        return $member === null ? 0 : MemberTable::spendable($member);
    }

    public function used(): int
    {
        return (int) $this->session->getQuote()->getData('loyalty_points_used');
    }
}
