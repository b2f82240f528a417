<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;

/** Prices of the tiers by {@see ProgrammeScope}, in the shop's base currency. A table of our own: no customer group is made or changed for them. */
class TierPriceTable
{
    private const TABLE = 'loyalty_tier_price';

    /** @var array<string, array<int, array<int, array{quantity: float, price: float}>>> by scope and tier, and by product */
    private array $known = [];

    public function __construct(private readonly ResourceConnection $resource, private readonly OpenCarts $carts)
    {
    }

    /**
     * @return array<int, array{quantity: float, price: float}> by rising quantity
     */
    public function find(int $scope, string $tier, int $productId): array
    {
        $key = $this->key($scope, $tier);
        if (!isset($this->known[$key][$productId])) {
            $this->load($scope, $tier, [$productId]);
        }

        return $this->known[$key][$productId];
    }

    /**
     * Reads the prices of many products at once.
     *
     * @param int[] $productIds
     */
    public function load(int $scope, string $tier, array $productIds): void
    {
        $key = $this->key($scope, $tier);
        $asked = array_values(array_diff(array_map('intval', $productIds), array_keys($this->known[$key] ?? [])));
        if ($asked === []) {
            return;
        }
        foreach ($asked as $productId) {
            $this->known[$key][$productId] = [];
        }
        $connection = $this->resource->getConnection();
        $select = $connection->select()->from($this->table(), ['product_id', 'quantity', 'price'])
            ->where('website_id = ?', $scope)->where('tier = ?', $tier)->where('product_id IN (?)', $asked)->order('quantity');
        foreach ($connection->fetchAll($select) as $row) {
            $this->known[$key][(int) $row['product_id']][] = ['quantity' => (float) $row['quantity'], 'price' => (float) $row['price']];
        }
    }

    /**
     * @param int[] $productIds whose prices are replaced
     * @param array<int, array{product_id: int, tier: string, quantity: int, price: float}> $rows
     */
    public function replace(int $scope, array $productIds, array $rows): void
    {
        if ($productIds === []) {
            return;
        }
        $this->known = [];
        $connection = $this->resource->getConnection();
        $connection->beginTransaction();
        try {
            $connection->delete($this->table(), ['website_id = ?' => $scope, 'product_id IN (?)' => $productIds]);
            if ($rows !== []) {
                $connection->insertMultiple($this->table(), array_map(static fn (array $row): array => $row + ['website_id' => $scope], $rows));
            }
            $connection->commit();
        } catch (\Exception $error) {
            $connection->rollBack();
            throw $error;
        }
        $this->carts->recollectWith($productIds);
    }

    private function key(int $scope, string $tier): string
    {
        return $scope . ' ' . $tier;
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
