<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;
use Magento\Sales\Model\Order\Invoice;

/** What an order does not say of itself, for many orders at once. */
class OrderFacts
{
    public function __construct(private readonly ResourceConnection $resource)
    {
    }

    /**
     * @param int[] $orderIds
     * @return array<int, string> UTC, when the first invoice of each was paid
     */
    public function paidAt(array $orderIds): array
    {
        if ($orderIds === []) {
            return [];
        }
        $connection = $this->resource->getConnection('sales');
        $paid = $connection->select()
            ->from($this->resource->getTableName('sales_invoice', 'sales'), ['order_id', 'at' => new \Zend_Db_Expr('MIN(created_at)')])
            ->where('order_id IN (?)', $orderIds)->where('state = ?', Invoice::STATE_PAID)->group('order_id');

        return $connection->fetchPairs($paid);
    }

    /**
     * @param int[] $productIds
     * @return array<int, string[]> ids of the categories a product is in
     */
    public function categories(array $productIds): array
    {
        if ($productIds === []) {
            return [];
        }
        $connection = $this->resource->getConnection();
        $select = $connection->select()
            ->from($this->resource->getTableName('catalog_category_product'), ['product_id', 'category_id'])
            ->where('product_id IN (?)', array_unique($productIds))->order('category_id');
        $categories = [];
        foreach ($connection->fetchAll($select) as $row) {
            $categories[(int) $row['product_id']][] = (string) $row['category_id'];
        }

        return $categories;
    }
}
