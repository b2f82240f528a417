<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Model;

use Magento\Framework\App\ResourceConnection;

/** Prices of tiers and contracts by {@see ProgrammeScope}, in the shop's base currency. A table of our own: no customer group is made or changed for them. */
class TierPriceTable
{
    private const TABLE = 'loyalty_tier_price';

    /** @var array<int, array<int, array<string, array<int, array{quantity: float, price: float}>>>> by scope, product and key */
    private array $known = [];

    public function __construct(private readonly ResourceConnection $resource, private readonly OpenCarts $carts, private readonly CachedPages $pages)
    {
    }

    /**
     * What the first key says that has prices of the product.
     *
     * @param string[] $keys codes of tiers, keys of price lists
     * @return array<int, array{quantity: float, price: float}> by rising quantity
     */
    public function find(int $scope, array $keys, int $productId): array
    {
        $key = $this->keyFor($scope, $keys, $productId);

        return $key === null ? [] : $this->known[$scope][$productId][$key];
    }

    /**
     * The first key that has prices of the product.
     *
     * @param string[] $keys
     */
    public function keyFor(int $scope, array $keys, int $productId): ?string
    {
        if ($keys === []) {
            return null;
        }
        $this->load($scope, $keys, [$productId]);
        foreach ($keys as $key) {
            if (($this->known[$scope][$productId][$key] ?? []) !== []) {
                return $key;
            }
        }

        return null;
    }

    /**
     * Reads the prices of many products at once.
     *
     * @param string[] $keys
     * @param int[] $productIds
     */
    public function load(int $scope, array $keys, array $productIds): void
    {
        $isKnown = fn (int $productId): bool => array_diff($keys, array_keys($this->known[$scope][$productId] ?? [])) === [];
        $asked = array_values(array_filter(array_map('intval', $productIds), static fn (int $productId): bool => !$isKnown($productId)));
        if ($asked === []) {
            return;
        }
        foreach ($asked as $productId) {
            $this->known[$scope][$productId] = array_fill_keys($keys, []);
        }
        $connection = $this->resource->getConnection();
        $select = $connection->select()->from($this->table(), ['product_id', 'tier', 'quantity', 'price'])
            ->where('website_id = ?', $scope)->where('tier IN (?)', $keys)->where('product_id IN (?)', $asked)->order('quantity');
        foreach ($connection->fetchAll($select) as $row) {
            $this->known[$scope][(int) $row['product_id']][$row['tier']][] = ['quantity' => (float) $row['quantity'], 'price' => (float) $row['price']];
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
        $this->pages->forgetProducts($productIds);
    }

    private function table(): string
    {
        return $this->resource->getTableName(self::TABLE);
    }
}
