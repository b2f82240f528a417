<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;
use Magento\Quote\Model\ResourceModel\Quote;

/** Carts keep the totals they were given; what the sidecar says may change them. */
class OpenCarts
{
    public function __construct(private readonly ResourceConnection $resource, private readonly Quote $quotes)
    {
    }

    /** A customer's points or tier changed. */
    public function recollectOf(int $customerId): void
    {
        $connection = $this->resource->getConnection('checkout');
        // The time of the last change stays the shopper's.
        $due = ['trigger_recollect' => 1, 'updated_at' => new \Zend_Db_Expr('updated_at')];
        $which = ['customer_id = ?' => $customerId, 'is_active = ?' => 1];
        $connection->update($this->resource->getTableName('quote', 'checkout'), $due, $which);
    }

    /**
     * Prices of products changed.
     *
     * @param int[] $productIds
     */
    public function recollectWith(array $productIds): void
    {
        $this->quotes->markQuotesRecollect($productIds);
    }
}
