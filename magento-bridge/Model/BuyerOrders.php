<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;
use Magento\Quote\Model\Quote;
use Magento\Sales\Model\Order;

/** How many orders a buyer has placed where the same programme applies; those that were cancelled do not count. */
class BuyerOrders
{
    private const MOST = 100;

    public function __construct(
        private readonly ResourceConnection $resource,
        private readonly ProgrammeScope $scope,
        private readonly Programmes $programmes,
    ) {
    }

    /** Orders as a guest with the same address count too. */
    public function before(Quote $quote): int
    {
        $customerId = (int) $quote->getCustomerId();
        $email = (string) $quote->getCustomerEmail();
        if ($customerId === 0 && $email === '') {
            return 0;
        }
        $connection = $this->resource->getConnection('sales');
        $who = [];
        if ($customerId > 0) {
            $who[] = $connection->quoteInto('customer_id = ?', $customerId);
        }
        if ($email !== '') {
            $who[] = $connection->quoteInto('customer_email = ?', $email);
        }
        $orders = $connection->select()->from($this->resource->getTableName('sales_order', 'sales'), ['entity_id'])
            ->where(implode(' OR ', $who))->where('state <> ?', Order::STATE_CANCELED)
            ->where('store_id IN (?)', $this->scope->stores($this->programmes->scopeOf($quote)))->limit(self::MOST);

        return count($connection->fetchCol($orders));
    }
}
