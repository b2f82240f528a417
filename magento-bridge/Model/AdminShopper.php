<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Authorization\Model\UserContextInterface;
use Magento\Backend\Model\Session\Quote;
use Magento\Framework\App\Http\Context;
use Magento\Framework\App\RequestInterface;

/** While staff make an order, its customer is the shopper; anywhere else in the administration there is none. */
class AdminShopper extends Shopper
{
    private const ACTIONS = ['sales_order_create_', 'sales_order_edit_'];

    public function __construct(
        UserContextInterface $user,
        Context $context,
        MemberTable $members,
        private readonly ProgrammeScope $scopes,
        private readonly RequestInterface $request,
        private readonly Quote\Proxy $session,
    ) {
        parent::__construct($user, $context, $members, $scopes);
    }

    public function customerId(): int
    {
        foreach (self::ACTIONS as $action) {
            if (str_starts_with((string) $this->request->getFullActionName(), $action)) {
                return (int) $this->session->getCustomerId();
            }
        }

        return 0;
    }

    public function scope(): int
    {
        return $this->scopes->ofStore($this->session->getStoreId());
    }
}
