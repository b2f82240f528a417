<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;

/** What customers of this shop are called. */
class CustomerNames
{
    public function __construct(private readonly ResourceConnection $resource)
    {
    }

    /**
     * @param int[] $customerIds
     * @return array<int, string> by id; whoever is gone is missing
     */
    public function of(array $customerIds): array
    {
        $asked = array_values(array_unique(array_filter($customerIds)));
        if ($asked === []) {
            return [];
        }
        $connection = $this->resource->getConnection();
        $select = $connection->select()->from($this->resource->getTableName('customer_entity'), ['entity_id', 'firstname', 'lastname'])->where('entity_id IN (?)', $asked);
        $names = [];
        foreach ($connection->fetchAll($select) as $row) {
            $names[(int) $row['entity_id']] = trim($row['firstname'] . ' ' . $row['lastname']);
        }

        return $names;
    }
}
